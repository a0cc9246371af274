import type { Document, Schema } from '@org/openapi';
import { annotations, keywordNodes } from './keyword-nodes.ts';

/** Keywords that only schemas have. */
const schemaKeywords = new Set([
  ...['additionalProperties', 'allOf', 'anyOf', 'const', 'enum', 'items', 'not', 'oneOf'],
  ...['patternProperties', 'properties', 'required', 'type'],
]);

/**
 * Rewrites `{ $ref, properties }` as `{ allOf: [{ $ref }, { properties }] }`: since OpenAPI 3.1, keywords beside a
 * reference apply as well, and readers that follow references need not know. Changes the document.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.1
 */
export function joinSiblings(document: Document & { openapi?: string }): void {
  if (document.openapi?.startsWith('3.0')) return;
  for (const node of keywordNodes(document)) {
    const keys = Object.keys(node);
    if (typeof node['$ref'] !== 'string' || !keys.some((key) => schemaKeywords.has(key))) continue;
    const moved: Record<string, unknown> = {};
    for (const key of keys) {
      if (key === '$ref' || annotations.has(key) || key.startsWith('x-')) continue;
      moved[key] = node[key];
      delete node[key];
    }
    const parts: Schema[] = [{ $ref: node['$ref'] }, moved];
    delete node['$ref'];
    node['allOf'] = parts;
  }
}
