import type { Collections, OperationTypes } from './api.gen.ts';

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
