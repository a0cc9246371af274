import type { Direction, Finding } from '../change.ts';
import type { MediaType } from '../document.ts';

type Content = Record<string, MediaType>;

/** Media types of a body. One more is what a request may choose, and what an answer may be asked for. */
export function* mediaTypes(
  before: Content,
  after: Content,
  direction: Direction,
): Generator<Finding> {
  const [gone, came] =
    direction === 'request' ? (['narrower', 'wider'] as const) : (['wider', 'narrower'] as const);
  for (const name of Object.keys(before)) {
    if (!(name in after)) yield { effect: gone, below: [name], message: 'It is gone.' };
  }
  for (const name of Object.keys(after)) {
    if (!(name in before)) yield { effect: came, below: [name], message: 'It is new.' };
  }
}
