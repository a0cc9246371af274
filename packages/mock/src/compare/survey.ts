import { valueIn } from '@org/codegen/item-id';
import { type API, querySchema } from '../api/api.ts';
import { shapeOf } from '../api/schema.ts';
import { Problems } from '../copy/problems.ts';
import { Taker } from '../copy/take.ts';
import type { CopiedList } from '../copy/to-snapshot.ts';
import { type Answer, CompareError, type Server } from './ask.ts';
import { itemsOf, nextRequest, textOf } from './pages.ts';
import { describe, type List, type Pair, type Request } from './question.ts';

/** A list in one scope, with all of its items. */
export interface Listing {
  list: List;
  /** The values of the path's parameters. */
  params: Readonly<Record<string, string>>;
  items: object[];
}

/** What a server has, as far as the questions need it. */
export interface Survey {
  listings: Listing[];
  /** What is not asked, and why. */
  skipped: string[];
}

/** Of how many items the collections below them are read: the first ones, and the last one. */
const mostParents = 8;

/** The list operations, parents first. */
function listsOf(api: API): List[] {
  const lists = api.operations.flatMap((operation): List[] => {
    const behavior = api.behavior(operation.iid);
    if (behavior.kind !== 'list' || operation.method !== 'get') return [];
    const collection = api.collections.find(({ name }) => name === behavior.collection);
    return collection?.path === operation.path ? [{ operation, behavior, collection }] : [];
  });
  return lists.sort((a, b) => a.collection.scope.length - b.collection.scope.length);
}

/**
 * Reads the items of every list; below other collections, those of a few parents.
 *
 * @throws {CompareError} if a list of the root cannot be read
 */
export async function survey(api: API, server: Server): Promise<Survey> {
  const listings: Listing[] = [];
  const skipped: string[] = [];
  const lists = listsOf(api);
  for (const list of lists) {
    const scopes = scopesOf(list, listings);
    if (scopes.length === 0) skipped.push(`${list.operation.iid}: there is no parent to ask about`);
    for (const params of scopes) listings.push(await readListing(list, params, server));
  }
  for (const { iid, method } of api.operations) {
    const { kind } = api.behavior(iid);
    if (method === 'get' && kind === 'mocker')
      skipped.push(`${iid}: a mock has no data for it and responds with an example`);
    if (kind === 'list' && !lists.some(({ operation }) => operation.iid === iid))
      skipped.push(`${iid}: it shows items that another operation reads`);
  }
  return { listings, skipped };
}

/** The scopes that are read: one at the root. */
function scopesOf({ collection }: List, listings: readonly Listing[]): Record<string, string>[] {
  let scopes: Record<string, string>[] = [{}];
  for (const { param, collection: parent } of collection.scope) {
    scopes = scopes.flatMap((scope) => {
      const isSame = ({ params }: Listing) =>
        Object.entries(params).every(([name, value]) => scope[name] === value);
      const found = listings.find(
        ({ list, ...one }) => list.collection.name === parent && isSame({ list, ...one }),
      );
      const ids = (found?.items ?? []).flatMap(
        (item) => idOf(item, found?.list.collection.idProperty) ?? [],
      );
      const chosen =
        ids.length > mostParents ? [...ids.slice(0, mostParents - 1), ...ids.slice(-1)] : ids;
      return chosen.map((id) => ({ ...scope, [param]: id }));
    });
  }
  return scopes;
}

async function readListing(
  list: List,
  params: Record<string, string>,
  server: Server,
): Promise<Listing> {
  const { operation, behavior } = list;
  const { size, position } = behavior.paging;
  const [schema] = size === undefined ? [] : shapeOf(querySchema(operation, size)).alternatives;
  const query: Pair[] = size === undefined ? [] : [[size, String(schema?.maximum ?? 100)]];
  let request: Request | undefined = {
    ...{ method: 'GET', path: fillPath(operation.path, params), query, headers: {} },
    credentials: 'accepted',
  };
  const items: object[] = [];
  const positions = new Set<string>();
  while (request) {
    const answer: Answer = await server.ask(operation, request);
    const page = itemsOf(list, answer);
    if (!page && request.query.length > 0 && positions.size === 0) {
      // A server that refuses the largest page may still have the usual one.
      request = { ...request, query: [] };
      positions.add('[]');
      continue;
    }
    if (!page) throw refusal(server, request, answer);
    for (const item of page) items.push(item);
    request = nextRequest(list, request, answer);
    const at = JSON.stringify(request?.query);
    if (request && positions.has(at))
      throw new CompareError(
        `Pagination loop: the ${server.name} gave the same cursor twice for ${operation.iid} (${position}).`,
      );
    positions.add(at);
  }
  return { list, params, items };
}

function refusal(
  { name, url }: Server,
  request: Request,
  { status, headers }: Answer,
): CompareError {
  const type = headers['content-type']?.split(';')[0] ?? 'no content type';
  const isRefused = status === 401 || status === 403;
  const hint = isRefused
    ? 'The key must be allowed to read every list.'
    : 'Give the address that the paths of the document are below, such as http://127.0.0.1:4010/v1.';
  return new CompareError(
    `The ${name} at ${url} has no list for ${describe(request)}: it responded with ${status} and ${type}. ${hint}`,
    { isRefused },
  );
}

/** The items as the data of a mock: those below others say where they belong. */
export function dataOf({ listings }: Survey): Record<string, object[]> {
  const data: Record<string, object[]> = {};
  for (const { list, params, items } of listings) {
    data[list.collection.name] ??= [];
    for (const item of items) data[list.collection.name]?.push({ ...item, ...params });
  }
  return data;
}

/** The same, as far as a mock can serve it: an item that breaks the contract shows as a difference. */
export function servableDataOf(api: API, { listings }: Survey): Record<string, object[]> {
  const known = new Set<string>();
  const taken = listings.map(({ list, params, items }) => {
    const { name, scope } = list.collection;
    const copied: CopiedList = { scope: [], items: new Map(), sent: 0 };
    const taker = new Taker(api, name, new Problems());
    const isBelow = scope.every(
      ({ collection, param }) => !collection || known.has(`${collection}/${params[param]}`),
    );
    for (const item of isBelow ? items : []) taker.take(copied, item);
    for (const id of copied.items.keys()) known.add(`${name}/${id}`);
    return { list, params, items: [...copied.items.values()] };
  });
  return dataOf({ listings: taken, skipped: [] });
}

/** The id of an item, as it stands in a path. */
export function idOf(item: object, property: string | undefined): string | undefined {
  return textOf(valueIn(item, property ?? 'id'));
}

/** A path with the values of its parameters. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{([^}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? encodeURIComponent(params[name] ?? '') : whole,
  );
}
