import type { Document, Schema } from '@org/openapi';
import { keywordNodes } from '../read/keyword-nodes.ts';

/** Keywords that determine a TypeScript type. */
const typed = [
  ...['$ref', 'additionalProperties', 'allOf', 'anyOf', 'const', 'enum', 'items', 'oneOf'],
  ...['patternProperties', 'prefixItems', 'properties', 'type'],
];
const isTyped = (schema: object) => typed.some((key) => key in schema);

/**
 * Widens the type of other properties to `unknown` if a schema has properties of another type: in an intersection
 * with `{ [key: string]: number }`, a text would be `never`. Changes the document.
 */
export function widenOtherProperties(document: Document): void {
  for (const node of keywordNodes(document)) {
    const { additionalProperties: others, patternProperties = {}, properties = {} } = node;
    const rest = [...Object.values(patternProperties as object), others].filter(
      (schema) => typeof schema === 'object' && schema !== null,
    );
    const kinds = [...Object.values(properties as object), ...rest].map((schema) =>
      JSON.stringify((schema as Schema).$ref ?? (schema as Schema).type),
    );
    if (rest.length === 0 || new Set(kinds).size <= 1) continue;
    delete node['patternProperties'];
    node['additionalProperties'] = true;
  }
}

/**
 * Rewrites `anyOf` and `oneOf` beside other keywords, because both apply: openapi-typescript would
 * make `User | …` of them. Alternatives such as `{ required: [email] }` have no type, and are left out. Changes the
 * document.
 */
export function joinAlternatives(document: Document): void {
  for (const node of keywordNodes(document)) {
    const schema: Schema = node;
    for (const key of ['anyOf', 'oneOf'] as const) {
      const alternatives = schema[key];
      if (!Array.isArray(alternatives)) continue;
      const { [key]: _, ...rest } = schema;
      if (!alternatives.every(isTyped)) delete schema[key];
      else if (isTyped(rest)) {
        delete schema[key];
        schema.allOf = [...(schema.allOf ?? []), { [key]: alternatives }];
      }
    }
  }
  for (const node of keywordNodes(document)) {
    const schema: Schema = node;
    const { allOf = [], required = [] } = schema;
    if (!Array.isArray(allOf) || !allOf.some(isTyped)) continue;
    // openapi-typescript reads what is required beside `allOf`, and not in a part of it.
    const named = allOf.filter((part) => !isTyped(part)).flatMap((part) => part.required ?? []);
    schema.allOf = allOf.filter(isTyped);
    if (named.length > 0) schema.required = [...new Set([...required, ...named])];
  }
}
