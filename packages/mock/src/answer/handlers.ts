import { closest } from '@org/openapi';
import { type API, type Operation, responseOf, successOf } from '../api/api.ts';
import type { PrismAnswer } from '../prism/request.ts';

/** A handler without its types. */
export type AnyHandler = (call: object, next: () => Promise<unknown>) => unknown;

/** What `next` rejects with where the mock answers with an error. */
export class ErrorAnswer extends Error {
  readonly answer: PrismAnswer;

  constructor(answer: PrismAnswer) {
    super(`The mock answers with status ${answer.statusCode}.`);
    this.answer = answer;
  }
}

/** The handlers of a mock, by the ids of their operations. */
export class HandlerRegistry {
  readonly #api: API;
  #initial: ReadonlyMap<string, AnyHandler> = new Map();
  /** By operation, those that were set later, the last of which counts. */
  readonly #handlers = new Map<string, { handler: AnyHandler }[]>();

  /** @throws {TypeError} as {@link HandlerRegistry.set} does */
  constructor(api: API, initial: object = {}) {
    this.#api = api;
    this.replaceInitial(initial);
  }

  /** Removes the handlers that were set: the initial ones count again. */
  reset(): void {
    this.#handlers.clear();
  }

  /**
   * Replaces the initial handlers. Those that were set stay.
   *
   * @throws {TypeError} as {@link HandlerRegistry.set} does, and nothing is replaced
   */
  replaceInitial(initial: object): void {
    const entries = Object.entries(initial);
    this.#initial = new Map(entries.map(([name, handler]) => this.#check(name, handler)));
  }

  /**
   * Sets the handler of an operation, and returns what takes it back: then the one before counts again.
   *
   * @throws {TypeError} that names similar operations, if there is none of this id
   */
  set(name: string, given: unknown): () => void {
    const [id, handler] = this.#check(name, given);
    const own = { handler };
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), own]);
    return () => {
      const others = this.#handlers.get(id)?.filter((one) => one !== own) ?? [];
      this.#handlers.set(id, others);
    };
  }

  #check(id: string, handler: unknown): [id: string, handler: AnyHandler] {
    const operation = this.#api.operation(id);
    if (!operation) {
      const ids = this.#api.operations.map(({ iid }) => iid);
      const similar = closest(id, ids);
      const hint =
        similar.length > 0
          ? `Did you mean ${similar.join(', ')}?`
          : `There are ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}`;
      throw new TypeError(`No operation is named ${JSON.stringify(id)}. ${hint}`);
    }
    if (typeof handler !== 'function')
      throw new TypeError(`The handler of ${id} must be a function, not ${typeof handler}.`);
    // What is passed to it has the types of this operation.
    return [operation.iid, handler as AnyHandler];
  }

  get(id: string): AnyHandler | undefined {
    return this.#handlers.get(id)?.at(-1)?.handler ?? this.#initial.get(id);
  }
}

/** Runs a handler, and reads what it returns. */
export async function runHandler(
  operation: Operation,
  handler: AnyHandler,
  call: object,
  next: () => Promise<unknown>,
): Promise<PrismAnswer> {
  let result: unknown;
  try {
    result = await handler(call, next);
  } catch (error) {
    if (error instanceof ErrorAnswer) return error.answer;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the handler of ${operation.iid} threw: ${reason}`, { cause: error });
  }
  if (!(result instanceof Response)) {
    const statusCode = successOf(operation);
    const type =
      result instanceof Uint8Array ? fileType(operation, statusCode) : 'application/json';
    const headers: Record<string, string> = result === undefined ? {} : { 'content-type': type };
    return { statusCode, headers, body: result };
  }
  return readResponse(operation, result);
}

/** The type of the bytes that a handler returns. */
function fileType(operation: Operation, statusCode: number): string {
  const [content] = responseOf(operation, statusCode)?.contents ?? [];
  return content?.mediaType.replace(/^.*\*.*$/, '') || 'application/octet-stream';
}

async function readResponse(operation: Operation, response: Response): Promise<PrismAnswer> {
  const { status } = response;
  if (status === 0) {
    throw new Error(
      `the handler of ${operation.iid} returned Response.error(), which has no status: ` +
        "use mock.fail({ connection: 'reset' }) for a lost connection",
    );
  }
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  if (text === '') return { statusCode: status, headers };
  if (!headers['content-type']?.includes('json'))
    return { statusCode: status, headers, body: text };
  try {
    return { statusCode: status, headers, body: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`the handler of ${operation.iid} returned a body that is not JSON: ${reason}`);
  }
}
