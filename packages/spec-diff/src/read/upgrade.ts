import { copyExact } from '../document/exact.ts';
import { isRecord, type Json } from '../document/json.ts';
import { markAmbiguousNull, markUnclear, markUpgraded } from '../document/version.ts';

/**
 * Upgrades an OpenAPI 3.0 document to 3.1: `nullable` is a type, and exclusive bounds are numbers. Beside a `$ref`, 3.0
 * ignores everything; most documents mean a `nullable` there.
 */
export function upgrade(document: Json): Json {
  let isUnclear = false;
  const copies = new Map<object, unknown>();
  const copy = (value: unknown, isData: boolean): unknown => {
    if (typeof value !== 'object' || value === null || isData) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      copies.set(value, items);
      copyExact(value, items);
      for (const item of value) items.push(copy(item, false));
      return items;
    }
    const result: Json = {};
    copies.set(value, result);
    copyExact(value, result);
    for (const [name, inner] of Object.entries(value)) {
      const data = ['example', 'examples', 'default', 'enum', 'const'].includes(name);
      result[name] = copy(inner, data);
    }
    if (isRecord(value) && rewrite(result)) isUnclear = true;
    return result;
  };
  const result = { ...(copy(document, false) as Json), openapi: '3.1.0' };
  markUpgraded(result);
  if (isUnclear) markUnclear(result);
  return result;
}

/**
 * Names that stand in these maps may be spelled like keywords: what is rewritten has the values of a keyword. Gives
 * whether it is left open if null is allowed.
 */
function rewrite(node: Json): boolean {
  if (typeof node['$ref'] === 'string') {
    const isNullable = node['nullable'] === true;
    for (const name of Object.keys(node)) if (name !== '$ref') delete node[name];
    return isNullable && allowNull(node);
  }
  for (const [strict, plain] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof node[strict] !== 'boolean') continue;
    if (node[strict] && typeof node[plain] === 'number') {
      node[strict] = node[plain];
      delete node[plain];
    } else delete node[strict];
  }
  if (typeof node['nullable'] !== 'boolean') return false;
  const isNullable = node['nullable'];
  delete node['nullable'];
  return isNullable && allowNull(node);
}

/** Gives whether it is ambiguous. */
function allowNull(node: Json): boolean {
  const values = node['enum'];
  const lacksNull = Array.isArray(values) && !values.includes(null);
  if (typeof node['type'] === 'string') {
    node['type'] = [node['type'], 'null'];
    if (!lacksNull) return false;
    node['enum'] = [...values, null];
  } else if (['$ref', 'allOf', 'oneOf', 'anyOf'].some((keyword) => keyword in node)) {
    const whole = { ...node };
    for (const name of Object.keys(node)) delete node[name];
    node['anyOf'] = [whole, { type: 'null' }];
  } else if (lacksNull) node['enum'] = [...values, null];
  else return false;
  markAmbiguousNull(node);
  return true;
}
