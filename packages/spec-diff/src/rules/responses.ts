import type { Finding } from '../change.ts';
import type { Operation } from '../document.ts';

type Responses = NonNullable<Operation['responses']>;

/**
 * Status codes. A client has to expect any error, so that one more of them is an addition; one more success is an answer
 * that nobody handles yet.
 */
export function* responses(before: Responses, after: Responses): Generator<Finding> {
  for (const status of Object.keys(before)) {
    if (!(status in after))
      yield { effect: 'wider', below: [`response ${status}`], message: 'It is gone.' };
  }
  for (const status of Object.keys(after)) {
    if (status in before) continue;
    const effect = /^[23]/.test(status) ? 'different' : 'narrower';
    yield { effect, below: [`response ${status}`], message: 'It is new.' };
  }
}
