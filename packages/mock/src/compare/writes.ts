import { withValue as itemWith } from '@org/codegen/item-id';
import { type API, bodySchema, type Operation } from '../api/api.ts';
import { objectOf, type Schema, shapeOf } from '../api/schema.ts';
import type { Answer, Server } from './ask.ts';
import { comparable, differences, withValue } from './comparable.ts';
import type { Behavior } from './compare.ts';
import { itemsOf, nextRequest } from './pages.ts';
import { describe, type List, type Request, type WriteRequest } from './question.ts';
import { fillPath, idOf, type Listing, type Survey } from './survey.ts';
import { hasType, unknownID } from './values.ts';

type Params = Readonly<Record<string, string>>;
type Both = [original: Answer, copy: Answer];
type Kind = 'create' | 'retrieve' | 'update' | 'replace' | 'delete';

/** Properties that every change sets. */
const changeTime = /(?:updated|modified|changed)(?:_?(?:at|on|time))?$/i;

/**
 * Changes both servers in the same way, one request after the other, and compares the responses and what is there
 * afterwards: changes, additions and removals, valid and invalid ones, and a page that begins after a removed item.
 */
export async function compareWrites(
  api: API,
  found: Survey,
  original: Server,
  copy: Server,
): Promise<Behavior[]> {
  const { listings } = found;
  const writes = new Writes(api, found, original, copy);
  const lists = [...new Set(listings.map(({ list }) => list))];
  // Children first: a removed parent takes them along.
  for (const list of lists.reverse()) {
    const own = listings.filter((one) => one.list === list);
    const [largest] = own.toSorted((a, b) => b.items.length - a.items.length);
    if (largest) await writes.run(largest, lists);
  }
  return writes.behaviors;
}

class Writes {
  readonly behaviors: Behavior[] = [];
  readonly #api: API;
  readonly #servers: readonly [Server, Server];
  /** The ids of all items that were there before. */
  readonly #known: ReadonlySet<string>;

  constructor(api: API, { listings }: Survey, original: Server, copy: Server) {
    this.#api = api;
    const ids = listings.flatMap(({ list, items }) =>
      items.map((item) => idOf(item, list.collection.idProperty) ?? ''),
    );
    this.#known = new Set(ids);
    this.#servers = [original, copy];
  }

  async run(listing: Listing, lists: readonly List[]): Promise<void> {
    const { list, params, items } = listing;
    const { collection } = list;
    const ids = items.flatMap((item) => idOf(item, collection.idProperty) ?? []);
    const [first = ''] = ids;
    const at = (id: string): Params => ({ ...params, [collection.itemParam ?? '']: id });
    const unknown = unknownID(first, collection.idPrefix);
    const find = (kind: Kind) => this.#find(collection.name, kind);
    const [create, retrieve, remove] = [find('create'), find('retrieve'), find('delete')];
    const update = find('update') ?? find('replace');
    const look = async (id: string) => {
      if (retrieve) await this.#read(retrieve, at(id));
      await this.#read(list.operation, params, list);
    };
    if (update && ids.length > 0) {
      for (const body of changesFor(update, items)) await this.#write(update, at(first), body);
      await look(first);
      for (const body of invalidBodies(update)) await this.#write(update, at(first), body);
      await this.#write(update, at(unknown), {});
    }
    if (create) {
      const example = exampleOf(create);
      if (example !== undefined) await this.#write(create, params, example, true);
      for (const body of invalidBodies(create)) await this.#write(create, params, body);
      const [parent] = collection.scope;
      if (parent) await this.#write(create, { ...params, [parent.param]: unknown }, example ?? {});
    }
    if (!remove || ids.length === 0) return;
    await this.#removeCursor(listing, remove);
    await this.#write(remove, at(first));
    await this.#write(remove, at(first));
    await this.#write(remove, at(unknown));
    const last = ids.at(-1);
    if (last !== undefined && ids.length > 2) await this.#write(remove, at(last));
    await look(first);
    for (const child of lists) {
      const isBelow = child.collection.scope.at(-1)?.collection === collection.name;
      if (isBelow) await this.#read(child.operation, at(first));
    }
  }

  /** Removes the item that a page ends with, and follows to the next page. */
  async #removeCursor({ list, params, items }: Listing, remove: Operation): Promise<void> {
    const { collection, behavior, operation } = list;
    const { size } = behavior.paging;
    const id = items[1] && idOf(items[1], collection.idProperty);
    if (size === undefined || id === undefined) return;
    const request = { ...plain(operation, params), query: [[size, '2']] as [string, string][] };
    const pages = await this.#compare(list, operation, request, request);
    await this.#write(remove, { ...params, [collection.itemParam ?? '']: id });
    const [ours, theirs] = pages.map((page) => nextRequest(list, request, page));
    if (ours && theirs) await this.#compare(list, operation, ours, theirs, ' after its removal');
  }

  #find(collection: string, kind: Kind): Operation | undefined {
    return this.#api.operations.find(({ iid }) => {
      const behavior = this.#api.behavior(iid);
      return behavior.kind === kind && behavior.collection === collection;
    });
  }

  async #read(operation: Operation, params: Params, list?: List): Promise<void> {
    const request = plain(operation, params);
    await this.#compare(list, operation, request, request, ' after a change');
  }

  async #compare(
    list: List | undefined,
    operation: Operation,
    ours: Request,
    theirs: Request,
    note = '',
  ): Promise<Both> {
    const [original, copy] = this.#servers;
    const answers: Both = await Promise.all([
      original.ask(operation, ours),
      copy.ask(operation, theirs),
    ]);
    this.#add(operation, ours, describe(ours) + note, answers, list);
    return answers;
  }

  /** @param isNew whether the response has values that the server makes up */
  async #write(operation: Operation, params: Params, body?: unknown, isNew = false): Promise<void> {
    const { query: _, headers, credentials, path } = plain(operation, params);
    const request: WriteRequest = {
      ...{ path, query: [], headers, credentials },
      method: operation.method.toUpperCase() as WriteRequest['method'],
      ...(body !== undefined && { body }),
    };
    const [original, copy] = this.#servers;
    const answers: Both = await Promise.all([
      original.write(operation, request),
      copy.write(operation, request),
    ]);
    const shown = isNew ? (answers.map(withoutValues) as Both) : answers;
    this.#add(operation, request, describe(request), shown);
  }

  /** A page whose new items have their ids alone: a server makes up the rest. */
  #withoutNew(list: List, answer: Answer): Answer {
    const { idProperty } = list.collection;
    const items = itemsOf(list, answer)?.map((item) => {
      const id = idOf(item, idProperty) ?? '';
      return this.#known.has(id) ? item : itemWith({}, idProperty, id);
    });
    if (!items) return answer;
    return { ...answer, body: withValue(answer.body, list.behavior.paging.items, items) };
  }

  #add(
    operation: Operation,
    request: Request | WriteRequest,
    description: string,
    answers: Both,
    list?: List,
  ): void {
    const question = { operation, request, ...(list && { follow: { list, pages: 1 } }) };
    const [ours = {}, theirs = {}] = answers.map((answer) =>
      comparable(question, list ? this.#withoutNew(list, answer) : answer),
    );
    const paths = differences(ours, theirs).filter((path) => !changeTime.test(path));
    this.behaviors.push({
      ...{ operation: operation.iid, area: 'writes', request: description },
      result: paths.length === 0 ? 'equal' : 'different',
      differences: paths.map((path) => ({ path, original: ours[path], copy: theirs[path] })),
    });
  }
}

function plain(operation: Operation, params: Params): Request {
  const path = fillPath(operation.path, params);
  return { method: 'GET', path, query: [], headers: {}, credentials: 'accepted' };
}

/** Of a success, which properties there are. */
function withoutValues(answer: Answer): Answer {
  const { status, body } = answer;
  if (status >= 400 || typeof body !== 'object' || body === null) return answer;
  return { ...answer, body: Object.keys(body).sort() };
}

/** Bodies that change one property each, to a value that another item has and to null; the first changes nothing. */
function changesFor(update: Operation, items: readonly object[]): object[] {
  const { properties = {}, required = [] } = objectOf(bodySchema(update)) ?? {};
  const [first] = items as Record<string, unknown>[];
  const bodies = required.length > 0 ? [] : [{}];
  for (const name of required.length > 0 ? [] : Object.keys(properties)) {
    const values = (items as Record<string, unknown>[]).map((item) => item[name]);
    const other = values.find((value) => value !== undefined && value !== first?.[name]);
    if (other !== undefined) bodies.push({ [name]: other });
    if (shapeOf(properties[name]).nullable) bodies.push({ [name]: null });
  }
  return bodies;
}

/** Bodies without what is required, and with a value of another type. */
function invalidBodies(operation: Operation): object[] {
  const { properties = {}, required = [] } = objectOf(bodySchema(operation)) ?? {};
  const bodies: object[] = required.length > 0 ? [{}] : [];
  const [name] = Object.entries(properties).find(([, schema]) => isText(schema)) ?? [];
  if (name !== undefined) bodies.push({ [name]: { not: 'a text' } });
  return bodies;
}

function isText(schema: Schema | boolean): boolean {
  return shapeOf(schema).alternatives.every((one) => hasType(one, 'string'));
}

function exampleOf({ request }: Operation): unknown {
  const [example] = request?.body?.contents?.[0]?.examples ?? [];
  return example && 'value' in example ? example.value : undefined;
}
