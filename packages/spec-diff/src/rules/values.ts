import type { Finding } from '../change.ts';
import type { Schema } from '../document.ts';

/** `enum` and `const`: the values that are allowed by name. */
export function* values(before: Schema, after: Schema): Generator<Finding> {
  const old = allowed(before);
  const now = allowed(after);
  if (!old && !now) return;
  if (!old || !now) {
    const list = (old ?? now ?? []).join(', ');
    yield old
      ? { effect: 'wider', message: `The value need no longer be one of ${list}.` }
      : { effect: 'narrower', message: `The value must now be one of ${list}.` };
    return;
  }
  const removed = old.filter((value) => !now.includes(value)).join(', ');
  const added = now.filter((value) => !old.includes(value)).join(', ');
  if (removed && added)
    yield {
      effect: 'different',
      message: `The allowed values changed: ${removed} went, ${added} came.`,
    };
  else if (removed) yield { effect: 'narrower', message: `The value may no longer be ${removed}.` };
  else if (added) yield { effect: 'wider', message: `The value may now be ${added} as well.` };
}

function allowed(schema: Schema): string[] | undefined {
  if ('const' in schema) return [JSON.stringify(schema['const'])];
  return (schema['enum'] as unknown[] | undefined)?.map((value) => JSON.stringify(value));
}
