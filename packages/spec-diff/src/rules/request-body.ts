import type { Finding } from '../change.ts';
import type { Operation } from '../document.ts';

/** Whether a request has a body, and has to have one. */
export function* requestBody(
  before: Operation['requestBody'],
  after: Operation['requestBody'],
): Generator<Finding> {
  if (!before && !after) return;
  const below = ['request body'];
  if (!before) {
    yield after?.required
      ? { effect: 'different', below, message: 'It is new, and required.' }
      : { effect: 'wider', below, message: 'It is new.' };
  } else if (!after) {
    yield { effect: before.required ? 'different' : 'narrower', below, message: 'It is gone.' };
  } else if (Boolean(before.required) !== Boolean(after.required)) {
    yield after.required
      ? { effect: 'narrower', below, message: 'It is now required.' }
      : { effect: 'wider', below, message: 'It is no longer required.' };
  }
}
