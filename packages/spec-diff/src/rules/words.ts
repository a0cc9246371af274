import type { Finding } from '../change.ts';

/** Keywords that are for people alone. */
export const wordKeywords = [
  ...['title', 'description', 'summary', 'example', 'examples', 'externalDocs', '$comment', 'tags'],
];

/** Descriptions, examples and deprecation: they change nothing but what people read. */
export function* words(before: object, after: object): Generator<Finding> {
  const [old, now] = [before, after] as Record<string, unknown>[];
  for (const keyword of wordKeywords) {
    if (JSON.stringify(old?.[keyword]) !== JSON.stringify(now?.[keyword]))
      yield { effect: 'same', message: `The \`${keyword}\` changed.` };
  }
  if (Boolean(old?.['deprecated']) !== Boolean(now?.['deprecated'])) {
    const message = now?.['deprecated'] ? 'It is now deprecated.' : 'It is no longer deprecated.';
    yield { effect: 'same', message };
  }
}
