import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { querySchema } from '../api/api.ts';
import { type Call, invalid, type Refusal } from './answer.ts';
import { cursorOf, idInCursor } from './envelope.ts';
import { type Others, plainName } from './page-parts.ts';

type List = Extract<Behavior, { kind: 'list' }>;

/** Where a page begins. */
export interface Start {
  after?: string;
  before?: string;
  /** The index of the item before the page. */
  afterIndex?: number;
  /** How many items come before the page. */
  skip?: number;
  /** The number or the offset that the request asks for. */
  position: number;
}

/** Where a page ends. */
interface End {
  last: string | null;
  lastIndex: number | undefined;
  position: number;
  size: number;
}

export interface Position {
  /** The query parameters that are read. */
  names: readonly string[];
  /** Reads where a page begins; a request that asks for no place is refused. */
  start(query: Call['query'], size: number): Start | Refusal;
  /** What asks for the next page: the parameter's value. */
  next(end: End): string | number | null;
  /** What asks for other pages, where pages have numbers or offsets. */
  others(start: Start, size: number, total: number): Others;
  /** The parameter of {@link Position.next}. */
  parameter: string | undefined;
}

/** Pages of a list that leads on by addresses, but names no parameter for them. */
const ownParameter = '__page';

/**
 * How a request asks for a page, and what asks for the next one.
 *
 * @param hasIDs whether cursors can name items by their ids
 */
export function compilePosition(
  operation: IHttpOperation,
  { pageClass, paging, every }: List,
  hasIDs: boolean,
): Position {
  const numbered = numberedOf(operation, pageClass, paging);
  if (numbered) return countedPosition(numbered);
  const parameter =
    pageClass === 'LinkPage'
      ? (namedLike(operation, cursorNames) ?? ownParameter)
      : paging.position;
  const isOpaque = pageClass === 'NextCursorPage' || pageClass === 'LinkPage';
  // Ids may be the same in several scopes.
  const isIndex =
    !hasIDs ||
    (isOpaque && every === true) ||
    (pageClass === 'NextCursorPage' && paging.numeric === true);
  const before = namedLike(operation, beforeNames);
  // Lists that come whole take cursors as well, where the document has them.
  const after = parameter ?? namedLike(operation, cursorNames);
  const names = [after, before].filter((name) => name !== undefined);
  return {
    names,
    parameter: after,
    start(query) {
      const start: Start = { position: 0 };
      for (const name of names) {
        const given = query[name];
        if (given === undefined || given === '') continue;
        if (isIndex && name === after) {
          const index = Number(given);
          if (!Number.isSafeInteger(index) || index < 1) return invalid(name, unknownCursor);
          start.afterIndex = index - 1;
          continue;
        }
        const id = isOpaque ? idInCursor(String(given)) : String(given);
        if (id === undefined) return invalid(name, unknownCursor);
        start[name === after ? 'after' : 'before'] = id;
      }
      return start;
    },
    next({ last, lastIndex }) {
      if (isIndex) return lastIndex === undefined ? null : lastIndex + 1;
      return last !== null && isOpaque ? cursorOf(last) : last;
    },
    others: () => ({}),
  };
}

interface Numbered {
  parameter: string;
  first: number;
  isOffset: boolean;
}

/** Pages that are asked for by a number: of the page, or of the items before it. */
function numberedOf(
  operation: IHttpOperation,
  pageClass: List['pageClass'],
  paging: List['paging'],
): Numbered | undefined {
  const { position, first } = paging;
  if (pageClass === 'NumberedPage' && position !== undefined)
    return { parameter: position, first: first ?? 1, isOffset: false };
  if (pageClass === 'OffsetPage' && position !== undefined)
    return { parameter: position, first: first ?? 0, isOffset: true };
  // A number that the answer gives as a cursor: `page` with `next_page`.
  const isCursor = pageClass === 'NextCursorPage' && paging.numeric === true;
  if (pageClass !== 'LinkPage' && !isCursor) return undefined;
  const isOwn = (name: string | undefined) =>
    name !== undefined && (!isCursor || name === position);
  const number = namedLike(operation, numberNames);
  if (number !== undefined && isOwn(number)) {
    const { default: usual, minimum } = querySchema(operation, number) ?? {};
    return { parameter: number, first: [usual, minimum].includes(0) ? 0 : 1, isOffset: false };
  }
  const offset = namedLike(operation, offsetNames);
  return offset !== undefined && isOwn(offset)
    ? { parameter: offset, first: 0, isOffset: true }
    : undefined;
}

function countedPosition({ parameter, first, isOffset }: Numbered): Position {
  return {
    names: [parameter],
    parameter,
    start(query, size) {
      const given = query[parameter];
      const position = given === undefined || given === '' ? first : Number(given);
      if (!Number.isInteger(position) || position < first)
        return invalid(parameter, `must be a whole number of at least ${first}`);
      const before = position - first;
      return { position, skip: isOffset ? before : before * size };
    },
    next: ({ position, size }) => position + (isOffset ? size : 1),
    others({ position }, size, total) {
      const step = isOffset ? size : 1;
      const pages = Math.max(1, Math.ceil(total / size));
      return {
        first,
        ...(position > first && { previous: Math.max(first, position - step) }),
        next: position + step,
        last: first + (pages - 1) * step,
      };
    },
  };
}

/** The first query parameter of one of these names, whatever its case and separators. */
function namedLike(operation: IHttpOperation, names: RegExp): string | undefined {
  return operation.request?.query?.find(({ name }) => names.test(plainName(name)))?.name;
}

const beforeNames = /^(?:page)?(?:before|endingbefore|beforeid)$/;
const cursorNames =
  /^(?:after|startingafter|afterid|cursor|nextcursor|pagecursor|pagetoken|nexttoken|nextpagetoken|marker|continuationtoken)$/;
const numberNames = /^(?:page|pagenumber|pageno|pagenum|pageindex|currentpage)$/;
const offsetNames = /^(?:offset|skip|start|startindex)$/;

export const unknownCursor = 'the cursor names no object that is or was in this list';
