import type { LoadOptions } from './api/load.ts';
import type { LoadedAPI } from './api/loaded.ts';
import { isURL } from './lib/is-url.ts';

export type { LoadOptions };

/**
 * Reads an OpenAPI document, version 3.0 or later, and infers names, collections, and the behavior of each operation.
 * Nothing is generated, and nothing is fetched: a `$ref` may only refer to files in the document's folder.
 *
 * @param source the path of a YAML or JSON file, or the document as an object
 * @throws {Error} named `SpecProblems`, with a line for each problem: file, line, column and the fix
 * @example
 * ```ts
 * const mock = createMock({ api: await loadAPI('openapi.yaml') });
 * const response = await mock.fetch('https://api.example.com/pets');
 * ```
 */
export async function loadAPI(source: string | object, options?: LoadOptions): Promise<LoadedAPI> {
  if (typeof source !== 'string' && (typeof source !== 'object' || source === null))
    throw new TypeError(
      `loadAPI takes the path of a document, or the document as an object, not ${source === null ? 'null' : typeof source}.`,
    );
  if (typeof source === 'string' && isURL(source))
    throw new TypeError(
      `A document is read from a file, and URLs are never fetched. Save it first: curl -o openapi.yaml '${source}'`,
    );
  // Half of the package, so it is only loaded to read a document.
  const { load } = await import('./api/load.ts');
  return load(source, options);
}
