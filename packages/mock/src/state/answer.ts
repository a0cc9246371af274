import type { Scope } from './scope.ts';

/** A request for an operation, as the spec describes it: valid, and with its body parsed. */
export interface Call {
  /** The values of the path's parameters. */
  params: Record<string, string>;
  /** The values of those that name a scope, in the order of the path. */
  scope: Scope;
  /** The value of the one that names an item; undefined where the path has none. */
  id: string | undefined;
  query: Record<string, string | string[]>;
  body: unknown;
}

/** What the mock answers: a body that is undefined is none. */
export interface Answer {
  status: number;
  body: unknown;
}
