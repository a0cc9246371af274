import { valueIn } from '@org/codegen/item-id';
import type { API, Operation } from '../api/api.ts';
import { type Credentials, carry } from './credentials.ts';
import { listQuestions } from './list-questions.ts';
import type { Area, List, Question, Request } from './question.ts';
import { fillPath, idOf, type Listing, type Survey } from './survey.ts';
import { unknownID } from './values.ts';

/** The questions for both servers, made of the document and of what one of them has. */
export function questionsOf(api: API, { listings }: Survey): Question[] {
  const questions: Question[] = [];
  const asked = new Set<Operation>();
  const ask = (operation: Operation, params: Readonly<Record<string, string>>) => {
    if (asked.has(operation)) return;
    asked.add(operation);
    questions.push(...generalQuestions(operation, params));
  };
  const typical = new Set(
    [...new Set(listings.map(({ list }) => list))].flatMap((list) => typicalOf(list, listings)),
  );
  for (const listing of listings) {
    const { operation } = listing.list;
    const isTypical = typical.has(listing);
    questions.push(
      ...(isTypical ? listQuestions(api, listing) : [question('pages', operation, listing.params)]),
    );
    ask(operation, listing.params);
    for (const { operation: retrieve, params } of retrievals(api, listing)) {
      questions.push(question('items', retrieve, params));
      ask(retrieve, params);
    }
    if (isTypical) questions.push(...unknownQuestions(api, listing, listings));
  }
  for (const operation of singletons(api, asked)) {
    questions.push(question('items', operation, {}));
    ask(operation, {});
  }
  return unique(questions);
}

/** Of one list in many scopes: the first one, and those with the most and the fewest items. */
function typicalOf(list: List, listings: readonly Listing[]): Listing[] {
  const own = listings.filter((one) => one.list === list);
  const bySize = own.toSorted((a, b) => b.items.length - a.items.length);
  return [own[0], bySize[0], bySize.at(-1)].filter((one) => one !== undefined);
}

/** The operation that gives an item of the listing, for its first, middle and last ones. */
function retrievals(api: API, { list, params, items }: Listing) {
  const { collection } = list;
  const operation = retrieveOf(api, collection.name);
  const { itemParam } = collection;
  if (!operation || itemParam === undefined) return [];
  const chosen = new Set([items[0], items[1], items[Math.floor(items.length / 2)], items.at(-1)]);
  return [...chosen].flatMap((item) => {
    const id = item && idOf(item, collection.idProperty);
    return id === undefined ? [] : [{ operation, params: { ...params, [itemParam]: id } }];
  });
}

function retrieveOf(api: API, collection: string): Operation | undefined {
  return api.operations.find(({ iid, method }) => {
    const behavior = api.behavior(iid);
    return method === 'get' && behavior.kind === 'retrieve' && behavior.collection === collection;
  });
}

/** Ids that do not exist, in each place of the path, and an item of another scope. */
function unknownQuestions(
  api: API,
  { list, params, items }: Listing,
  listings: readonly Listing[],
): Question[] {
  const { collection, operation } = list;
  const questions: Question[] = [];
  for (const { param } of collection.scope) {
    const known = String(params[param]);
    const prefix = api.collections.find(({ itemParam }) => itemParam === param)?.idPrefix ?? '';
    questions.push(
      question('unknown ids', operation, { ...params, [param]: unknownID(known, prefix) }),
    );
  }
  const retrieve = retrieveOf(api, collection.name);
  const [first] = items;
  const { itemParam } = collection;
  if (!retrieve || !first || itemParam === undefined) return questions;
  const id = idOf(first, collection.idProperty) ?? '';
  const ask = (changed: Record<string, string>) =>
    questions.push(question('unknown ids', retrieve, { ...params, [itemParam]: id, ...changed }));
  ask({
    [itemParam]: unknownID(valueIn(first, collection.idProperty), collection.idPrefix),
  });
  ask({ [itemParam]: `${id}x` });
  ask({ [itemParam]: flipCase(id) });
  for (const { param } of collection.scope) ask({ [param]: unknownID(params[param], '') });
  const other = listings.find((one) => one.list === list && one.params !== params);
  if (other)
    questions.push(question('unknown ids', retrieve, { ...other.params, [itemParam]: id }));
  // An id may be encoded more than it has to be.
  const plain = question('items', retrieve, { ...params, [itemParam]: id });
  const encoded = id.replace(/^[a-z]/i, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  const path = plain.request.path.replace(
    new RegExp(`/${escapeRegExp(encodeURIComponent(id))}(?=/|$)`),
    `/${encoded}`,
  );
  questions.push({ ...plain, request: { ...plain.request, path } });
  return questions;
}

/** What every operation is asked once. */
function generalQuestions(
  operation: Operation,
  params: Readonly<Record<string, string>>,
): Question[] {
  const ask = (area: Area, changes: Partial<Request>, sendsTag = false): Question => {
    const { request, ...rest } = question(area, operation, params);
    return { ...rest, request: { ...request, ...changes }, ...(sendsTag && { sendsTag }) };
  };
  const refused = (['none', 'wrong', 'other scheme'] as Credentials[]).filter(
    (credentials) => carry(operation, credentials, new Map()) !== undefined,
  );
  const { path } = question('HEAD', operation, params).request;
  const questions = [
    ask('HEAD', { method: 'HEAD' }),
    ...refused.map((credentials) => ask('credentials', { credentials })),
    ...refused.slice(0, 1).map((credentials) => ask('HEAD', { method: 'HEAD', credentials })),
    ask('conditional requests', { headers: { 'if-none-match': '*' } }),
    ask('conditional requests', { headers: { 'if-none-match': '"a-tag-of-nothing"' } }),
    ask('conditional requests', {}, true),
    ask('conditional requests', { method: 'HEAD' }, true),
    ask('invalid parameters', { query: [['a_parameter_that_does_not_exist', '1']] }),
    ask('unknown ids', { path: `${path}/a-path-that-does-not-exist/below` }),
  ];
  const last = Object.keys(params).at(-1);
  if (last !== undefined) {
    const { request } = question('HEAD', operation, {
      ...params,
      [last]: unknownID(params[last], ''),
    });
    questions.push(ask('HEAD', { ...request, method: 'HEAD' }));
  }
  return questions;
}

/** Single objects without a parent. */
function singletons(api: API, asked: ReadonlySet<Operation>): Operation[] {
  return api.operations.filter(
    (operation) =>
      operation.method === 'get' &&
      api.behavior(operation.iid).kind === 'singleton.retrieve' &&
      !operation.path.includes('{') &&
      !asked.has(operation),
  );
}

/** A plain GET of an operation. */
export function question(
  area: Area,
  operation: Operation,
  params: Readonly<Record<string, string>>,
): Question {
  const path = fillPath(operation.path, params);
  const request: Request = { method: 'GET', path, query: [], headers: {}, credentials: 'accepted' };
  return { area, operation, request };
}

/** Each request once. */
function unique(questions: readonly Question[]): Question[] {
  const known = new Map<string, Question>();
  for (const one of questions) {
    const key = JSON.stringify([one.request, one.sendsTag]);
    const other = known.get(key);
    // A walk has the first page as well.
    if (!other || (one.follow?.pages ?? 0) > (other.follow?.pages ?? 0)) known.set(key, one);
  }
  return [...known.values()];
}

function flipCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
