import { expressionOf } from '@org/openapi';
import { annotations } from '../read/keyword-nodes.ts';

type Node = Record<string, unknown>;

const types = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

const isNumber = (value: unknown) => typeof value === 'number';
const isPositive = (value: unknown) => isNumber(value) && (value as number) > 0;
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isText = (value: unknown) => typeof value === 'string';
const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0;
/** What the values of keywords must be for Ajv to compile a schema. */
const values = new Map<string, (value: unknown) => boolean>(
  Object.entries({
    maximum: isNumber,
    minimum: isNumber,
    exclusiveMaximum: isNumber,
    exclusiveMinimum: isNumber,
    multipleOf: isPositive,
    maxLength: isCount,
    minLength: isCount,
    maxItems: isCount,
    minItems: isCount,
    maxProperties: isCount,
    minProperties: isCount,
    uniqueItems: isBoolean,
    readOnly: isBoolean,
    writeOnly: isBoolean,
    deprecated: isBoolean,
    title: isText,
    description: isText,
    $comment: isText,
    format: isText,
    contentEncoding: isText,
    contentMediaType: isText,
    examples: Array.isArray,
    allOf: isFilled,
    anyOf: isFilled,
    oneOf: isFilled,
    pattern: (value: unknown) => typeof value === 'string' && expressionOf(value) !== undefined,
  }),
);

/**
 * Takes out of a schema what Ajv cannot compile: one such keyword, and Prism checks nothing at all of what the schema
 * describes. The reader of documents warns about keywords that have another type than OpenAPI's. Changes the schema,
 * without those inside of it.
 */
export function makeCheckable(schema: Node): void {
  for (const keyword of Object.keys(schema))
    if (values.get(keyword)?.(schema[keyword]) === false) delete schema[keyword];
  const { type } = schema;
  if (type !== undefined && !types.has(type as string)) keepKnownTypes(schema);
  for (const keyword of ['enum', 'required']) {
    const list = schema[keyword];
    if (Array.isArray(list)) schema[keyword] = withoutRepeats(list);
  }
  const { patternProperties, nullable } = schema;
  if (typeof patternProperties === 'object' && patternProperties !== null) {
    for (const pattern of Object.keys(patternProperties))
      if (!expressionOf(pattern)) delete (patternProperties as Node)[pattern];
  }
  if (nullable === undefined) return;
  delete schema['nullable'];
  if (nullable === true) allowNull(schema);
}

/** The values of a list, each once: Prism adds null to an enum that has it. */
function withoutRepeats(list: readonly unknown[]): readonly unknown[] {
  const texts = new Set(list.map((value) => JSON.stringify(value)));
  return texts.size === list.length ? list : [...texts].map((text) => JSON.parse(text));
}

/** Removes words that are not types, such as `any`: they allow any value. */
function keepKnownTypes(schema: Node): void {
  const given = [schema['type']].flat();
  const known = [...new Set(given.filter((type) => types.has(type as string)))];
  if (known.length > 0) schema['type'] = known.length === 1 ? known[0] : known;
  else delete schema['type'];
}

/** Allows null beside what a schema allows. Prism does so where there is a type, except in `content` of parameters. */
function allowNull(schema: Node): void {
  if ('const' in schema) {
    schema['enum'] = [schema['const']];
    delete schema['const'];
  }
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(null))
    schema['enum'] = [...schema['enum'], null];
  if (schema['type'] !== undefined) schema['type'] = [...new Set([schema['type'], 'null'].flat())];
  // Without a type, other keywords than these allow null.
  if (!['$ref', 'allOf', 'anyOf', 'not', 'oneOf'].some((keyword) => keyword in schema)) return;
  const whole: Node = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (annotations.has(keyword) || keyword.startsWith('x-') || keyword === '$schema') continue;
    whole[keyword] = value;
    delete schema[keyword];
  }
  schema['anyOf'] = [whole, { type: 'null' }];
}
