import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';

export interface Presence {
  /** Whether it is there at all. */
  exists: boolean;
  required: boolean;
}

/**
 * A parameter, header or body that came, went, or became required or optional. In a request, what is gone has no
 * effect any more, and what is new and required makes another request; in a response, each is one promise less or more.
 */
export function* presence(
  before: Presence,
  after: Presence,
  direction: Direction,
): Generator<Finding> {
  if (!before.exists && !after.exists) return;
  if (!after.exists) yield { verdict: 'breaking', message: 'Removed.' };
  else if (!before.exists) {
    const isDemand = direction === 'request' && after.required;
    const message = `Added${after.required ? ', and required' : ''}.`;
    yield { verdict: isDemand ? 'breaking' : 'addition', message };
  } else if (before.required !== after.required) {
    const [required, optional] =
      direction === 'request'
        ? ['Now required.', 'No longer required.']
        : ['Now always present.', 'May now be missing.'];
    yield after.required
      ? { verdict: narrower(direction), message: required, at: ['required'] }
      : { verdict: wider(direction), message: optional };
  }
}
