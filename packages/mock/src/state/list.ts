import { valueIn } from '@org/codegen/item-id';
import type { Behavior } from '@org/codegen/model';
import { isDirection } from '@org/codegen/request-words';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, querySchema, responseOf, responseSchema, successOf } from '../api/api.ts';
import { propertyAt, propertyOf, type Schema, shapeOf, unionOf } from '../api/schema.ts';
import { memoize, memoizeFrozen } from '../lib/memoize.ts';
import { knownNames } from '../prism/unknown-parameters.ts';
import { type Answer, type Call, invalid } from './answer.ts';
import { compileEnvelope, type Envelope } from './envelope.ts';
import { compileFilters } from './filters.ts';
import type { Filter, Page } from './page.ts';
import type { Contents } from './page-parts.ts';
import { compilePosition, type Start, unknownCursor } from './position.ts';
import { project } from './project.ts';
import { isSameObject } from './same-schema.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { Item } from './store.ts';

type ListBehavior = Extract<Behavior, { kind: 'list' }>;

/** How many items a page holds where the spec has no default. */
const usualLimit = 20;

/** Answers an operation that lists a collection. Which parameters it takes is what the spec says. */
export function compileList(
  operation: IHttpOperation,
  behavior: ListBehavior,
  collection: ScopedCollection,
): (call: Call) => Answer {
  const { paging, pageClass } = behavior;
  const { definition } = collection;
  const readSize = compileSize(operation, behavior);
  const hasIDs = propertyAt(collection.schema, definition.idProperty) !== undefined;
  const position = compilePosition(operation, behavior, hasIDs);
  const orderSchema = directionSchema(operation);
  const paged = [paging.size, orderSchema && 'order', ...position.names];
  const inBody = behavior.inBody
    ? Object.keys(unionOf(bodySchema(operation))?.properties ?? {})
    : [];
  const filters = compileFilters(operation, collection, paged, { inBody });
  const effective = new Set([...paged, ...filters.names]);
  const isKnown = knownNames(operation);
  const counts = compileCounts(operation);
  const envelope = compileEnvelope(operation, paging);
  const isCounted = envelope.isCounted || counts.length > 0;
  const isLinked = pageClass === 'LinkPage';
  const bodyOf = memoize(compileBody(operation, behavior, collection, envelope), pageKey());

  return ({ scope: asked, params, query, address }) => {
    const scope = behavior.every ? undefined : asked;
    const size = readSize(query);
    if (size === undefined) return invalid(paging.size ?? 'limit', 'must be a whole number');
    const start = position.start(query, size);
    if ('message' in start) return start;
    const order = String(query['order'] ?? orderSchema?.default ?? '');
    const wanted = [...filters.read(query), ...ownFilters(behavior, params)];
    const page = collection.page(scope, {
      ...start,
      limit: size,
      descending: orderSchema !== undefined && /^desc/i.test(order),
      filters: wanted,
    });
    if ('unknown' in page) {
      const name = page.unknown === 'before' ? position.names.at(-1) : position.parameter;
      return invalid(name ?? page.unknown, unknownCursor);
    }
    const total = isCounted ? collection.count(scope, wanted) : 0;
    const next = page.hasMore ? nextOf(page, start, size) : null;
    const url = isLinked && next !== null ? urlOf(address, query, next) : undefined;
    const others = position.others(start, size, total);
    const addressOf = (place?: number) => urlOf(address, query, place);
    const body = bodyOf({
      page,
      total,
      size,
      position: start.position,
      skipped: start.skip,
      isCursor: others.first === undefined && pageClass !== 'Page',
      isFirst: !start.skip && start.after === undefined && start.afterIndex === undefined,
      next: isLinked ? (url ?? null) : next,
      others,
      addressOf,
      ...(envelope.isAddressed && { address: addressOf() }),
    });
    const headers: Record<string, string> = {};
    if (url !== undefined && paging.link) headers['link'] = `<${url}>; rel="next"`;
    for (const { name, read } of counts) headers[name] = String(read(total, size));
    const isUsed = (name: string) =>
      effective.has(name) && (name !== 'order' || orderSchema === undefined || isDirection(order));
    const unused = Object.keys(query).filter(
      (name) => !isUsed(name) && (behavior.inBody || isKnown(name)),
    );
    return { status: successOf(operation), body, headers, ...(unused.length > 0 && { unused }) };
  };

  function nextOf(page: Page, { position: asked }: Start, size: number) {
    const last = idOf(page.items.at(-1), definition.idProperty);
    return position.next({ last, lastIndex: page.lastIndex, position: asked, size });
  }

  /** The address of a page: that of the request, with another value of the parameter. */
  function urlOf(address: string, query: Call['query'], place?: string | number): string {
    const own = place === undefined ? {} : { [position.parameter ?? '']: String(place) };
    const pairs = Object.entries({ ...query, ...own });
    if (pairs.length === 0) return address;
    const search = new URLSearchParams(
      pairs.flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      ),
    );
    return `${address}?${search}`;
  }
}

/** What the path of a list asks of items that are elsewhere. */
function ownFilters({ where = [] }: ListBehavior, params: Call['params']): Filter[] {
  return where.map(({ param, property }) => ({
    property,
    values: [params[param] ?? ''],
    isEmail: false,
  }));
}

interface Found extends Omit<Contents, 'items' | 'hasMore' | 'first' | 'last'> {
  page: Page;
  /** The address of the request, where the body depends on it. */
  address?: string;
}

function compileBody(
  operation: IHttpOperation,
  { paging }: ListBehavior,
  { definition: { idProperty }, schema }: ScopedCollection,
  envelope: Envelope,
): (found: Found) => object {
  const summarize = compileSummary(operation, paging, schema);
  return ({ page: { items, hasMore }, ...contents }) => {
    const [first = null, last = null] = [items[0], items.at(-1)].map((item) =>
      idOf(item, idProperty),
    );
    return envelope.make({ ...contents, items: summarize(items), hasMore, first, last });
  };
}

/** Makes of items what the list has of them: items have more where the list has summaries. */
function compileSummary(
  operation: IHttpOperation,
  { items: path }: ListBehavior['paging'],
  schema: Schema,
): (items: Item[]) => Item[] {
  const { items: listed } = arrayOf(operation, path) ?? {};
  if (typeof listed !== 'object' || Array.isArray(listed) || isSameObject(listed, schema))
    return (items) => items;
  const sources = { values: {}, isDelete: false, example: undefined, seed: 1, root: operation };
  const summarize = memoizeFrozen(
    // An item's summary is an object.
    (item: Item) => project(listed, { ...sources, items: [{ item, schema }] }) as Item,
  );
  return (items) => items.map(summarize);
}

/** The schema of the array in a list's response. */
function arrayOf(operation: IHttpOperation, path: ListBehavior['paging']['items']) {
  let array: Schema | boolean | undefined = responseSchema(operation, successOf(operation));
  for (const name of path) array = propertyOf(array, name);
  return shapeOf(array, operation).alternatives.find(({ items }) => items);
}

function idOf(item: Item | undefined, idProperty: string): string | null {
  const id = valueIn(item, idProperty);
  return id === undefined || id === null ? null : String(id);
}

/** Names a page by its items, of which each has a number: an item that changes is another object with another one. */
function pageKey(): (found: Found) => string {
  let count = 0;
  const numberOf = memoizeFrozen(() => {
    count += 1;
    return count;
  });
  return ({ page: { items, hasMore }, next, total, size, position, address }) =>
    `${hasMore} ${next} ${total} ${size} ${position} ${address} ${items.map(numberOf).join(' ')}`;
}

/** The parameter that says in which direction a list goes; one that names properties has no effect. */
function directionSchema(operation: IHttpOperation): Schema | undefined {
  const schema = querySchema(operation, 'order');
  const values = shapeOf(schema).alternatives.flatMap(({ enum: all = [] }) => all);
  return values.length === 0 || values.some(isDirection) ? schema : undefined;
}

/** Reads how many items a page holds; undefined where that is no whole number. */
function compileSize(
  operation: IHttpOperation,
  { paging, pageClass }: ListBehavior,
): (query: Call['query']) => number | undefined {
  const { size } = paging;
  const most = arrayOf(operation, paging.items)?.maxItems ?? Infinity;
  // Whoever asks for no page of a list without pages gets the whole of it.
  const usual = pageClass === 'Page' ? most : Math.min(usualLimit, most);
  if (size === undefined) return () => usual;
  const schema = querySchema(operation, size) ?? {};
  const [shape = schema] = shapeOf(schema).alternatives;
  const own = Number(
    shape.default ?? (pageClass === 'Page' ? usual : Math.min(usual, shape.maximum ?? usual)),
  );
  return (query) => readLimit(query[size], own, most);
}

/** Prism has checked the bounds, but hands over the text: `10`, `1e1` and `10.0` are the same number to it. */
function readLimit(
  given: string | string[] | undefined,
  usual: number,
  most: number,
): number | undefined {
  if (given === undefined || given === '') return usual;
  const limit = Number(given);
  return Number.isInteger(limit) && limit >= 0 ? Math.min(limit, most) : undefined;
}

interface Count {
  name: string;
  read(total: number, size: number): number;
}

/** The headers of the answer that tell how long the list is: `X-Total-Count`, `X-Total-Pages`. */
function compileCounts(operation: IHttpOperation): Count[] {
  const headers = responseOf(operation, successOf(operation))?.headers ?? [];
  return headers.flatMap(({ name }): Count[] => {
    if (/^(?:x-)?(?:total-?pages|page-?count)$/i.test(name))
      return [{ name, read: (total, size) => Math.ceil(total / size) }];
    return /^(?:x-)?(?:pagination-)?total(?:-?(?:count|items|results))?$/i.test(name)
      ? [{ name, read: (total) => total }]
      : [];
  });
}
