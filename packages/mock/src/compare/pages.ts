import { valueIn } from '@org/codegen/item-id';
import { valueAt } from '../lib/value-at.ts';
import type { Answer } from './ask.ts';
import type { List, Pair, Request } from './question.ts';

/** The items of a page; undefined where the answer has no list. */
export function itemsOf({ behavior }: List, { status, body }: Answer): object[] | undefined {
  const items = valueAt(body, behavior.paging.items);
  if (status !== 200 || !Array.isArray(items)) return undefined;
  return items.every((item) => typeof item === 'object' && item !== null) ? items : undefined;
}

/** The request for the page that follows; undefined after the last one. */
export function nextRequest(list: List, request: Request, answer: Answer): Request | undefined {
  const { behavior } = list;
  const { paging, pageClass } = behavior;
  const items = itemsOf(list, answer);
  if (!items || items.length === 0 || pageClass === 'Page') return undefined;
  if (pageClass === 'LinkPage') return linked(list, request, answer);
  if (paging.position === undefined) return undefined;
  const hasMore = valueAt(answer.body, paging.hasMore);
  if (hasMore === false) return undefined;
  const at = positionAfter(list, request, answer, items);
  return at === undefined
    ? undefined
    : { ...request, query: withPair(request.query, [paging.position, at]) };
}

function positionAfter(
  { behavior: { paging, pageClass }, collection }: List,
  { query }: Request,
  { body }: Answer,
  items: readonly object[],
): string | undefined {
  if (pageClass === 'NextCursorPage') return textOf(valueAt(body, paging.next));
  if (pageClass === 'ConversationCursorPage') return textOf(valueAt(body, paging.last));
  if (pageClass === 'CursorPage') return textOf(valueIn(items.at(-1), collection.idProperty));
  const first = paging.first ?? (pageClass === 'OffsetPage' ? 0 : 1);
  const asked = Number(query.find(([name]) => name === paging.position)?.[1] ?? first);
  const pages = valueAt(body, paging.pages);
  const total = valueAt(body, paging.total);
  if (pageClass === 'OffsetPage') {
    const next = asked + items.length;
    return typeof total === 'number' && next - first >= total ? undefined : String(next);
  }
  return typeof pages === 'number' && asked - first + 1 >= pages ? undefined : String(asked + 1);
}

/** The address of the next page, if it is on the same server and of the same list. */
function linked(
  { behavior: { paging } }: List,
  request: Request,
  answer: Answer,
): Request | undefined {
  const [, header] = /<([^>]*)>\s*;[^,]*rel="?next\b/i.exec(answer.headers['link'] ?? '') ?? [];
  const address = textOf(paging.link ? header : valueAt(answer.body, paging.next));
  if (address === undefined || !URL.canParse(address, 'http://localhost')) return undefined;
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  return pathname.endsWith(request.path) ? { ...request, query: [...searchParams] } : undefined;
}

/** A query with a parameter, instead of those of that name. */
function withPair(query: readonly Pair[], pair: Pair): Pair[] {
  return [...query.filter(([name]) => name !== pair[0]), pair];
}

export function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
    ? String(value)
    : undefined;
}
