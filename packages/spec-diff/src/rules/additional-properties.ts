import type { Finding } from '../change.ts';
import type { Schema } from '../document.ts';

/** Whether an object may have properties that the schema does not name. Schemas for them are walked, not judged here. */
export function* additionalProperties(before: Schema, after: Schema): Generator<Finding> {
  const [old, now] = [before, after].map(({ additionalProperties: given = true }) =>
    openness(given),
  );
  if (old === now || old === undefined || now === undefined) return;
  const message = ['It may no longer have', 'It may now have'];
  yield now > old
    ? { effect: 'wider', message: `${message[1]} other properties than those that are named.` }
    : { effect: 'narrower', message: `${message[0]} any properties that are not named.` };
}

function openness(given: boolean | Schema): number {
  if (typeof given === 'boolean') return given ? 2 : 0;
  return Object.keys(given).length === 0 ? 2 : 1;
}
