import type { Finding } from '../change/change.ts';
import { canonical, type Json } from '../document/json.ts';
import { wordKeywords } from '../document/words.ts';

/**
 * Descriptions, examples and the like. `before` and `after` hold every node that describes the place, because `allOf`
 * may have several.
 */
export function* documentation(
  before: readonly Json[],
  after: readonly Json[],
): Generator<Finding> {
  for (const keyword of wordKeywords) {
    // Most places have none of them, and there are many places.
    if (!before.some((node) => keyword in node) && !after.some((node) => keyword in node)) continue;
    const [old, now] = [textsOf(before, keyword), textsOf(after, keyword)];
    if (old === now) continue;
    yield { id: 'documentation-changed', verdict: 'none', args: { keyword }, at: [keyword] };
  }
}

/** Whether the nodes mark the place as deprecated. */
export function* deprecation(before: readonly Json[], after: readonly Json[]): Generator<Finding> {
  const [old, now] = [before, after].map((nodes) =>
    nodes.some((node) => node['deprecated'] === true),
  );
  if (old === now) return;
  yield now
    ? { id: 'deprecated', verdict: 'addition', at: ['deprecated'], affects: 'deprecation' }
    : { id: 'no-longer-deprecated', verdict: 'none' };
}

/** The texts for people in an object of OpenAPI. */
export function* words(before: Json, after: Json): Generator<Finding> {
  yield* documentation([before], [after]);
  yield* deprecation([before], [after]);
}

function textsOf(nodes: readonly Json[], keyword: string): string {
  const all = nodes.map((node) => node[keyword]);
  return all
    .filter((value) => value !== undefined)
    .map(canonical)
    .join('\n');
}
