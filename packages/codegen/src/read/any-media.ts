import { type Document, deref, methods, typesOf } from '@org/openapi';
import { isJSON } from './media-types.ts';

/**
 * Describes responses with a range of media types, which springdoc writes for all of them, as JSON if their schema allows
 * no text. Changes the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.0.html#response-object for ranges of media types
 */
export function readAnyMediaAsJSON(document: Document): void {
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const { responses = {} } = deref(document, item)?.[method] ?? {};
      for (const reference of Object.values(responses)) {
        const response = deref(document, reference);
        const types = Object.keys(response?.content ?? {});
        const range = types.find((type) => /^(\*|application)\/\*/.test(type));
        if (!response?.content || range === undefined || types.some(isJSON)) continue;
        const found = typesOf(document, response.content[range]?.schema);
        if (found.size === 0 || found.has('string')) continue;
        // In the order of the document.
        response.content = Object.fromEntries(
          Object.entries(response.content).map(([type, media]) => [
            type === range ? 'application/json' : type,
            media,
          ]),
        );
      }
    }
  }
}
