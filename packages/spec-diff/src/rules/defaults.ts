import type { Direction, Finding } from '../change.ts';
import type { Schema } from '../document.ts';

/** What a request gets that leaves the value out. In a response, a default is only words. */
export function* defaults(before: Schema, after: Schema, direction: Direction): Generator<Finding> {
  const [old, now] = [before, after].map((schema) => JSON.stringify(schema['default']));
  if (old === now) return;
  const message =
    old === undefined
      ? `The default is now stated: ${now}.`
      : now === undefined
        ? `The default of ${old} is gone.`
        : `The default changed from ${old} to ${now}.`;
  if (direction === 'response') yield { effect: 'same', message };
  else if (old !== undefined && now !== undefined) yield { effect: 'different', message };
  else yield { effect: old === undefined ? 'wider' : 'narrower', message };
}
