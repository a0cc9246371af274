import type { Finding } from '../change.ts';
import type { Parameter } from '../document.ts';

/** Parameters that came, went, or became required or optional. */
export function* parameters(
  before: ReadonlyMap<string, Parameter>,
  after: ReadonlyMap<string, Parameter>,
): Generator<Finding> {
  for (const [key, old] of before) {
    const now = after.get(key);
    const below = [old.in, old.name];
    if (!now) {
      yield { effect: old.required ? 'different' : 'narrower', below, message: 'It is gone.' };
    } else if (Boolean(old.required) !== Boolean(now.required)) {
      yield now.required
        ? { effect: 'narrower', below, message: 'It is now required.' }
        : { effect: 'wider', below, message: 'It is no longer required.' };
    }
  }
  for (const [key, now] of after) {
    if (before.has(key)) continue;
    const below = [now.in, now.name];
    yield now.required
      ? { effect: 'different', below, message: 'It is new, and required.' }
      : { effect: 'wider', below, message: 'It is new.' };
  }
}
