import type { Finding } from '../change.ts';
import type { Response } from '../document.ts';

/** Headers of a response: one that is gone is a promise less. */
export function* responseHeaders(before: Response, after: Response): Generator<Finding> {
  const { headers: old = {} } = before;
  const { headers: now = {} } = after;
  for (const [name, header] of Object.entries(old)) {
    const below = ['header', name];
    const required = now[name]?.required ?? false;
    if (!(name in now)) yield { effect: 'wider', below, message: 'It is gone.' };
    else if ((header.required ?? false) !== required) {
      yield required
        ? { effect: 'narrower', below, message: 'It is now always there.' }
        : { effect: 'wider', below, message: 'It may now be missing.' };
    }
  }
  for (const name of Object.keys(now)) {
    if (!(name in old))
      yield { effect: 'narrower', below: ['header', name], message: 'It is new.' };
  }
}
