export type JSONSchema = Record<string, unknown>;

/** Whether a schema allows a value: the keywords that the tests use, read as the specification of JSON Schema says. */
export function isValid(
  value: unknown,
  schema: JSONSchema,
  named: Record<string, JSONSchema>,
): boolean {
  const check = (each: unknown, of: unknown, open: readonly unknown[]): boolean => {
    const node = of as JSONSchema;
    const members = (keyword: string) => node[keyword] as JSONSchema[] | undefined;
    if (typeof node['$ref'] === 'string') {
      // What leads back to itself without a step into the value says nothing of it.
      if (open.includes(node)) return true;
      const target = named[node['$ref'].split('/').at(-1) ?? ''];
      if (!check(each, target, [...open, node])) return false;
    }
    const types = [node['type'] ?? []].flat();
    if (types.length > 0 && !types.some((type) => hasType(each, String(type)))) return false;
    if ('const' in node && each !== node['const']) return false;
    if (Array.isArray(node['enum']) && !node['enum'].includes(each)) return false;
    if (!isWithinBounds(each, node)) return false;
    if (Array.isArray(each) && node['items']) {
      if (!each.every((item) => check(item, node['items'], []))) return false;
    }
    if (typeof each === 'object' && each !== null && !Array.isArray(each)) {
      const properties = (node['properties'] ?? {}) as Record<string, JSONSchema>;
      if (!((node['required'] ?? []) as string[]).every((name) => name in each)) return false;
      const entries = Object.entries(each).filter(([name]) => name in properties);
      if (!entries.every(([name, inner]) => check(inner, properties[name], []))) return false;
    }
    return (
      (members('allOf')?.every((member) => check(each, member, open)) ?? true) &&
      (members('anyOf')?.some((member) => check(each, member, open)) ?? true) &&
      !(node['not'] && check(each, node['not'], open))
    );
  };
  return check(value, schema, []);
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function isWithinBounds(value: unknown, node: JSONSchema): boolean {
  const bound = (keyword: string, otherwise: number) => Number(node[keyword] ?? otherwise);
  if (typeof value === 'string') {
    return value.length >= bound('minLength', 0) && value.length <= bound('maxLength', Infinity);
  }
  if (typeof value !== 'number') return true;
  return (
    value >= bound('minimum', -Infinity) &&
    value <= bound('maximum', Infinity) &&
    value > bound('exclusiveMinimum', -Infinity)
  );
}

const scalars = [null, true, '', 'a', 'bb', 'ccc', -1, 0, 0.5, 1, 1.5, 2, 3, 4];

/** Values that are worth trying: scalars at every bound, and lists and objects of them, as deep as the schemas are. */
export function valuesFor(schemas: readonly JSONSchema[]): unknown[] {
  const text = JSON.stringify(schemas);
  let values: unknown[] = scalars;
  for (let depth = 0; depth < 2; depth += 1) {
    const inner = values;
    values = [...scalars];
    if (text.includes('"array"')) values.push([], ...inner.map((value) => [value]));
    if (text.includes('"object"')) {
      values.push({}, ...inner.map((a) => ({ a })), ...scalars.map((b) => ({ b })));
      values.push(...inner.flatMap((a) => [null, true, 'a', 1, 'bb', 0].map((b) => ({ a, b }))));
    }
  }
  return values;
}
