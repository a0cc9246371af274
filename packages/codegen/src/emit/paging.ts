import type { Paging, Result } from '../model/model.ts';
import { literal } from './text.ts';

/** The defaults of the client's page classes. */
const usual: Paging = {
  items: ['data'],
  position: 'after',
  next: ['next'],
  last: ['last_id'],
  hasMore: ['has_more'],
};

/**
 * The argument that tells the client where a list has items, cursor and counts; undefined for the class's defaults,
 * so that a program pays for what it uses.
 */
export function pagingOf({
  pageClass,
  paging,
}: Extract<Result, { kind: 'page' }>): string | undefined {
  const { size, first, items, ...parts } = paging;
  const isUsual =
    pageClass === 'Page'
      ? items.join() === 'data'
      : paging.hasMore !== undefined &&
        Object.entries({ items, ...parts }).every(
          ([name, value]) => String(usual[name as keyof Paging]) === String(value),
        ) &&
        !/^(Link|Numbered|Offset)Page$/.test(pageClass);
  if (isUsual) return undefined;
  const usualFirst = pageClass === 'NumberedPage' ? 1 : 0;
  const names = { items, ...parts, ...(first !== undefined && first !== usualFirst && { first }) };
  return `pagedBy(${literal(names)})`;
}
