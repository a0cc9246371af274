import {
  type Document,
  deref,
  type ParameterObject,
  type Schema,
  shapeOf,
  typesOf,
  withoutNull,
} from '@org/openapi';
import type { PageClass, Paging } from '../model/model.ts';
import { type ListItems, type ListSource, listItems, type PagingProblem } from './list-items.ts';
import { type Evidence, findEvidence } from './page-evidence.ts';
import { parameterName, parameterNames, plainName } from './page-names.ts';
import { applyGiven, readGiven } from './page-override.ts';

/** How a list is paged. With a problem, the class is `Page`: the client must not be made from it. */
export interface FoundPaging {
  pageClass: PageClass;
  paging: Paging;
  item: Schema;
  /** The part of the response that determines the class. */
  reason: string;
  problem?: PagingProblem | undefined;
  /** The count in a response without a way to other pages. */
  counted?: readonly string[];
}

/** The paging of a GET's list; undefined if the response is not a list. */
export function readPaging(document: Document, source: ListSource): FoundPaging | undefined {
  const { object, query, body, path } = source;
  const given = readGiven(document, source);
  const items = given.items ?? listItems(document, body);
  if (!items) return undefined;
  const { item, path: at } = items;
  if (given.problem) return wholeOf(items, {}, given.problem);
  const sizeBeside = (position?: string): Partial<Paging> => {
    const size = given.paging.size ?? sizeOf(query, position);
    return size === undefined ? {} : { size };
  };
  const whole = wholeOf(items, sizeBeside(given.paging.position));
  if (given.whole) return whole;
  const own = findEvidence(document, query, body, object, items.path);
  const evidence = applyGiven(document, source, given, own);
  const found = given.pageClass
    ? forced(given.pageClass, evidence, source)
    : classOf(document, evidence, item, source);
  // An object with an array in it is not a list yet.
  const isList = items.certain && !(path.endsWith('}') && at[0] !== 'data' && at.length > 0);
  if (found === undefined) {
    const { pages, total, current, countHeader } = evidence;
    const counted =
      pages ?? (current && total) ?? (countHeader === undefined ? undefined : [countHeader]);
    return isList ? { ...whole, ...(counted && { counted }) } : undefined;
  }
  if ('message' in found) {
    return isList || evidence.parameters.size ? { ...whole, problem: found } : undefined;
  }
  const { pageClass, reason, ...parts } = found;
  return {
    pageClass,
    reason,
    item,
    paging: { items: items.path, ...sizeBeside(parts.position), ...parts, ...given.paging },
  };
}

type Found = Omit<Paging, 'items' | 'size'> & { pageClass: PageClass; reason: string };

function wholeOf(items: ListItems, more: Partial<Paging>, problem?: PagingProblem): FoundPaging {
  const reason = items.path.length === 0 ? 'an array' : `an array \`${items.path.join('.')}\``;
  const paging = { items: items.path, ...more };
  return { pageClass: 'Page', paging, item: items.item, reason, ...(problem && { problem }) };
}

function sizeOf(query: readonly ParameterObject[], position?: string): string | undefined {
  const found = query.filter(
    ({ name }) => name !== position && parameterNames.size.has(parameterName(name)),
  );
  // `size` may be that of a shoe.
  return (found.find(({ name }) => name !== 'size') ?? found[0])?.name;
}

/** The first matching row of the README's table; undefined for a list without pages. */
function classOf(
  document: Document,
  evidence: Evidence,
  item: Schema,
  { id }: ListSource,
): Found | PagingProblem | undefined {
  const {
    parameters,
    token,
    address,
    lastID,
    hasMore,
    total,
    pages,
    link,
    isLast,
    header,
    unknown: other,
  } = evidence;
  const { after, afterItem, cursor, number, offset, backwards } = parameters;
  const isNumber = (schema: Schema | undefined) => {
    const types = typesOf(document, schema);
    return !types.has('string') && (types.has('integer') || types.has('number'));
  };
  // Some frameworks take the text of an integer as well.
  const isCount = (schema: Schema | undefined) =>
    isNumber(schema) ||
    typesOf(document, schema).has('integer') ||
    // Every parameter is a text to others: the response shows that pages are counted.
    (typesOf(document, schema).has('string') && (total ?? pages) !== undefined);
  const numeric = (schema: Schema | undefined) => (isNumber(schema) ? { numeric: true } : {});
  const more = hasMore && { hasMore };
  const shown = (path: readonly string[] = []) => `\`${path.join('.')}\``;
  const withMore = hasMore ? `${shown(hasMore)} and ` : '';

  const position = cursor ?? after;
  const tokenName = plainName(token?.path.at(-1) ?? '');
  // `page` with `next_page`: a cursor that is called like a number.
  const alike = [number, offset].find(
    (each) => each && !isCount(each.schema) && tokenName.startsWith('next'),
  );
  const tokenPosition = token?.parameter ?? position ?? alike;
  if (tokenPosition && token) {
    const { path: next, schema } = token;
    const parts = { position: tokenPosition.name, next, ...more, ...numeric(schema) };
    return { pageClass: 'NextCursorPage', ...parts, reason: `${withMore}${shown(next)}` };
  }
  if (position && hasMore && lastID) {
    const { path: last, schema } = lastID;
    const parts = { position: position.name, last, hasMore, ...numeric(schema) };
    return { pageClass: 'ConversationCursorPage', ...parts, reason: `${withMore}${shown(last)}` };
  }
  const itemID = shapeOf(document, item).get('id')?.schema;
  const isDate = (parameter: ParameterObject | undefined) =>
    /^date/.test(withoutNull(document, parameter?.schema)?.format ?? '');
  const takesID = !itemID || !isNumber(after?.schema) || !typesOf(document, itemID).has('string');
  if (after && hasMore && takesID && !isDate(after) && !address && !link) {
    if (!itemID) {
      return {
        id: 'page-cursor',
        message: `\`${id}\` responds with ${shown(hasMore)} only, so the cursor is the last item's \`id\`, but its items have no \`id\`. Add \`next\` or \`last_id\` to the response.`,
      };
    }
    const parts = { position: after.name, hasMore, ...numeric(itemID) };
    return { pageClass: 'CursorPage', ...parts, reason: shown(hasMore) };
  }
  if (address || link) {
    const next = address && { next: address.path };
    const reason = address ? `${shown(address.path)}, an address` : 'the header `Link`';
    return { pageClass: 'LinkPage', ...next, ...(!address && { link }), ...more, reason };
  }
  const counts = { ...more, ...(total && { total }), ...(pages && { pages }) };
  for (const [pageClass, parameter] of [
    ['NumberedPage', number],
    ['OffsetPage', offset],
  ] as const) {
    if (!parameter || !isCount(parameter.schema)) continue;
    const first = firstOf(document, parameter);
    if (first === undefined) {
      return {
        id: 'page-style',
        parameter: parameter.name,
        message: `\`${id}\` is paged by \`${parameter.name}\`, but it is unknown whether its first value is 0 or 1. Add \`default\` or \`minimum\` to its schema.`,
      };
    }
    const reason = `the parameter \`${parameter.name}\``;
    // Where pages begin with 0, `last_page` may be the number of the last one, and not how many there are.
    const isNumber = first === 0 && /^(?:last|max)page$/.test(plainName(pages?.at(-1) ?? ''));
    const { pages: _, ...others } = counts;
    const counted = isNumber ? others : counts;
    return { pageClass, position: parameter.name, first, ...counted, reason };
  }
  if (afterItem && itemID && !isDate(afterItem) && takesID) {
    const parts = { position: afterItem.name, ...numeric(itemID) };
    return { pageClass: 'CursorPage', ...parts, reason: `the parameter \`${afterItem.name}\`` };
  }
  // A time is a filter where the list has no limit.
  const isFilter = isDate(backwards) && parameters.size === undefined;
  const unknown = position ?? number ?? offset ?? (isFilter ? undefined : backwards);
  if (unknown) {
    return {
      id: 'page-style',
      message: `\`${id}\` is paged by \`${unknown.name}\`, but its response does not identify the next page: the client would return the first page as the whole list. Describe the pages with \`x-client: { page: … }\`, or declare a list without pages with \`x-client: { page: whole }\`.`,
      parameter: unknown.name,
    };
  }
  const isNext = token?.path.some((name) => plainName(name).startsWith('next'));
  const leading = hasMore ?? (isNext ? token : other)?.path ?? isLast;
  const shownNext = leading ? shown(leading) : header && `\`${header}\``;
  if (shownNext !== undefined) {
    return {
      id: 'page-cursor',
      message: `\`${id}\` responds with pages (${shownNext}) but has no query parameter for the next page. Add the parameter, remove ${shownNext} from the response, or declare a list without pages with \`x-client: { page: whole }\`.`,
    };
  }
  return undefined;
}

/** A class that the document names, with its required settings. */
function forced(
  pageClass: PageClass,
  evidence: Evidence,
  { id }: ListSource,
): Found | PagingProblem | undefined {
  const { parameters, token, address, lastID, hasMore, total, pages, link } = evidence;
  const { after, cursor, number, offset } = parameters;
  const next = (pageClass === 'LinkPage' ? (address ?? token) : (token ?? address))?.path;
  const last = lastID?.path;
  const position = {
    NumberedPage: number ?? cursor,
    OffsetPage: offset ?? cursor,
    NextCursorPage: cursor ?? after ?? number ?? offset,
    ConversationCursorPage: cursor ?? after,
    CursorPage: after ?? cursor,
    LinkPage: undefined,
    Page: undefined,
  }[pageClass]?.name;
  const needs: Record<string, unknown> = {
    NumberedPage: { position },
    OffsetPage: { position },
    NextCursorPage: { position, next },
    ConversationCursorPage: { position, last, hasMore },
    CursorPage: { position },
    LinkPage: { next: next ?? link },
  };
  const missing = Object.entries(needs[pageClass] ?? {}).find(([, value]) => value === undefined);
  if (missing) {
    return {
      id: 'x-client',
      message: `\`x-client.page\` of \`${id}\` is a ${pageClass}, but \`${missing[0]}\` is not found. Name it: \`x-client: { page: { class: ${pageClass}, ${missing[0]}: … } }\`.`,
    };
  }
  const takes = (name: string) => Object.keys(needs[pageClass] ?? {}).includes(name);
  const isCounted = pageClass === 'NumberedPage' || pageClass === 'OffsetPage';
  const first = pageClass === 'NumberedPage' ? 1 : 0;
  return {
    pageClass,
    ...(position !== undefined && { position }),
    ...(takes('next') && next && { next }),
    ...(takes('last') && last && { last }),
    ...(hasMore && { hasMore }),
    ...(pageClass === 'LinkPage' && !next && { link: true }),
    ...(isCounted && { first, ...(total && { total }), ...(pages && { pages }) }),
    reason: '`x-client.page`',
  };
}

/** The first value of a number or an offset; undefined if it may be 0 or 1. */
function firstOf(document: Document, { name, schema }: ParameterObject): number | undefined {
  const found = withoutNull(document, schema) ?? {};
  const { default: given, minimum } = { ...deref(document, schema), ...found };
  for (const value of [given, minimum]) if (value === 0 || value === 1) return value;
  const plain = parameterName(name);
  if (plain.endsWith('index') || plain === 'start') return undefined;
  if (plain.startsWith('skip')) return 0;
  return plain === 'p' || parameterNames.number.has(plain) ? 1 : 0;
}
