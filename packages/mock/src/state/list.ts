import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { querySchema } from '../api/api.ts';
import { propertyOf, shapeOf } from '../api/schema.ts';
import { memoize, memoizeFrozen } from '../lib/memoize.ts';
import { type Answer, type Call, invalid } from './answer.ts';
import { compileEnvelope, cursorOf, idInCursor } from './envelope.ts';
import type { Filter, Page } from './page.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { Item } from './store.ts';

type ListBehavior = Extract<Behavior, { kind: 'list' }>;

/** How many items a page holds where the spec has a limit, but no default for it. */
const usualLimit = 20;

/** Answers an operation that lists a collection. Which parameters it takes is what the spec says. */
export function compileList(
  operation: IHttpOperation,
  { pageClass }: ListBehavior,
  collection: ScopedCollection,
): (call: Call) => Answer {
  const { definition, schema } = collection;
  const limitSchema = querySchema(operation, 'limit');
  const orderSchema = querySchema(operation, 'order');
  const isOpaque = pageClass === 'NextCursorPage';
  const envelope = compileEnvelope(operation, pageClass);
  const bodyOf = memoize(createBody, pageKey());
  const filters = filtersOf(operation, collection).map(([parameter, property]) => ({
    parameter,
    property,
    isEmail: Object.values(definition.filter).includes(property) && isEmail(collection, property),
  }));
  const effective = new Set(filters.map(({ parameter }) => parameter));
  if (limitSchema) effective.add('limit');
  if (orderSchema) effective.add('order');
  for (const name of cursorNames) effective.add(name);

  return ({ scope, query }) => {
    const limit = limitSchema
      ? readLimit(query['limit'], Number(limitSchema.default ?? usualLimit))
      : Infinity;
    if (limit === undefined) return invalid('limit', 'must be a whole number');
    const cursors: { after?: string; before?: string } = {};
    for (const name of cursorNames) {
      const given = querySchema(operation, name) ? query[name] : undefined;
      if (given === undefined || given === '') continue;
      const id = isOpaque ? idInCursor(String(given)) : String(given);
      if (id === undefined) return invalid(name, unknownCursor);
      cursors[name] = id;
    }
    const order = query['order'] ?? orderSchema?.default;
    const page = collection.page(scope, {
      ...cursors,
      limit,
      descending: orderSchema !== undefined && order === 'desc',
      filters: filters.flatMap(({ parameter, ...filter }): Filter[] => {
        const values = query[parameter];
        return values === undefined ? [] : [{ ...filter, values: [values].flat() }];
      }),
    });
    if ('unknown' in page) return invalid(page.unknown, unknownCursor);
    const unused = Object.keys(query).filter(
      (name) => !effective.has(name) && querySchema(operation, name),
    );
    return { status: 200, body: bodyOf(page), ...(unused.length > 0 && { unused }) };
  };

  function createBody({ items, hasMore }: Page): object {
    const first = idOf(items[0]);
    const last = idOf(items.at(-1));
    const next = isOpaque && hasMore && last !== null ? cursorOf(last) : null;
    return envelope({ items, hasMore, first, last, next });
  }

  function idOf(item: Item | undefined): string | null {
    const id = item?.[definition.idProperty];
    return id === undefined || id === null ? null : String(id);
  }

  function isEmail({ definition: { idProperty } }: ScopedCollection, property: string): boolean {
    if (property === idProperty) return false;
    return shapeOf(propertyOf(schema, property)).alternatives.some(
      (one) => one['x-faker'] === 'internet.email' || (one.format === 'email' && !one['x-faker']),
    );
  }
}

const cursorNames = ['after', 'before'] as const;

/**
 * The parameters that filter, and the property that each is about: those that the document names in `x-mock.filter`,
 * and those that are called like a property of the item.
 */
function filtersOf(
  operation: IHttpOperation,
  { definition, schema }: ScopedCollection,
): [parameter: string, property: string][] {
  const named = definition.filter;
  const paging = ['limit', 'order', ...cursorNames] as readonly string[];
  const alike = (operation.request?.query ?? []).flatMap(({ name }): [string, string][] =>
    Object.hasOwn(named, name) || paging.includes(name) || propertyOf(schema, name) === undefined
      ? []
      : [[name, name]],
  );
  return [...Object.entries(named), ...alike];
}

const unknownCursor = 'the cursor names no object that is or was in this list';

/** Names a page by its items, of which each has a number: an item that changes is another object with another one. */
function pageKey(): (page: Page) => string {
  let count = 0;
  const numberOf = memoizeFrozen(() => {
    count += 1;
    return count;
  });
  return ({ items, hasMore }) => `${hasMore} ${items.map(numberOf).join(' ')}`;
}

/** Prism has checked the bounds, but hands over the text: `10`, `1e1` and `10.0` are the same number to it. */
function readLimit(given: string | string[] | undefined, usual: number): number | undefined {
  const limit = given === undefined || given === '' ? usual : Number(given);
  return Number.isInteger(limit) ? limit : undefined;
}
