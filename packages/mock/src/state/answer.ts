import type { Scope } from './scope.ts';

/** A request for an operation, as the spec describes it: valid, and with its body parsed. */
export interface Call {
  /** The values of the path's parameters. */
  params: Record<string, string>;
  /** The values of those that name a scope, in the order of the path. */
  scope: Scope;
  /** The value of the one that names an item; undefined where the path has none. */
  id: string | undefined;
  /** The properties of what is created that its path gives: of `POST /users/{user_id}/posts`, `user_id`. */
  placed?: Readonly<Record<string, unknown>>;
  query: Record<string, string | string[]>;
  body: unknown;
  /** Where the request went, without its query: `http://127.0.0.1:4010/v1/things`. */
  address: string;
}

/** What the state answers: a body that is undefined is none. */
export type Answer =
  | {
      status: number;
      body: unknown;
      headers?: Record<string, string>;
      /** Query parameters without an effect. */
      unused?: string[];
      /** Properties of the body that the item does not have, or keeps as they are. */
      unstored?: string[];
      /** Why nothing was changed. */
      inert?: string;
    }
  | Refusal;

/** An answer that says which properties of the body were not stored. */
export function withUnstored(answer: Answer, unstored: readonly string[]): Answer {
  if (unstored.length === 0 || 'message' in answer) return answer;
  return { ...answer, unstored: [...new Set(unstored)] };
}

/** What answers the calls of one operation. */
export type Responder = (call: Call) => Answer;

/** An error, before it has the shape that the document gives it. */
export interface Refusal {
  status: number;
  message: string;
  /** The parameter or property at fault. */
  param?: string;
}

/** A 400 that names the parameter, or the body's property. */
export function invalid(param: string, message: string): Refusal {
  return { status: 400, message: `Invalid '${param}': ${message}.`, param };
}
