import type { JSONType, Schema } from '../document/schema.ts';
import { wordKeywords } from '../document/words.ts';

/** `assertion`: about the values of some types. `annotation`: about the schema as a whole. `structure`: how it is put together. */
type Level = 'assertion' | 'annotation' | 'structure';

interface Keyword {
  level: Level;
  /** The types whose values an assertion is about; all of them by default. */
  types?: readonly JSONType[];
}

const assertion = (names: readonly string[], ...types: JSONType[]) =>
  names.map((name): [string, Keyword] => [
    name,
    { level: 'assertion', ...(types.length > 0 && { types }) },
  ]);
const other = (level: Level, ...names: string[]) =>
  names.map((name): [string, Keyword] => [name, { level }]);

/** The known keywords of a schema. The effect of other keywords is unknown. */
const keywords: ReadonlyMap<string, Keyword> = new Map([
  ...other('structure', '$ref', 'allOf', 'anyOf', 'oneOf', 'nullable', '$defs', 'definitions'),
  ...other('structure', '$id', 'id', '$schema', '$anchor', '$dynamicAnchor', '$vocabulary'),
  ...other('structure', ...wordKeywords, 'deprecated', 'readOnly', 'writeOnly'),
  ...other('annotation', 'default', 'discriminator', 'xml'),
  ...other('annotation', '$dynamicRef', '$recursiveRef', '$recursiveAnchor'),
  ...assertion(['enum', 'const', 'not', 'if', 'then', 'else']),
  ...assertion(['type', 'multipleOf'], 'number'),
  ...assertion(['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'], 'number'),
  ...assertion(['format'], 'string', 'number'),
  ...assertion(['minLength', 'maxLength', 'pattern', 'contentEncoding'], 'string'),
  ...assertion(['contentMediaType', 'contentSchema'], 'string'),
  ...assertion(['minItems', 'maxItems', 'uniqueItems', 'items', 'prefixItems'], 'array'),
  ...assertion(['additionalItems', 'unevaluatedItems'], 'array'),
  ...assertion(['contains', 'minContains', 'maxContains'], 'array'),
  ...assertion(['minProperties', 'maxProperties', 'properties', 'required'], 'object'),
  ...assertion(['additionalProperties', 'patternProperties', 'propertyNames'], 'object'),
  ...assertion(['unevaluatedProperties', 'dependentRequired', 'dependentSchemas'], 'object'),
  ...assertion(['dependencies'], 'object'),
]);

/** Whether the effect of a keyword is known. Extensions (`x-…`) have no effect. */
export function isKnown(keyword: string): boolean {
  return keywords.has(keyword) || keyword.startsWith('x-');
}

/** Whether a keyword is an assertion about the values of a type. */
export function asserts(keyword: string, type: JSONType): boolean {
  const known = keywords.get(keyword);
  return known?.level === 'assertion' && (!known.types || known.types.includes(type));
}

/** Whether a schema has an assertion about values of a type, `except` aside. Unknown keywords may be about anything. */
export function applies(node: Schema, type: JSONType, except: readonly string[] = []): boolean {
  return Object.keys(node).some((keyword) => {
    if (except.includes(keyword)) return false;
    // Every schema with a type has it; only `integer` counts here.
    if (keyword === 'type') return type === 'number' && [node['type']].flat().includes('integer');
    return isKnown(keyword) ? asserts(keyword, type) : true;
  });
}
