import { APIError } from '@org/client/internal';
import { valueIn } from '@org/codegen/item-id';
import { isObject } from '../lib/is-object.ts';
import type { Scope } from '../state/scope.ts';
import type { Step } from './plan.ts';
import type { Problems } from './problems.ts';
import type { Reader } from './reader.ts';

/** So many failures in a row, of lists or of details, are taken for all that follows. */
export const mostFailures = 10;

/** Reads the properties of items that the lists of a collection leave out, with one request for each item. */
export class DetailsReader {
  readonly #step: Step;
  readonly #idProperty: string;
  readonly #reader: Reader;
  readonly #problems: Problems;
  #failures = 0;

  constructor(step: Step, idProperty: string, reader: Reader, problems: Problems) {
    this.#step = step;
    this.#idProperty = idProperty;
    this.#reader = reader;
    this.#problems = problems;
  }

  /**
   * An item with its details; as it was listed if they cannot be read; undefined if the server no longer has it.
   *
   * @param params the path parameters of the list
   * @throws what the signal of the copy was aborted with
   */
  async read(
    listed: unknown,
    scope: Scope,
    params: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { details, name } = this.#step;
    if (!details || !isObject(listed) || this.#failures >= mostFailures) return listed;
    const id = valueIn(listed, this.#idProperty);
    if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return listed;
    const note = (reason: string) => this.#problems.add(name, reason, [...scope, String(id)]);
    try {
      const given = { ...params, [details.param]: String(id) };
      const { body } = this.#reader.masked({
        body: await this.#reader.read(details.operation, given),
      });
      this.#failures = 0;
      const found = details.wrapper && isObject(body) ? body[details.wrapper] : body;
      if (isObject(found) && String(valueIn(found, this.#idProperty)) === String(id))
        return { ...listed, ...found };
      note(`Its details were not taken over: the answer is not the item with this id.`);
      return listed;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof APIError && error.status === 404) {
        note('Left out: it was removed while the list was read (404).');
        return undefined;
      }
      // The same reason for each of them, whatever their ids are.
      const why = this.#reader.explain(error, [...scope, String(id)]);
      note(`Its details were not read, and it is as it was listed: ${why}`);
      this.#failures += 1;
      if (this.#failures === mostFailures)
        this.#problems.add(
          name,
          `Gave up reading details after ${mostFailures} failures in a row: the other items are as they were listed.`,
        );
      return listed;
    }
  }
}
