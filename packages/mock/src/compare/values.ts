import type { IHttpOperation } from '@stoplight/types';
import { type Schema, shapeOf } from '../api/schema.ts';
import type { Pair } from './question.ts';

type QueryParameter = NonNullable<NonNullable<IHttpOperation['request']>['query']>[number];

/** What a query parameter may be: its first type. */
export function schemaOf(parameter: QueryParameter | undefined): Schema {
  const [schema = {}] = shapeOf(parameter?.schema as Schema | undefined).alternatives;
  return schema;
}

export function hasType({ type }: Schema, ...names: string[]): boolean {
  return [type ?? []].flat().some((one) => names.includes(one));
}

/** Values of a parameter that its schema forbids, just beyond each bound. */
export function invalidValues(parameter: QueryParameter): string[] {
  const schema = schemaOf(parameter);
  const values: string[] = [];
  if (hasType(schema, 'integer', 'number')) {
    if (schema.minimum !== undefined) values.push(String(schema.minimum - 1));
    if (schema.maximum !== undefined) values.push(String(schema.maximum + 1));
    values.push('not-a-number');
    if (hasType(schema, 'integer')) values.push('1.5');
  }
  if (hasType(schema, 'boolean')) values.push('not-a-boolean');
  if (schema.enum) values.push('not-a-known-value');
  return values;
}

/** The sizes of pages at which a server may be off by one. */
export function pageSizes(schema: Schema, count: number): number[] {
  const { minimum = 1, maximum = 100 } = schema;
  const usual = typeof schema.default === 'number' ? [schema.default] : [];
  const near = [minimum, minimum + 1, 2, count - 1, count, count + 1, maximum - 1, maximum];
  const sizes = [...near, ...usual].filter((size) => size >= minimum && size <= maximum);
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** How values stand in the query: repeated, or joined by what the parameter's style says. */
export function toPairs(parameter: QueryParameter, values: readonly string[]): Pair[] {
  const { name, style = 'form', explode = style === 'form' } = parameter;
  const separators: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|' };
  return explode
    ? values.map((value) => [name, value])
    : [[name, values.join(separators[style] ?? ',')]];
}

/** An id that no item has, of the kind that the given one is. */
export function unknownID(known: unknown, prefix: string): string {
  if (typeof known === 'number' || /^\d+$/.test(String(known))) return '2000000011';
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(String(known)))
    return '00000000-0000-4000-8000-0000000000ff';
  return `${prefix}that_does_not_exist`;
}
