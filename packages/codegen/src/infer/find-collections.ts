import {
  type Document,
  deref,
  itemsOf,
  type MediaType,
  type Schema,
  shapeOf,
  typesOf,
  valuesOf,
  withoutNull,
} from '@org/openapi';
import { valueIn } from '../model/item-id.ts';
import type { Collection, Result, View } from '../model/model.ts';
import { singular } from '../model/names.ts';
import { normalize, withSegments } from '../model/paths.ts';
import { paramsOf, responseSchema, type SourceOperation, title } from '../read/read-operations.ts';
import { propertyFor, viewOf } from './find-views.ts';
import { idOf, ownID, valueAt } from './item-ids.ts';
import { schemaAt } from './list-items.ts';
import { referencedType } from './name-types.ts';
import { plainName } from './page-names.ts';

/** A collection, and the part of the document that it comes from. */
export interface FoundCollection {
  collection: Collection;
  /** The operation that shows its items: the list, or without one the GET of an item. */
  source: SourceOperation;
  item: Schema;
  /** Whether operations can name its items; others only list them. */
  hasIDs: boolean;
  reason: string;
}

/** The collections of a document, by the normalized path that their items are below. */
export interface FoundCollections {
  collections: Map<string, FoundCollection>;
  /** The collection that each list shows. */
  lists: Map<SourceOperation, FoundCollection>;
  /** What is at the paths of lists of items that are elsewhere. */
  views: Map<string, { found: FoundCollection; view: View }>;
  /** Lists of items that look like those of another one, where nothing says which of them they are. */
  apart: Map<SourceOperation, SourceOperation>;
  /** Why a list shows none. */
  others: Map<SourceOperation, string>;
}

/** Items that an operation shows. */
interface Source {
  operation: SourceOperation;
  /** The normalized path that the items are below. */
  path: string;
  item: Schema;
  idProperty: string;
  /** Whether operations can name the items; others only list them. */
  hasIDs: boolean;
}

/** The default number of initial items in a scope. */
const seeds = { root: 100, nested: 3 };

/** Finds the items that the mock can keep: those of lists, and those that are only read and written one by one. */
export function findCollections(
  document: Document,
  operations: readonly SourceOperation[],
  results: ReadonlyMap<SourceOperation, Result>,
): FoundCollections {
  const byPath = groupByPath(operations);
  const others = new Map<SourceOperation, string>();
  const sources = new Map<string, Source>();
  const lists = operations.filter((operation) => results.get(operation)?.kind === 'page');
  const items = new Map(lists.map((list) => [list, itemOf(document, list, results)]));
  for (const list of lists) {
    const path = normalize(list.path);
    const found = sourceOf(document, list, items.get(list), results, byPath);
    if (typeof found === 'string') others.set(list, found);
    else sources.set(path, { ...found, operation: list, path });
  }
  const single = operations.filter(
    (operation) => operation.method === 'get' && results.get(operation)?.kind === 'value',
  );
  for (const source of withoutList(document, single, sources, byPath))
    if (!sources.has(source.path)) sources.set(source.path, source);
  const views = new Map<SourceOperation, Source>();
  for (const list of lists) {
    const source = viewedBy(document, list, items.get(list), sources, byPath);
    if (!source) continue;
    views.set(list, source);
    sources.delete(normalize(list.path));
  }
  const elsewhere = new Map<SourceOperation, { source: Source; view: View }>();
  for (const list of lists) {
    if (views.has(list)) continue;
    const seen = seenElsewhere(document, list, items.get(list), sources, byPath);
    if (!seen) continue;
    elsewhere.set(list, seen);
    sources.delete(normalize(list.path));
  }
  const apart = new Map<SourceOperation, SourceOperation>();
  for (const list of lists) {
    const other = likeIt(document, list, items.get(list), sources, byPath);
    if (other) apart.set(list, other.operation);
  }
  const resources = new Set(
    [...sources.values()].map(({ operation }) => operation.resource.join('.')),
  );
  const names = new Set<string>();
  const collections = new Map<string, FoundCollection>();
  for (const source of sources.values()) {
    const name = uniqueName(source.operation, resources, names);
    names.add(name);
    const found = createCollection(document, source, byPath, name);
    found.collection.seed = Math.min(found.collection.seed, roomIn(document, source, results));
    collections.set(source.path, found);
  }
  const shown = new Map<SourceOperation, FoundCollection>();
  const shownViews: FoundCollections['views'] = new Map();
  for (const list of lists) {
    const other = elsewhere.get(list);
    const source = views.get(list) ?? other?.source;
    const found = collections.get(source?.path ?? normalize(list.path));
    if (!found || (!source && found.source !== list)) continue;
    shown.set(list, found);
    if (!source || !other) continue;
    const view = withNames(other.view, collections);
    shownViews.set(normalize(list.path), { found, view });
    if (view.every)
      found.collection.self = selfOf(byPath.get(`${source.path}/{}`), found.collection);
    addReferences(found.collection, view);
  }
  for (const { collection } of collections.values()) {
    collection.scope = scopeOf(collection.path).map(({ param, path }, i) => ({
      ...collection.scope[i],
      param,
      collection: parentAt(collections, path),
    }));
  }
  return { collections, lists: shown, views: shownViews, apart, others };
}

/** What identifies the items of a list, or why the mock cannot keep them. */
function sourceOf(
  document: Document,
  list: SourceOperation,
  item: Schema | undefined,
  results: ReadonlyMap<SourceOperation, Result>,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): Omit<Source, 'operation' | 'path'> | string {
  const result = results.get(list);
  const path = normalize(list.path);
  const members = byPath.get(`${path}/{}`) ?? [];
  const itemParam = members[0]?.pathParams.at(-1);
  const shape = shapeOf(document, item);
  const named = members.length > 0 ? undefined : ownID(document, shape, list);
  const id = idOf(document, shape, itemParam, isBelowParameter(path)) ?? named;
  // Pages have to end, also where nothing tells the items apart: Prism's mocker would repeat the first one.
  const isPaged = result?.kind === 'page' && result.pageClass !== 'Page';
  const idProperty = id ?? (isPaged && shape.size > 0 && !shape.has('id') ? 'id' : undefined);
  if (!item || idProperty === undefined)
    return `its items have no ${itemParam ? `property for {${itemParam.name}}` : '`id`'}`;
  return path.endsWith('{}')
    ? 'its path ends in a parameter'
    : { item, idProperty, hasIDs: id !== undefined };
}

/** Items that no list shows at their path: they are read by id, and created, changed or deleted. */
function withoutList(
  document: Document,
  readers: readonly SourceOperation[],
  listed: ReadonlyMap<string, Source>,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): Source[] {
  return readers.flatMap((operation) => {
    const [, path] = /^(.*)\/\{\}$/.exec(normalize(operation.path)) ?? [];
    const item = responseSchema(operation);
    if (path === undefined || !item || listed.has(path)) return [];
    const param = operation.pathParams.at(-1);
    const idProperty = idOf(document, shapeOf(document, item), param, isBelowParameter(path));
    if (idProperty === undefined) return [];
    const beside = byPath.get(`${path}/{}`) ?? [];
    const above = byPath.get(path) ?? [];
    const isWritten =
      beside.some((one) => ['put', 'patch', 'delete'].includes(one.method)) ||
      above.some((one) => one.method === 'post' && takesItem(document, one, item, idProperty));
    return isWritten ? [{ operation, path, item, idProperty, hasIDs: true }] : [];
  });
}

/** Whether an operation returns an item, or, without a response body, accepts one. */
export function takesItem(
  document: Document,
  operation: SourceOperation,
  item: Schema,
  idProperty: string,
): boolean {
  const answer = responseSchema(operation);
  if (answer) return answersWith(document, item, itemsOf(document, answer) ?? answer, idProperty);
  const sent = operation.body?.media.schema;
  const [shape, body] = [item, itemsOf(document, sent) ?? sent].map((each) =>
    shapeOf(document, each),
  );
  if (!shape || !body || body.size === 0) return false;
  return [...body.keys()].filter((name) => shape.has(name)).length * 2 > body.size;
}

/**
 * The items that a list shows at a path below theirs: `/pets/findByStatus` and `/pets/search/findByStatus` show those of
 * `/pets`.
 */
function viewedBy(
  document: Document,
  list: SourceOperation,
  item: Schema | undefined,
  sources: ReadonlyMap<string, Source>,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): Source | undefined {
  const path = normalize(list.path);
  const [, above] = /^(.+)\/[^/{}]+$/.exec(path) ?? [];
  const [, start = ''] = /^(.+)\/search$/.exec(above ?? '') ?? [];
  const isOwn = above === undefined || byPath.has(`${path}/{}`);
  const source = isOwn ? undefined : (sources.get(above) ?? sources.get(start));
  if (!source || !item || deref(document, source.item) !== deref(document, item)) return undefined;
  return byPath.get(path)?.length === 1 ? source : undefined;
}

/** The items that a list shows whose path is another one that ends in the same name. */
function seenElsewhere(
  document: Document,
  list: SourceOperation,
  item: Schema | undefined,
  sources: ReadonlyMap<string, Source>,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): { source: Source; view: View } | undefined {
  const path = normalize(list.path);
  if (!item || byPath.has(`${path}/{}`)) return undefined;
  // The nearest to the root are the items themselves: those of teams are some of them.
  const nearest = [...sources.values()].sort((a, b) => a.path.length - b.path.length);
  for (const source of nearest) {
    if (!isNamesake(document, source, path, item, byPath)) continue;
    const view = viewOf(document, list, path, source, (at) =>
      sources.get(at)?.hasIDs ? at : undefined,
    );
    if (view) return { source, view };
  }
  return undefined;
}

/** Whether items that have paths of their own are those of a list at another path, by its name and its schema. */
function isNamesake(
  document: Document,
  { path, item, idProperty, hasIDs }: Source,
  listPath: string,
  listed: Schema,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): boolean {
  return (
    hasIDs &&
    path !== listPath &&
    lastName(path) === lastName(listPath) &&
    byPath.has(`${path}/{}`) &&
    isSame(document, item, listed, idProperty)
  );
}

/** The items below a beginning of a list's path that have its name and its schema: comments, beside those of an issue. */
function likeIt(
  document: Document,
  list: SourceOperation,
  item: Schema | undefined,
  sources: ReadonlyMap<string, Source>,
  byPath: ReadonlyMap<string, SourceOperation[]>,
): Source | undefined {
  const path = normalize(list.path);
  if (!item || !sources.has(path) || byPath.has(`${path}/{}`)) return undefined;
  return [...sources.values()].find(
    (source) =>
      path.startsWith(source.path.slice(0, source.path.lastIndexOf('/') + 1)) &&
      isNamesake(document, source, path, item, byPath),
  );
}

/** The last part of a path that is not a parameter: `repos` for `/repos/{}`. */
function lastName(path: string): string | undefined {
  return path.split('/').findLast((segment) => segment !== '{}');
}

/** A view with the names of collections instead of their paths. */
function withNames(view: View, collections: ReadonlyMap<string, FoundCollection>): View {
  if (!view.where) return view;
  const where = view.where.map(({ collection: path, ...rest }) => {
    const name = path === undefined ? undefined : parentAt(collections, path);
    return { ...rest, ...(name === undefined ? {} : { collection: name }) };
  });
  return { where };
}

function addReferences(collection: Collection, { where = [] }: View): void {
  const references = where.flatMap(({ property, collection: name }) =>
    name === undefined ? [] : [{ property, collection: name }],
  );
  const known = collection.references ?? [];
  const added = references.filter(
    ({ property }) => !known.some((one) => one.property === property),
  );
  if (added.length > 0) collection.references = [...known, ...added];
}

/** Whether the items below a path are identified by two parameters that follow each other. */
function isBelowParameter(path: string): boolean {
  return path.endsWith('{}');
}

/** The scope of what is created at a path that names none: the document's examples of the parameters. */
function selfOf([member]: readonly SourceOperation[] = [], { scope }: Collection): string[] {
  const params = member?.pathParams.slice(0, scope.length) ?? [];
  return params.map(({ example, schema }) => {
    const shown = example ?? schema?.example ?? schema?.examples?.[0] ?? schema?.default;
    return typeof shown === 'string' || typeof shown === 'number' ? String(shown) : 'me';
  });
}

function createCollection(
  document: Document,
  { operation, path, item, idProperty, hasIDs }: Source,
  byPath: ReadonlyMap<string, SourceOperation[]>,
  name: string,
): FoundCollection {
  const members = byPath.get(`${path}/{}`) ?? [];
  const reader = members.find(({ method }) => method === 'get') ?? members.find(responseSchema);
  const isList = reader !== operation;
  const isReturned =
    isList && reader && answersWith(document, item, responseSchema(reader), idProperty);
  const itemsPath = isList
    ? operation.path
    : operation.path.replace(/(?:\/[^/]*|\([^/]*\))\/?$/, '');
  const segments = withSegments(itemsPath).split('/');
  const scope = paramsOf(itemsPath).map((param) => {
    const owner = segments[segments.findIndex((one) => one.startsWith(`{${param}}`)) - 1] ?? '';
    const property = propertyFor(document, item, param, owner);
    const isOwn = property === undefined || plainName(property) === plainName(param);
    return { param, collection: undefined, ...(isOwn ? {} : { property }) };
  });
  const examples = [...examplesOfID(document, item, idProperty, operation, members)];
  const exampleID = isList ? undefined : examples.find((example) => typeof example === 'string');
  return {
    source: operation,
    item,
    hasIDs,
    reason: isReturned
      ? `its items are what ${title(reader)} returns`
      : valueAt(document, item, idProperty)
        ? `its items are identified by \`${idProperty}\``
        : 'its items have no id',
    collection: {
      name,
      path: itemsPath,
      itemParam: members[0]?.pathParams.at(-1)?.name,
      idProperty,
      scope,
      itemType: referencedType(document, item),
      ...(allowsNull(document, item) && { isNullable: true as const }),
      idPrefix: prefixOf(examples, operation),
      ...(exampleID !== undefined && { exampleID }),
      filter: {},
      seed: scope.length === 0 ? seeds.root : seeds.nested,
    },
  };
}

/** How many items leave room for more of them in a list without pages. */
function roomIn(
  document: Document,
  { operation }: Source,
  results: ReadonlyMap<SourceOperation, Result>,
): number {
  const result = results.get(operation);
  if (result?.kind !== 'page' || result.pageClass !== 'Page') return Infinity;
  const array = schemaAt(document, responseSchema(operation), result.paging.items);
  const { maxItems } = (deref(document, array) ?? {}) as { maxItems?: unknown };
  return typeof maxItems === 'number' ? Math.ceil(maxItems / 2) : Infinity;
}

function allowsNull(document: Document, item: Schema): boolean {
  const isNullable = (schema: Schema | undefined) =>
    schema?.nullable === true || [schema?.type].flat().includes('null');
  const schema = deref(document, item);
  const alternatives = [...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])];
  return isNullable(schema) || alternatives.some((one) => isNullable(deref(document, one)));
}

/** The items of a list. */
function itemOf(
  document: Document,
  list: SourceOperation,
  results: ReadonlyMap<SourceOperation, Result>,
): Schema | undefined {
  const result = results.get(list);
  const at = result?.kind === 'page' ? result.paging.items : [];
  return itemsOf(document, schemaAt(document, responseSchema(list), at));
}

/** The name of the collection whose items a parameter names. */
export function parentAt(
  collections: ReadonlyMap<string, FoundCollection>,
  path: string,
): string | undefined {
  const found = collections.get(path);
  return found?.hasIDs ? found.collection.name : undefined;
}

/** The parameters of a path, each with the path of the list that it would name an item of. */
export function scopeOf(path: string): { param: string; path: string }[] {
  const scope: { param: string; path: string }[] = [];
  const segments = withSegments(path).split('/');
  for (const [i, segment] of segments.entries()) {
    const [, param] = /^\{([^}]+)\}(?:\.(?:json|xml))?$/.exec(segment) ?? [];
    if (param) scope.push({ param, path: normalize(segments.slice(0, i).join('/')) });
  }
  return scope;
}

export function groupByPath(
  operations: readonly SourceOperation[],
): Map<string, SourceOperation[]> {
  const groups = new Map<string, SourceOperation[]>();
  for (const operation of operations) {
    const path = normalize(operation.path);
    const group = groups.get(path);
    if (group) group.push(operation);
    else groups.set(path, [operation]);
  }
  return groups;
}

/**
 * Whether a response may be an item: it is identified by the same property, and no property that both have can
 * rule that out.
 */
function isSame(
  document: Document,
  item: Schema,
  response: Schema | undefined,
  idProperty: string,
): boolean {
  if (!response) return false;
  const resolved = deref(document, response);
  if (resolved === deref(document, item)) return true;
  const [ours, theirs] = [shapeOf(document, item), shapeOf(document, response)];
  if (!valueAt(document, response, idProperty)) return false;
  for (const [name, { schema }] of theirs) {
    const own = ours.get(name)?.schema;
    if (own && !overlap(document, own, schema)) return false;
  }
  return true;
}

/** Whether the response at the path of an item is that item, although some of its properties have other types. */
export function isAlike(
  document: Document,
  item: Schema,
  response: Schema | undefined,
  idProperty: string,
): boolean {
  const [ours, theirs] = [shapeOf(document, item), shapeOf(document, response)];
  if (!valueAt(document, response, idProperty)) return false;
  const shared = [...ours].flatMap(([name, { schema }]) => {
    const other = theirs.get(name)?.schema;
    return other ? [overlap(document, schema, other)] : [];
  });
  return shared.filter(Boolean).length * 4 >= Math.min(ours.size, theirs.size) * 3;
}

/** Whether a response is an item, or an object around it: `{ "droplet": { … } }`. */
export function answersWith(
  document: Document,
  item: Schema,
  response: Schema | undefined,
  idProperty: string,
): boolean {
  if (isSame(document, item, response, idProperty)) return true;
  const shape = shapeOf(document, response);
  if (valueAt(document, response, idProperty)) return false;
  const parts = [...shape.values()].filter(({ schema }) => typesOf(document, schema).has('object'));
  return parts.some(({ schema }) =>
    isSame(document, item, withoutNull(document, schema), idProperty),
  );
}

function overlap(document: Document, a: Schema, b: Schema): boolean {
  const [valuesA, valuesB] = [a, b].map((schema) => valuesOf(deref(document, schema)));
  if (valuesA?.length && valuesB?.length) return valuesA.some((value) => valuesB.includes(value));
  const [typesA, typesB] = [typesOf(document, a), typesOf(document, b)];
  if (typesA.size === 0 || typesB.size === 0) return true;
  return [...typesA].some(
    (type) => typesB.has(type) || (type === 'integer' && typesB.has('number')),
  );
}

function uniqueName(
  { resource, action }: SourceOperation,
  resources: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string {
  const start = resource.findIndex((_, i) => resources.has(resource.slice(0, i + 1).join('.')));
  const names = resource.slice(0, start + 1).map((_, i) => resource.slice(start - i).join('.'));
  const full = resource.join('.');
  return names.find((name) => !taken.has(name)) ?? `${full}.${action}`;
}

function* examplesOfID(
  document: Document,
  item: Schema,
  idProperty: string,
  list: SourceOperation,
  members: readonly SourceOperation[],
): Generator<unknown> {
  const schema = deref(document, valueAt(document, item, idProperty));
  yield* schema?.examples ?? [];
  yield schema?.example;
  for (const operation of [...members, list]) {
    for (const value of examplesOf(document, operation.success?.media)) {
      yield* idsIn(value, idProperty);
    }
  }
  for (const { pathParams } of members) yield pathParams.at(-1)?.example;
}

/** The ids in an example: of an item, of an object around it, or of the first item of a list. */
function* idsIn(value: unknown, idProperty: string): Generator<unknown> {
  const nested = typeof value === 'object' && value !== null ? Object.values(value) : [];
  for (const candidate of [value, ...nested]) {
    const one = Array.isArray(candidate) ? candidate[0] : candidate;
    if (typeof one !== 'object' || one === null) continue;
    const id = valueIn(one, idProperty);
    if (id !== undefined) yield id;
  }
}

function* examplesOf(document: Document, media: MediaType | undefined): Generator<unknown> {
  const examples = Object.values(media?.examples ?? {}).map((example) => deref(document, example));
  const values = [
    media?.example,
    ...examples.map((example) => (example as { value?: unknown }).value),
  ];
  for (const value of values) if (typeof value === 'object' && value !== null) yield value;
}

/** The prefix of an id's first example; without an example, the name of the item. */
function prefixOf(examples: Iterable<unknown>, list: SourceOperation): string {
  for (const example of examples) {
    if (typeof example !== 'string') continue;
    return /^(?:[a-z]+[_-])+/i.exec(example)?.[0] ?? '';
  }
  const words = singular(list.resource.at(-1) ?? '').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return `${words.toLowerCase()}_`;
}
