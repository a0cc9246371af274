import { matchesPattern } from '@org/openapi';
import { writtenAt } from '../document/exact.ts';
import { canonical, isRecord, list } from '../document/json.ts';
import { type Schema, typeOf } from '../document/schema.ts';

/** The values that `enum` and `const` allow together; undefined without such a keyword. */
export function allowedValues(nodes: readonly Schema[]): unknown[] | undefined {
  let allowed: Map<string, unknown> | undefined;
  for (const node of nodes) {
    for (const list of listsOf(node)) {
      const here = new Map(list.map((value) => [canonical(value), value]));
      allowed = allowed ? new Map([...allowed].filter(([key]) => here.has(key))) : here;
    }
  }
  return allowed && [...allowed.values()];
}

function listsOf(node: Schema): unknown[][] {
  return [
    ...(Array.isArray(node['enum']) ? [valuesIn(node['enum'])] : []),
    ...('const' in node ? [[writtenAt(node, 'const')]] : []),
  ];
}

/** The items of an array, with every digit of a number. */
function valuesIn(items: readonly unknown[]): unknown[] {
  return items.map((_, i) => writtenAt(items, i));
}

/** The values that a schema lists itself, in its `allOf`, or in the target of its reference. */
export function listedValues(
  schema: unknown,
  target: (reference: string) => unknown,
): unknown[] | undefined {
  const seen = new Set<unknown>([schema]);
  const nodes: Schema[] = [];
  // The set grows while it is walked.
  for (const node of seen) {
    if (!isRecord(node)) continue;
    nodes.push(node);
    if (typeof node['$ref'] === 'string') seen.add(target(node['$ref']));
    for (const part of list(node['allOf'])) seen.add(part);
  }
  return allowedValues(nodes);
}

/** Assertions about texts, numbers and booleans that {@link satisfies} can check. */
const checked = new Set([
  ...['type', 'enum', 'const', 'minLength', 'maxLength', 'pattern', 'multipleOf'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);

export function isChecked(keyword: string): boolean {
  return checked.has(keyword);
}

/** Whether a string, number or boolean satisfies the nodes' assertions that {@link isChecked}. */
export function satisfies(value: unknown, nodes: readonly Schema[]): boolean {
  return nodes.every((node) => {
    const types = [node['type'] ?? []].flat();
    if (types.length > 0 && !types.some((type) => hasType(value, type))) return false;
    const values = allowedValues([node])?.map(canonical);
    if (values && !values.includes(canonical(value))) return false;
    if (typeof value === 'string') return hasText(value, node);
    return typeof value === 'number' || typeof value === 'bigint'
      ? isWithin(Number(value), node)
      : true;
  });
}

function hasType(value: unknown, type: unknown): boolean {
  return type === 'integer'
    ? Number.isInteger(value) || typeof value === 'bigint'
    : typeOf(value) === type;
}

function hasText(value: string, node: Schema): boolean {
  const length = [...value].length;
  if (length < bound(node, 'minLength', 0) || length > bound(node, 'maxLength', Infinity))
    return false;
  const { pattern } = node;
  if (typeof pattern !== 'string' || allowsAnyText(pattern)) return true;
  // A pattern that cannot be read, or takes long, is not known to be kept.
  return matchesPattern(pattern, value);
}

function isWithin(value: number, node: Schema): boolean {
  const factor = node['multipleOf'];
  return (
    value >= bound(node, 'minimum', -Infinity) &&
    value <= bound(node, 'maximum', Infinity) &&
    value > bound(node, 'exclusiveMinimum', -Infinity) &&
    value < bound(node, 'exclusiveMaximum', Infinity) &&
    (typeof factor !== 'number' || factor <= 0 || Number.isInteger(value / factor))
  );
}

function bound(node: Schema, keyword: string, otherwise: number): number {
  const value = node[keyword];
  return typeof value === 'number' ? value : otherwise;
}

/** Whether a pattern is one of those that people write for "anything". */
export function allowsAnyText(pattern: string): boolean {
  if (['', '^', '$'].includes(pattern)) return true;
  return /^\^?\(?(\.|\[\\s\\S\]|\[\\S\\s\]|\[\\w\\W\]|\[\\d\\D\])\*\)?\$?$/.test(pattern);
}
