import { isRecord, type Json } from '../document/json.ts';

/**
 * An OpenAPI 3.0 document as 3.1 says it: `nullable` is a type, and exclusive bounds are numbers. Beside a `$ref`, 3.0
 * ignores everything.
 */
export function upgrade(document: Json): Json {
  const copies = new Map<object, unknown>();
  const copy = (value: unknown, isData: boolean): unknown => {
    if (typeof value !== 'object' || value === null || isData) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      copies.set(value, items);
      for (const item of value) items.push(copy(item, false));
      return items;
    }
    const result: Json = {};
    copies.set(value, result);
    for (const [name, inner] of Object.entries(value)) {
      const data = ['example', 'examples', 'default', 'enum', 'const'].includes(name);
      result[name] = copy(inner, data);
    }
    if (isRecord(value)) rewrite(result);
    return result;
  };
  return { ...(copy(document, false) as Json), openapi: '3.1.0' };
}

/** Names that stand in these maps may be spelled like keywords: what is rewritten has the values of a keyword. */
function rewrite(node: Json): void {
  if (typeof node['$ref'] === 'string') {
    for (const name of Object.keys(node)) if (name !== '$ref') delete node[name];
    return;
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
  if (typeof node['nullable'] !== 'boolean') return;
  const isNullable = node['nullable'];
  delete node['nullable'];
  if (!isNullable) return;
  if (typeof node['type'] === 'string') {
    node['type'] = [node['type'], 'null'];
    if (Array.isArray(node['enum']) && !node['enum'].includes(null)) {
      node['enum'] = [...node['enum'], null];
    }
  } else if (['allOf', 'oneOf', 'anyOf'].some((keyword) => Array.isArray(node[keyword]))) {
    const whole = { ...node };
    for (const name of Object.keys(node)) delete node[name];
    node['anyOf'] = [whole, { type: 'null' }];
  }
}
