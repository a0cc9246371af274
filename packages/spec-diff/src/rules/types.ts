import type { Pairing } from '../alternatives.ts';
import type { Finding } from '../change.ts';

/** Types that a value may have, nullability and unions among them. */
export function* types({ pairs, removed, added }: Pairing): Generator<Finding> {
  if (removed.length > 0 && added.length > 0) {
    yield {
      effect: 'different',
      message: `The type changed from ${names(removed)} to ${names(added)}.`,
    };
  } else if (removed.length > 0) {
    yield { effect: 'narrower', message: `The value may no longer be ${names(removed)}.` };
  } else if (added.length > 0) {
    yield { effect: 'wider', message: `The value may now be ${names(added)} as well.` };
  }
  for (const [before, after] of pairs) {
    if (before.type === after.type) continue;
    const message = `The type changed from ${names([before])} to ${names([after])}.`;
    const wider = after.type === undefined || before.type === 'integer';
    yield { effect: wider ? 'wider' : 'narrower', message };
  }
}

function names(list: readonly { type: string | undefined; key: string }[]): string {
  return list.map(({ type, key }) => type ?? (key === 'any' ? 'any type' : key)).join(' or ');
}
