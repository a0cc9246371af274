import type { InferredAPI, InferredOperation } from '@org/codegen/mock-api';
import { type API, createAPI } from './api.ts';

/**
 * An API that a mock can serve: what `loadAPI` makes of a document.
 *
 * @example const mock = createMock({ api: await loadAPI('openapi.yaml') });
 */
export interface LoadedAPI {
  /** The document's title. */
  readonly title: string;
  /** The files that it was read from, as absolute paths, the document first. Empty for a document that was an object. */
  readonly files: readonly string[];
  readonly operations: readonly InferredOperation[];
  /** Flaws of the document that it can be served with, such as a response without description: a line for each. */
  readonly warnings: readonly string[];
  /** @internal */
  readonly api: API;
}

/** What a document says, as plain data. */
export interface Loaded extends InferredAPI {
  files: string[];
  /** The bundled document, as JSON. */
  document: string;
  warnings: string[];
}

/** Makes an API of what was read. What was read is used, and changed. */
export function toAPI({ api, operations, files, document, warnings }: Loaded): LoadedAPI {
  const given = new Map<string, string>();
  const repeated = new Set<string>();
  for (const { id, given: name } of operations) {
    if (name === undefined) continue;
    if (given.has(name)) repeated.add(name);
    given.set(name, id);
  }
  // Such a name does not tell which operation is meant.
  for (const name of repeated) given.delete(name);
  const served = createAPI(api, async () => document, given);
  return { title: api.title, files, operations, warnings, api: served };
}

/**
 * The API of an option; undefined where there is none.
 *
 * @throws {TypeError} for what `loadAPI` did not make
 */
export function apiOf(loaded: unknown): API | undefined {
  if (loaded === undefined) return undefined;
  if (typeof (loaded as Promise<unknown> | null)?.then === 'function')
    throw new TypeError('api is a promise: write api: await loadAPI(…).');
  const { api } = (loaded ?? {}) as Partial<LoadedAPI>;
  if (!api)
    throw new TypeError("api must be the result of loadAPI: await loadAPI('openapi.yaml').");
  return api;
}
