/**
 * A short program that a breaking change breaks, and what becomes of it with the old and with the new client; or the
 * reason why there is none.
 */
export type Proof = Example | { none: string };

/** A program, with the result before and after the change: `Compiles.`, or an error of the compiler. */
export interface Example {
  /** TypeScript, where `client` is an instance of the client. */
  program: string;
  before: string;
  after: string;
}
