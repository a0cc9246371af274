import { parsePointer } from '@org/openapi';

/** Keywords that say nothing of which values are valid. */
const annotations = new Set([
  '$schema',
  'description',
  'title',
  'example',
  'examples',
  'default',
  'deprecated',
  'readOnly',
]);

/** Whether a keyword says nothing of which values are valid. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('x-');
}

const keys = new WeakMap<object, string>();

/** The same text for schemas that allow the same, whatever they say about it. */
export function schemaKey(schema: object): string {
  let key = keys.get(schema);
  if (key === undefined) {
    key = write(schema, []) ?? 'nothing';
    keys.set(schema, key);
  }
  return key;
}

/** JSON with sorted names and without annotations. A schema that holds itself is written once. */
function write(value: unknown, above: readonly object[]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const depth = above.indexOf(value);
  if (depth >= 0) return `^${above.length - depth}`;
  const kept = keptName(value as Record<string, unknown>);
  if (kept !== undefined) return `@${kept}`;
  const path = [...above, value];
  if (Array.isArray(value)) return `[${value.map((part) => write(part, path)).join()}]`;
  // Below `properties`, names are not keywords.
  const named = (value as Record<string, unknown>)['properties'];
  const parts = Object.entries(value)
    .filter(([name]) => !isAnnotation(name) && name !== '__bundled__')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) =>
      part === named && name === 'properties'
        ? `properties:${writeNames(part as Record<string, unknown>, path)}`
        : `${name}:${write(part, path)}`,
    );
  return `{${parts.join()}}`;
}

/** The name of a schema that stays a reference at some of its uses, and of such a reference. */
function keptName(schema: Record<string, unknown>): string | undefined {
  const { $ref, type, 'x-kept-schema': name } = schema;
  if (typeof name === 'string') return [type].flat().includes('null') ? `${name}?` : name;
  if (typeof $ref !== 'string') return undefined;
  const [bundle, target] = parsePointer($ref);
  return bundle === '__bundled__' && target?.startsWith('kept:') ? target.slice(5) : undefined;
}

function writeNames(properties: Record<string, unknown>, above: readonly object[]): string {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, part]) => `${JSON.stringify(name)}:${write(part, above)}`).join()}}`;
}
