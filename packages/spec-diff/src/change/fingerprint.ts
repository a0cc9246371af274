import { createHash } from 'node:crypto';
import type { Change } from './change.ts';

/**
 * Names one change, whatever else changes in the documents: the kind, the place, and the values that it is about. Twelve
 * hexadecimal digits. A change in a component has the same one, however many operations use the component.
 */
export function fingerprintOf({ id, surface, path, home, args }: Change): string {
  const sorted = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([id, surface, home ?? path, sorted]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
