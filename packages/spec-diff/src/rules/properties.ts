import type { Direction, Finding } from '../change.ts';
import type { Schema } from '../document.ts';

const sentences = {
  request: { required: 'It is now required.', optional: 'It is no longer required.' },
  response: { required: 'It is now always there.', optional: 'It may now be missing.' },
};

/** Properties that came, went, or became required or optional. */
export function* properties(
  before: Schema,
  after: Schema,
  direction: Direction,
): Generator<Finding> {
  const old = before.properties ?? {};
  const now = after.properties ?? {};
  for (const name of Object.keys(old)) {
    const required = isRequired(after, name);
    if (!(name in now)) {
      yield { ...presence(direction, false, isRequired(before, name)), below: [name] };
    } else if (isRequired(before, name) !== required) {
      const message = sentences[direction][required ? 'required' : 'optional'];
      yield { effect: required ? 'narrower' : 'wider', below: [name], message };
    }
  }
  for (const name of Object.keys(now)) {
    if (!(name in old))
      yield { ...presence(direction, true, isRequired(after, name)), below: [name] };
  }
}

/**
 * A property that is new in a response is a promise more, and one that is gone a promise less, required or not. A
 * request that has to carry a new property is another request.
 */
function presence(direction: Direction, isNew: boolean, required: boolean): Finding {
  const message = isNew ? `It is new${required ? ', and required' : ''}.` : 'It is gone.';
  if (direction === 'response') return { effect: isNew ? 'narrower' : 'wider', message };
  if (required) return { effect: 'different', message };
  return { effect: isNew ? 'wider' : 'narrower', message };
}

function isRequired({ required = [] }: Schema, name: string): boolean {
  return required.includes(name);
}
