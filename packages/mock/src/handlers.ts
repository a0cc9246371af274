import type { IHttpOperation } from '@stoplight/types';
import { type API, successOf } from './api/api.ts';
import type { Collections, OperationTypes } from './api.gen.ts';
import { closest } from './lib/closest.ts';

/** The id of an operation, which is also how a program calls it: `admin.organization.users.list`. */
export type OperationID = keyof OperationTypes;

/** What a handler is told about a request. It is valid: others are refused before. */
export interface HandlerCall<ID extends OperationID> {
  /** The path's parameters. */
  params: OperationTypes[ID]['params'];
  /** The query's parameters, numbers and arrays as such. Defaults are not filled in. */
  query: OperationTypes[ID]['query'];
  body: OperationTypes[ID]['body'];
  /** The mock's data: `mock.data`. */
  data: Collections;
  request: { method: string; path: string; headers: Readonly<Record<string, string>> };
}

/**
 * Answers an operation instead of the mock: returns the body of a success, or a `Response` for any other status. The
 * answer is validated like the mock's own.
 *
 * @param next gives the body that the mock would have answered with; where that is an error, it rejects, and a handler
 * that does not catch this answers with that error
 */
export type Handler<ID extends OperationID> = (
  call: HandlerCall<ID>,
  next: () => Promise<OperationTypes[ID]['response']>,
) => OperationTypes[ID]['response'] | Response | Promise<OperationTypes[ID]['response'] | Response>;

/** Handlers by the ids of their operations. */
export type Handlers = { [ID in OperationID]?: Handler<ID> };

/** A handler without its types. */
export type AnyHandler = (call: object, next: () => Promise<unknown>) => unknown;

/** A status with its headers and body, as a handler gives it. */
export interface HandlerAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}

/** What `next` rejects with where the mock answers with an error. */
export class ErrorAnswer extends Error {
  readonly answer: HandlerAnswer;

  constructor(answer: HandlerAnswer) {
    super(`The mock answers with status ${answer.statusCode}.`);
    this.answer = answer;
  }
}

/** The handlers of a mock, by the ids of their operations. */
export class HandlerRegistry {
  readonly #api: API;
  readonly #initial: Readonly<Record<string, unknown>>;
  readonly #handlers = new Map<string, AnyHandler>();

  /** @throws {TypeError} as {@link HandlerRegistry.set} does */
  constructor(api: API, initial: object = {}) {
    this.#api = api;
    this.#initial = { ...initial };
    this.reset();
  }

  /** Back to the handlers that were there from the start. */
  reset(): void {
    this.#handlers.clear();
    for (const [id, handler] of Object.entries(this.#initial)) this.set(id, handler);
  }

  /** @throws {TypeError} that names similar operations, if there is none of this id */
  set(id: string, handler: unknown): void {
    if (!this.#api.operation(id)) {
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
    this.#handlers.set(id, handler as AnyHandler);
  }

  get(id: string): AnyHandler | undefined {
    return this.#handlers.size === 0 ? undefined : this.#handlers.get(id);
  }
}

/** Runs a handler, and reads what it returns. */
export async function runHandler(
  operation: IHttpOperation,
  handler: AnyHandler,
  call: object,
  next: () => Promise<unknown>,
): Promise<HandlerAnswer> {
  let result: unknown;
  try {
    result = await handler(call, next);
  } catch (error) {
    if (error instanceof ErrorAnswer) return error.answer;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the handler of ${operation.iid} threw: ${reason}`, { cause: error });
  }
  if (!(result instanceof Response)) {
    const headers: Record<string, string> =
      result === undefined ? {} : { 'content-type': 'application/json' };
    return { statusCode: successOf(operation), headers, body: result };
  }
  const text = await result.text();
  const headers = Object.fromEntries(result.headers);
  const isJSON = headers['content-type']?.includes('json') ?? false;
  const body: unknown = isJSON && text !== '' ? JSON.parse(text) : text === '' ? undefined : text;
  return { statusCode: result.status, headers, body };
}
