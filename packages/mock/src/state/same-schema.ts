import { objectsOf, type Schema } from '../api/schema.ts';
import { schemaKey } from '../api/schema-key.ts';

/** Whether each object that the second schema allows is one of the first, whatever they say about it. */
export function isSameObject(
  a: Schema | boolean | undefined,
  b: Schema | boolean | undefined,
): boolean {
  const [ours, theirs] = [objectsOf(a), objectsOf(b)];
  if (ours.length === 0 || theirs.length === 0) return false;
  if (ours.length === 1 && theirs.length === 1 && ours[0] === theirs[0]) return true;
  const known = new Set(ours.map(schemaKey));
  return theirs.every((one) => known.has(schemaKey(one)));
}

/** Whether two schemas allow the same, whatever they say about it. */
export function isSameSchema(a: Schema | boolean, b: Schema | boolean): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a === b || schemaKey(a) === schemaKey(b);
}
