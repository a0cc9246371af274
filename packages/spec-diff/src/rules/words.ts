import type { Finding } from '../change/change.ts';
import { canonical } from '../document/json.ts';

/** Keywords that are for people alone, in schemas and everywhere else. */
export const wordKeywords: readonly string[] = [
  ...['title', 'description', 'summary', 'example', 'examples', 'externalDocs', '$comment', 'tags'],
];

/**
 * Descriptions, examples and deprecation. `before` and `after` hold every node that describes the place, because
 * `allOf` may have several.
 */
export function* words(before: readonly object[], after: readonly object[]): Generator<Finding> {
  for (const keyword of wordKeywords) {
    // Most places have none of them, and there are many places.
    if (!before.some((node) => keyword in node) && !after.some((node) => keyword in node)) continue;
    const [old, now] = [textsOf(before, keyword), textsOf(after, keyword)];
    if (old === now) continue;
    yield { verdict: 'none', message: `The \`${keyword}\` changed.`, at: [keyword] };
  }
  const [old, now] = [before, after].map((nodes) =>
    nodes.some((node) => (node as Record<string, unknown>)['deprecated'] === true),
  );
  if (old === now) return;
  yield now
    ? {
        verdict: 'addition',
        message: 'Now deprecated.',
        at: ['deprecated'],
        affects: 'deprecation',
      }
    : { verdict: 'none', message: 'No longer deprecated.' };
}

function textsOf(nodes: readonly object[], keyword: string): string {
  const all = nodes.map((node) => (node as Record<string, unknown>)[keyword]);
  return all
    .filter((value) => value !== undefined)
    .map(canonical)
    .join('\n');
}
