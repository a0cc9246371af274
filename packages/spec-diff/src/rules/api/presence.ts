import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';

/** The parts that may be present or not, as in the ids of their changes. */
export type Kind = 'parameter' | 'header' | 'body';

export interface Presence {
  /** Whether it is there at all. */
  exists: boolean;
  required: boolean;
}

/**
 * A parameter, header or body that was added, removed, or became required or optional. A removed one of a request has no
 * effect any more, and a new required one changes the request; in a response, each is one promise less or more.
 */
export function* presence(
  kind: Kind,
  before: Presence,
  after: Presence,
  direction: Direction,
): Generator<Finding> {
  if (!before.exists && !after.exists) return;
  if (!after.exists) yield { id: `${kind}-removed`, verdict: 'breaking' };
  else if (!before.exists) {
    const isDemand = direction === 'request' && after.required;
    const id = after.required ? (`required-${kind}-added` as const) : (`${kind}-added` as const);
    yield { id, verdict: isDemand ? 'breaking' : 'addition' };
  } else if (before.required !== after.required) {
    const verdict = after.required ? narrower(direction) : wider(direction);
    const id = idOf(kind, after.required, direction);
    yield { id, verdict, ...(after.required && { at: ['required'] }) };
  }
}

function idOf(kind: Kind, isRequired: boolean, direction: Direction): Finding['id'] {
  // Only the API receives parameters, so they count as requests, even in a callback.
  if (direction === 'request' || kind === 'parameter')
    return isRequired ? `${kind}-now-required` : `${kind}-now-optional`;
  return isRequired ? `${kind}-now-present` : `${kind}-may-be-missing`;
}
