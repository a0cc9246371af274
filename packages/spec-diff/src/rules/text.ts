import type { Finding } from '../change.ts';
import type { Schema } from '../document.ts';

/** What a text, or a number, has to look like. Whether one pattern allows more than another nobody can tell. */
export function* text(before: Schema, after: Schema): Generator<Finding> {
  for (const keyword of ['pattern', 'format', 'contentEncoding', 'contentMediaType']) {
    const old = before[keyword];
    const now = after[keyword];
    if (old === now) continue;
    if (now === undefined) {
      yield { effect: 'wider', message: `The \`${keyword}\` ${old} is gone.` };
    } else if (old === undefined) {
      yield { effect: 'narrower', message: `The value must now have the \`${keyword}\` ${now}.` };
    } else {
      yield { effect: 'different', message: `The \`${keyword}\` changed from ${old} to ${now}.` };
    }
  }
}
