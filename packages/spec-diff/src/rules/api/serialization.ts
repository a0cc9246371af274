import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';
import type { Json } from '../../document/json.ts';

/** How a parameter, a header or a part of a form is written on the wire. */
export function* serialization(
  before: Json,
  after: Json,
  location: string,
  direction: Direction,
  isScalar: boolean,
): Generator<Finding> {
  const [old, now] = [effective(before, location), effective(after, location)];
  if (old.style !== now.style) {
    const args = { from: String(old.style), to: String(now.style) };
    yield { id: 'style-changed', verdict: 'breaking', args, at: ['style'] };
  }
  // One value is written alike, exploded or not, and a deep object always is.
  const isDeep = [old, now].every(({ style }) => style === 'deepObject');
  if (old.explode !== now.explode && !isScalar && !isDeep) {
    const args = { from: String(old.explode), to: String(now.explode) };
    yield { id: 'explode-changed', verdict: 'breaking', args, at: ['explode'] };
  }
  for (const [keyword, id] of [
    ['allowReserved', 'allow-reserved-changed'],
    ['allowEmptyValue', 'allow-empty-value-changed'],
  ] as const) {
    if (old[keyword] === now[keyword]) continue;
    const verdict = now[keyword] ? wider(direction) : narrower(direction);
    const args = { from: String(old[keyword]), to: String(now[keyword]) };
    yield { id, verdict, args, at: [keyword] };
  }
}

export const serializationFields: readonly string[] = [
  'style',
  'explode',
  'allowReserved',
  'allowEmptyValue',
];

/** Fills in OpenAPI's defaults, so that an explicit default is no change. */
function effective(node: Json, location: string) {
  const style =
    node['style'] ?? (location === 'query' || location === 'cookie' ? 'form' : 'simple');
  return {
    style,
    explode: node['explode'] ?? style === 'form',
    allowReserved: node['allowReserved'] ?? false,
    allowEmptyValue: node['allowEmptyValue'] ?? false,
  };
}
