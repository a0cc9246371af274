import {
  type Document,
  deref,
  type ParameterObject,
  type Schema,
  type Shape,
  shapeOf,
  typesOf,
} from '@org/openapi';
import type { Comparison } from '../model/model.ts';
import { plainName } from './page-names.ts';

/** What a name in a query asks of the items of a list. */
export interface FilterName {
  /** As it is sent: `status`, `created[gte]`, `filter[status]`. */
  name: string;
  property: string;
  /** Missing for equality. */
  comparison?: Comparison;
}

/** Operators after a separator: `created[gte]`, `created__gte`, `created_gte`. */
const operators: ReadonlyMap<string, Comparison | 'eq'> = new Map([
  ...(['gt', 'gte', 'lt', 'lte', 'ne', 'eq'] as const).map((name) => [name, name] as const),
  ['ge', 'gte'],
  ['le', 'lte'],
  ['in', 'eq'],
]);
/** Words for operators, which only times and numbers have. */
const words: ReadonlyMap<string, Comparison> = new Map([
  ['after', 'gt'],
  ['since', 'gte'],
  ['from', 'gte'],
  ['min', 'gte'],
  ['before', 'lt'],
  ['until', 'lte'],
  ['to', 'lte'],
  ['max', 'lte'],
]);
/** Parameters whose parts are filters. */
const holders = new Set(['filter', 'filters', 'where']);

/** The names by which a query parameter filters items, and those that it has besides: they have no effect. */
export function filterNames(
  document: Document,
  parameter: ParameterObject,
  item: Schema,
): { filters: FilterName[]; unused: string[] } {
  const items = shapeOf(document, item);
  const found = filtersOf(document, parameter, items);
  const inner = shapeOf(document, items.get('attributes')?.schema);
  if (found.filters.length > 0 || inner.size === 0) return found;
  // JSON:API keeps what an item is like in an object of its own.
  const { filters, unused } = filtersOf(document, parameter, inner);
  const moved = filters.map((one) => ({ ...one, property: `attributes.${one.property}` }));
  return { filters: moved, unused };
}

function filtersOf(
  document: Document,
  { name, style, schema }: ParameterObject,
  items: Shape,
): { filters: FilterName[]; unused: string[] } {
  const isDeep = style === 'deepObject';
  const whole = isDeep ? [] : ofName(document, name, items);
  if (whole.length > 0) return { filters: whole, unused: [] };
  if (!isDeep) return { filters: [], unused: [name] };
  const own = propertyFor(name, items);
  // A parameter that is an object or a plain value is sent by its name alone as well.
  const plain = ['string', 'integer', 'number', 'boolean'].some((type) =>
    typesOf(document, schema).has(type),
  );
  const alone = own !== undefined && plain ? [{ name, property: own }] : [];
  const parts = own === undefined ? [...items.keys()] : [...operators.keys(), ...words.keys()];
  const filters: FilterName[] = [];
  const unused: string[] = [];
  for (const part of partsOf(document, schema, parts)) {
    const sent = `${name}[${part.name}]`;
    const found =
      own !== undefined
        ? compared(sent, own, part.name)
        : holders.has(plainName(name))
          ? ofPart(document, sent, part, items)
          : [];
    if (found.length > 0) filters.push(...found);
    else if (!part.isFree) unused.push(sent);
  }
  if (filters.length === 0 && alone.length === 0) return { filters: [], unused: [name] };
  return { filters: [...alone, ...filters], unused };
}

interface Part {
  name: string;
  schema: Schema | undefined;
  /** Whether the document allows any name, of which this is one that means something. */
  isFree: boolean;
}

/** The properties of an object in a query; where it may have any, those that mean something. */
function partsOf(document: Document, schema: Schema | undefined, known: readonly string[]): Part[] {
  const alternatives = [
    schema,
    ...(deref(document, schema)?.anyOf ?? []),
    ...(deref(document, schema)?.oneOf ?? []),
  ];
  const named = new Map(alternatives.flatMap((one) => [...shapeOf(document, one)]));
  if (named.size > 0)
    return [...named].map(([name, { schema: part }]) => ({ name, schema: part, isFree: false }));
  return known.map((name) => ({ name, schema: undefined, isFree: true }));
}

/** `filter[status]`, and `filter[amount][gte]`. */
function ofPart(document: Document, sent: string, part: Part, items: Shape): FilterName[] {
  const property = propertyFor(part.name, items);
  if (property === undefined)
    return ofName(document, part.name, items).map((found) => ({ ...found, name: sent }));
  const inner = shapeOf(document, part.schema);
  const isObject = inner.size > 0;
  const nested = part.isFree ? [...operators.keys()] : [...inner.keys()];
  return [
    ...(isObject ? [] : [{ name: sent, property }]),
    ...nested.flatMap((operator) => compared(`${sent}[${operator}]`, property, operator)),
  ];
}

/** A name of its own: that of a property, or of a property and an operator. */
function ofName(document: Document, name: string, items: Shape): FilterName[] {
  const [, inner = name] = /^(?:filters?|where)\[([^[\]]+)\](?!\[)/i.exec(name) ?? [];
  const rest = name.startsWith(inner) ? name : name.slice(name.indexOf(inner)).replace(']', '');
  const property = propertyFor(rest, items);
  if (property !== undefined) return [{ name, property }];
  const [, base, operator] = /^(.+?)(?:\[|__|[._:])([a-z]+)\]?$/i.exec(rest) ?? [];
  if (base !== undefined && operator !== undefined) {
    const of = propertyFor(base, items);
    const found = of === undefined ? [] : compared(name, of, operator);
    if (found.length > 0) return found;
  }
  return inWords(document, name, rest, items);
}

/** `createdAfter`, `created_before`, `min_price`: the words of a property that is a time or a number, and of an operator. */
function inWords(document: Document, name: string, text: string, items: Shape): FilterName[] {
  const parts = text.split(/[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((part) => part !== '');
  for (const at of [parts.length - 1, 0]) {
    const word = parts[at]?.toLowerCase() ?? '';
    const comparison = words.get(word);
    if (comparison === undefined || parts.length < 2) continue;
    const base = plainName(parts.filter((_, i) => i !== at).join(''));
    const isNumber = word === 'min' || word === 'max';
    const candidates = [...items.keys()].filter((property) => {
      const rest = plainName(property);
      const isAlike =
        rest === base ||
        (rest.startsWith(base) && /^(?:at|on|date|time)$/.test(rest.slice(base.length)));
      return isAlike && (isNumber ? isNumeric : isTime)(document, items, property);
    });
    const [property] = candidates;
    if (property !== undefined && candidates.length === 1) return [{ name, property, comparison }];
  }
  return [];
}

function compared(name: string, property: string, operator: string): FilterName[] {
  const key = operator.replace(/^strictly_/, '').toLowerCase();
  const comparison = operators.get(key) ?? words.get(key);
  if (comparison === undefined) return [];
  return [{ name, property, ...(comparison !== 'eq' && { comparison }) }];
}

/** The property of a name, whatever its case and separators. */
function propertyFor(name: string, items: Shape): string | undefined {
  if (items.has(name)) return name;
  const alike = [...items.keys()].filter((one) => plainName(one) === plainName(name));
  return alike.length === 1 && !/[[\]]/.test(name) ? alike[0] : undefined;
}

function isNumeric(document: Document, items: Shape, property: string): boolean {
  const types = typesOf(document, items.get(property)?.schema);
  return types.has('integer') || types.has('number');
}

/** Times are texts of that format, or numbers. */
function isTime(document: Document, items: Shape, property: string): boolean {
  const { format = '' } = deref(document, items.get(property)?.schema) ?? {};
  return isNumeric(document, items, property) || format.startsWith('date');
}
