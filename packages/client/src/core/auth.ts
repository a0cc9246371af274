import type { HeaderMap } from './headers.ts';

/** A key, or a function that returns it, called once per attempt; null sends none. */
export type KeySource = string | (() => string | Promise<string>) | null;

/** Keys by the names of their options; undefined where there is none. */
export type Keys = Readonly<Record<string, KeySource | undefined>>;

/** The options whose keys are sent together, for each alternative; an empty alternative sends none. */
export type Security = readonly (readonly string[])[];

/** A request that a key is put into. */
interface Unauthorized {
  keys: Keys;
  headers: Headers;
  url: string;
  /** The caller's headers: one of these, or its deletion, comes before a key. */
  given: HeaderMap;
  /** What the operation takes, if not what the whole API does. */
  security?: Security | undefined;
  /** Secrets that are masked from now on. */
  secrets: Set<string>;
}

/** How requests are authorized where the document asks for more than one bearer token: `schemeAuth`. */
export interface Auth {
  /** The client's options for keys. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * Checks the keys that a client is made with, and reads those that are missing from the environment.
   *
   * @param unknown sentences about unknown options, one of which may be meant to be a key
   */
  resolve(options: object, unknown: readonly string[]): Keys;
  /** Puts keys into a request, whose origin is that of `baseURL`, and gives the address that it goes to. */
  authorize(request: Unauthorized): string | Promise<string>;
}
