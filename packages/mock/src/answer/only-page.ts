import type { Paging } from '@org/codegen/model';
import { valueAt } from '../lib/value-at.ts';

/**
 * The bodies that make a sample the only page of its list, the likeliest first: without state, each page would be the
 * first again, and the list would have no end.
 */
export function* onlyPages(
  paging: Paging,
  query: Readonly<Record<string, unknown>>,
  body: unknown,
): Generator<unknown> {
  const items = valueAt(body, paging.items);
  if (!Array.isArray(items)) return;
  const { position = '', first = Number.NaN, next = [] } = paging;
  const asked = query[position] ?? '';
  const isFirst = asked === '' || Number(asked) <= first;
  const parts: [readonly string[] | undefined, unknown][] = [
    [paging.items, isFirst ? items : []],
    [paging.hasMore, false],
    [paging.total, items.length],
    [paging.pages, 1],
  ];
  const whole = parts.reduce(
    (page, [path, value]) =>
      path && valueAt(page, path) !== undefined ? withValue(page, path, value) : page,
    body,
  );
  if (next.length === 0 || valueAt(whole, next) === undefined) {
    yield whole;
    return;
  }
  yield withValue(whole, next, null);
  yield withValue(whole, next, undefined);
  if (next.length > 1) yield withValue(whole, next.slice(0, -1), undefined);
  yield withValue(whole, next, '');
}

/** A copy of a body in which another value stands at a path; undefined removes the property. */
function withValue(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const { [name]: inner, ...others } = body as Record<string, unknown>;
  const changed = withValue(inner, rest, value);
  return changed === undefined ? others : { ...(body as object), [name]: changed };
}
