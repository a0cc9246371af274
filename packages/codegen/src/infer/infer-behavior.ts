import type { Document, Schema } from '@org/openapi';
import { deref, itemsOf, shapeOf, typesOf } from '@org/openapi';
import type { Behavior, Result } from '../model/model.ts';
import { normalize } from '../model/paths.ts';
import { responseSchema, type SourceOperation, title } from '../read/read-operations.ts';
import { filterNames } from './filter-names.ts';
import {
  answersWith,
  type FoundCollection,
  type FoundCollections,
  groupByPath,
  isAlike,
  parentAt,
  scopeOf,
  takesItem,
} from './find-collections.ts';
import { valueAt } from './item-ids.ts';
import { bodyAsQuery } from './list-parameters.ts';
import { plainName } from './page-names.ts';
import { readPaging } from './read-paging.ts';
import { verbChanges } from './verb-changes.ts';

export interface Inferred {
  behavior: Behavior;
  reason: string;
  /** Query parameters without an effect in the mock. */
  unused?: string[];
  /** Whether it changes nothing in the mock. */
  inert?: true;
  /** Whether its items look like those of another list, and are others in the mock. */
  apart?: true;
}

/** The mock's behavior for each operation, and the reason. */
export function inferBehaviors(
  document: Document,
  operations: readonly SourceOperation[],
  results: ReadonlyMap<SourceOperation, Result>,
  { collections, lists, views, apart, others }: FoundCollections,
): Map<SourceOperation, Inferred> {
  const singletons = findSingletons(document, operations, results, collections);
  const inferred = new Map<SourceOperation, Inferred>();
  for (const operation of operations) {
    const found: Inferred = ofList(operation, results, { lists, views, apart }) ??
      ofMany(document, operation, collections) ??
      ofCollection(document, operation, collections, views) ??
      ofItem(document, operation, collections) ??
      ofPart(document, operation, { operations, collections }) ??
      singletons.get(operation) ??
      ofAction(document, operation, collections) ??
      ofBatch(document, operation, collections) ??
      ofSearch(document, operation, collections) ?? {
        behavior: { kind: 'mocker' },
        reason: `Matches no convention${others.has(operation) ? `: ${others.get(operation)}` : ''}; Prism's mocker responds`,
      };
    const result = results.get(operation);
    if (
      found.behavior.kind === 'mocker' &&
      result?.kind === 'page' &&
      result.pageClass !== 'Page'
    ) {
      const { pageClass, paging } = result;
      found.behavior = { kind: 'mocker', list: { pageClass, paging } };
    }
    inferred.set(operation, found);
  }
  return inferred;
}

/** A list of a collection, at its path or below. */
function ofList(
  operation: SourceOperation,
  results: ReadonlyMap<SourceOperation, Result>,
  { lists, views, apart }: Pick<FoundCollections, 'lists' | 'views' | 'apart'>,
): Inferred | undefined {
  const found = lists.get(operation);
  const seen = views.get(normalize(operation.path));
  const result = results.get(operation);
  if (!found || result?.kind !== 'page') return undefined;
  const { pageClass, paging } = result;
  const reason =
    operation === found.source
      ? `A list: ${found.reason}`
      : `A list of the items of ${title(found.source)}`;
  const other = apart.get(operation);
  return {
    ...(other && { apart: true }),
    behavior: { kind: 'list', collection: found.collection.name, pageClass, paging, ...seen?.view },
    reason: other
      ? `${reason}; they are apart from those of ${title(other)}, as no property says which of them they are`
      : reason,
  };
}

/** Methods on the path of a collection: POST, and changes of the item that the body names. */
function ofCollection(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
  views: FoundCollections['views'],
): Inferred | undefined {
  const seen = views.get(normalize(operation.path));
  const found = seen?.found ?? collections.get(normalize(operation.path));
  if (!found?.hasIDs || operation.method === 'get') return undefined;
  const { name, itemParam, idProperty } = found.collection;
  const isOne = takesItem(document, operation, found.item, idProperty);
  if (!seen && (operation.method === 'put' || operation.method === 'patch')) {
    if (!isOne || !valueAt(document, operation.body?.media.schema, idProperty)) return undefined;
    return {
      behavior: {
        kind: operation.method === 'put' ? 'replace' : 'update',
        collection: name,
        id: idProperty,
      },
      reason: `${operation.method.toUpperCase()} on the path of ${title(found.source)}; \`${idProperty}\` in the body names the item`,
    };
  }
  // What is posted to a list is an item of it.
  const isList = seen !== undefined || normalize(found.source.path) === normalize(operation.path);
  if (!isOne && !isList) return undefined;
  if (operation.method !== 'post') return undefined;
  const reason = `POST on the path of ${isList ? 'the list ' : ''}${title(found.source)}`;
  const isSent = (name: string) => {
    const schema = valueAt(document, operation.body?.media.schema, name);
    return schema !== undefined && !schema.readOnly && !deref(document, schema)?.readOnly;
  };
  const inBody = [itemParam, idProperty].find((name) => name !== undefined && isSent(name));
  // As Google's APIs have it: `POST /books?bookId=b1`.
  const inQuery = operation.query.find(
    ({ name }) => plainName(name) === plainName(`${itemParam}Id`),
  );
  const given = operation.mock['id']?.value ?? inQuery?.name ?? inBody;
  const items = batchIn(document, operation, found);
  if (items !== undefined) {
    const several = `${reason}; \`${items}\` has the items`;
    return {
      behavior: { kind: 'create', collection: name, items, ...seen?.view },
      reason: several,
    };
  }
  if (typeof given !== 'string')
    return { behavior: { kind: 'create', collection: name, ...seen?.view }, reason };
  return {
    behavior: { kind: 'create', collection: name, id: given, ...seen?.view },
    reason: `${reason}; \`${given}\` becomes the item's \`${idProperty}\``,
  };
}

/** Methods on the path of an item. */
function ofItem(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
): Inferred | undefined {
  const path = normalize(operation.path);
  const found = path.endsWith('/{}') ? collections.get(path.slice(0, -3)) : undefined;
  if (!found?.hasIDs) return undefined;
  const kind = (
    { get: 'retrieve', post: 'update', patch: 'update', put: 'replace', delete: 'delete' } as const
  )[operation.method];
  const { name, idProperty } = found.collection;
  const isItem = [answersWith, isAlike].some((test) =>
    test(document, found.item, responseSchema(operation), idProperty),
  );
  if (kind === 'retrieve' && !isItem) {
    const reason = `Its response is not an item of ${title(found.source)}; Prism's mocker responds`;
    return { behavior: { kind: 'mocker' }, reason };
  }
  return {
    behavior: { kind, collection: name },
    reason: `${operation.method.toUpperCase()} on an item of ${title(found.source)}`,
  };
}

/** The item at the path of one of its properties, which reads and writes the whole item: `P/{id}/status` of Kubernetes. */
function ofPart(
  document: Document,
  operation: SourceOperation,
  {
    operations,
    collections,
  }: {
    operations: readonly SourceOperation[];
    collections: ReadonlyMap<string, FoundCollection>;
  },
): Inferred | undefined {
  const path = normalize(operation.path);
  const [, base = '', name = ''] = /^(.*)\/\{\}\/([^/{}]+)$/.exec(path) ?? [];
  const found = collections.get(base);
  const property = found && shapeOf(document, found.item).get(name);
  if (!found?.hasIDs || !property) return undefined;
  const isItem = (schema: Schema | undefined) =>
    schema !== undefined && deref(document, schema) === deref(document, found.item);
  const isAt = ({ method, path: other, body }: SourceOperation) =>
    normalize(other) === path && method === 'put' && isItem(body?.media.schema);
  // The manager of a user is another one.
  if (isItem(property.schema) || !operations.some(isAt)) return undefined;
  // What the body leaves out is another part.
  const kinds: Partial<Record<string, 'retrieve' | 'update'>> = {
    get: 'retrieve',
    put: 'update',
    patch: 'update',
  };
  const kind = kinds[operation.method];
  if (kind === undefined || !isItem(responseSchema(operation))) return undefined;
  return {
    behavior: { kind, collection: found.collection.name },
    reason: `${operation.method.toUpperCase()} of the \`${name}\` of an item of ${title(found.source)}, which returns the item`,
  };
}

/** One object per path without an id: GET beside a method that changes it. */
function findSingletons(
  document: Document,
  operations: readonly SourceOperation[],
  results: ReadonlyMap<SourceOperation, Result>,
  collections: ReadonlyMap<string, FoundCollection>,
): Map<SourceOperation, Inferred> {
  const kinds = {
    get: 'singleton.retrieve',
    post: 'singleton.update',
    patch: 'singleton.update',
    put: 'singleton.replace',
    delete: 'singleton.reset',
  } as const;
  const names = new Set([...collections.values()].map(({ collection }) => collection.name));
  const resources = new Set(
    [...collections.values()].map(({ source }) => source.resource.join('.')),
  );
  const singletons = new Map<SourceOperation, Inferred>();
  for (const [path, group] of groupByPath(operations)) {
    const reader = group.find(({ method }) => method === 'get');
    const isValue = reader && results.get(reader)?.kind === 'value';
    if (!isValue || path.endsWith('}') || collections.has(path)) continue;
    const schema = responseSchema(reader);
    const writers = group.filter(({ method }) => ['post', 'put', 'patch'].includes(method));
    const isWritten = writers.some((writer) => sharesSchema(document, schema, writer));
    if (!isWritten || !isOneObject(document, schema)) continue;
    const name = singletonName(reader, resources, names);
    names.add(name);
    const scope = scopeOf(reader.path).map((part) => ({
      param: part.param,
      collection: parentAt(collections, part.path),
    }));
    for (const operation of group) {
      singletons.set(operation, {
        behavior: { kind: kinds[operation.method], singleton: name, scope },
        reason: `One object at a path without an id, read by ${title(reader)}`,
      });
    }
  }
  return singletons;
}

/** Whether a schema is an object without an array of objects, which would be a list. */
function isOneObject(document: Document, schema: Schema | undefined): boolean {
  if (!typesOf(document, schema).has('object')) return false;
  const isList = (property: { schema: Schema }) => {
    const items = itemsOf(document, property.schema);
    return items !== undefined && typesOf(document, items).has('object');
  };
  // `{ hits: { hits: [ … ] } }`, of Elasticsearch, is a list as well.
  return [...shapeOf(document, schema)].every(([name, property]) => {
    const inner = shapeOf(document, property.schema).get(name);
    return !isList(property) && !(inner && isList(inner));
  });
}

/** Whether an operation returns the object that is read, or, without a response body, accepts parts of it. */
function sharesSchema(
  document: Document,
  read: Schema | undefined,
  writer: SourceOperation,
): boolean {
  const answer = responseSchema(writer);
  const shape = shapeOf(document, read);
  const written = shapeOf(document, answer ?? writer.body?.media.schema);
  if (written.size === 0) return false;
  const shared = [...written.keys()].filter((name) => shape.has(name)).length;
  return answer ? shared * 2 > Math.max(shape.size, written.size) : shared === written.size;
}

function singletonName(
  { resource, action }: SourceOperation,
  resources: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string {
  const found = resource.findIndex((_, i) => resources.has(resource.slice(0, i + 1).join('.')));
  const start = found < 0 ? resource.length - 1 : found;
  const names = resource.slice(0, start + 1).map((_, i) => resource.slice(start - i).join('.'));
  return names.find((name) => !taken.has(name)) ?? `${resource.join('.')}.${action}`;
}

/** `POST P/search` that answers with items: what other lists have in their query is in the body. */
function ofSearch(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
): Inferred | undefined {
  const [, base = ''] = searchPath.exec(normalize(operation.path)) ?? [];
  const found = collections.get(base);
  const body = responseSchema(operation);
  if (!found || operation.method !== 'post' || !body) return undefined;
  const list = readPaging(document, {
    ...operation,
    body,
    query: bodyAsQuery(document, operation),
  });
  const { name, idProperty } = found.collection;
  if (!list || list.pageClass === 'LinkPage') return undefined;
  if (!answersWith(document, found.item, list.item, idProperty)) return undefined;
  const { pageClass, paging } = list;
  return {
    behavior: { kind: 'list', collection: name, pageClass, paging, inBody: true },
    reason: `A search in the items of ${title(found.source)}`,
  };
}

const searchPath = /^(.*)[/:]_?(?:search|query|find|filter|list|lookup)$/i;

/** `POST P/verb` with an array of items in the body, as with `/users/createWithList`. */
function ofBatch(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
): Inferred | undefined {
  const [, base = ''] = /^(.*)[/:][^/{}]+$/.exec(normalize(operation.path)) ?? [];
  const found = collections.get(base);
  if (!found?.hasIDs || operation.method !== 'post') return undefined;
  const sent = itemsOf(document, operation.body?.media.schema);
  const { name, idProperty } = found.collection;
  const items = sent ? undefined : batchIn(document, operation, found);
  const isItem = sent && takesItem(document, operation, found.item, idProperty);
  const isSent = sent && deref(document, sent) === deref(document, found.item);
  if (!isItem && !isSent && items === undefined) return undefined;
  return {
    behavior: { kind: 'create', collection: name, ...(items === undefined ? {} : { items }) },
    reason: `POST of an array of the items of ${title(found.source)}`,
  };
}

/** The property of a body that has an array of items, where it has nothing else of an item. */
function batchIn(
  document: Document,
  operation: SourceOperation,
  { item, collection }: FoundCollection,
): string | undefined {
  // What answers with one item makes one: `lines` of an order are not orders.
  if (answersWith(document, item, responseSchema(operation), collection.idProperty))
    return undefined;
  const ours = shapeOf(document, item);
  const theirs = shapeOf(document, operation.body?.media.schema);
  if ([...theirs.keys()].some((name) => ours.has(name))) return undefined;
  const found = [...theirs].flatMap(([name, { schema }]) => {
    const each = shapeOf(document, itemsOf(document, schema));
    const shared = [...each.keys()].filter((one) => ours.has(one)).length;
    return shared > 0 && shared * 2 > each.size ? [name] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** `POST P/{id}/verb` that answers with the item, or whose verb says what it changes. */
function ofAction(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
): Inferred | undefined {
  const [, base, verb = ''] = /^(.*)\/\{\}[/:]([^/{}]+)$/.exec(normalize(operation.path)) ?? [];
  const found = base === undefined ? undefined : collections.get(base);
  if (!found?.hasIDs || operation.method === 'get') return undefined;
  const { name, idProperty } = found.collection;
  const isItem = answersWith(document, found.item, responseSchema(operation), idProperty);
  const given = operation.mock['set']?.value as Record<string, unknown> | undefined;
  const done = verbChanges(document, found.item, verb);
  // DELETE of a `lock` is its opposite.
  const flags = Object.entries(done).filter(([, value]) => value === true);
  const undone = Object.fromEntries(flags.map(([key]) => [key, false]));
  const set = given ?? (operation.method === 'delete' ? undone : done);
  const isSet = Object.keys(set).length > 0;
  const restores = /^(?:restore|undelete|recover|untrash)$/i.test(verb);
  if (!isSet && !restores && (!isItem || operation.method !== 'post')) return undefined;
  const changes = Object.entries(set).map(
    ([key, value]) => `\`${key}\` to ${JSON.stringify(value)}`,
  );
  const sent = shapeOf(document, operation.body?.media.schema);
  const isStored = [...sent.keys()].some((key) => shapeOf(document, found.item).has(key));
  const inert = !isSet && !restores && !isStored;
  const effect = restores
    ? '; restores a deleted item'
    : isSet
      ? `; sets ${changes.join(', ')}`
      : inert
        ? '; changes nothing, as `x-mock.set` is missing'
        : '';
  return {
    ...(inert && { inert }),
    behavior: {
      kind: 'action',
      collection: name,
      ...(isSet ? { set } : {}),
      ...(restores ? { restores } : {}),
    },
    reason: `${operation.method.toUpperCase()} on a verb of an item of ${title(found.source)}${isItem ? ', which returns the item' : ''}${effect}`,
  };
}

/** The items of a collection that a query filters, or whose ids are in a body: `DELETE /todos?done=true`. */
function ofMany(
  document: Document,
  operation: SourceOperation,
  collections: ReadonlyMap<string, FoundCollection>,
): Inferred | undefined {
  const path = normalize(operation.path);
  const [, above = '', verb = ''] = /^(.*)[/:]([^/{}]+)$/.exec(path) ?? [];
  const { method } = operation;
  const found = collections.get(path) ?? collections.get(above);
  if (!found?.hasIDs) return undefined;
  const isDelete = collections.has(path)
    ? method === 'delete'
    : (method === 'post' && deleteVerb.test(verb)) || (method === 'delete' && bulk.test(verb));
  const isUpdate = collections.has(path) && method === 'patch';
  if (!isDelete && !isUpdate) return undefined;
  // Each item would have changes of its own.
  if (isUpdate && itemsOf(document, operation.body?.media.schema)) return undefined;
  const item = shapeOf(document, found.item);
  const arrays = [...shapeOf(document, operation.body?.media.schema)].filter(
    ([name, { schema }]) => {
      const items = itemsOf(document, schema);
      const isOfIDs = idList.test(name) || plainName(name) === plainName(found.collection.name);
      return items && isOfIDs && !item.has(name) && !typesOf(document, items).has('object');
    },
  );
  const ids = isDelete && arrays.length === 1 ? arrays[0]?.[0] : undefined;
  const filters = operation.query.flatMap(
    (parameter) => filterNames(document, parameter, found.item).filters,
  );
  const { object, query, body } = operation;
  const { operationId = '', summary = '', description = '' } = object;
  // `nameOperations` calls each DELETE of a list so.
  const name = operationId.replace(/\.deleteAll$/, '');
  const takesNothing = query.length === 0 && !body;
  const isClear =
    (clearName.test(name) || [summary, description].some((one) => clearText.test(one))) &&
    method === 'delete' &&
    takesNothing;
  const isChosen = ids !== undefined || (filters.length > 0 && collections.has(path));
  if (!isChosen && !(isClear && collections.has(path))) return undefined;
  const which = ids !== undefined ? `whose ids are in \`${ids}\`` : 'that its query filters';
  return {
    behavior: {
      kind: isDelete ? 'delete.many' : 'update.many',
      collection: found.collection.name,
      ...(ids === undefined ? {} : { ids }),
      ...(isChosen ? {} : { all: true }),
    },
    reason: isChosen
      ? `${method.toUpperCase()} of the items of ${title(found.source)} ${which}`
      : `DELETE of all items of ${title(found.source)}, as the document says`,
  };
}

/** An `operationId` such as `clearCart` or `users_delete_all`. */
const clearName =
  /(?:^|[^a-z])(?:clear|empty|purge|truncate)|(?:delete|remove|destroy)[-_.]?(?:all|every)/i;
/** A summary such as “Deletes all items of the cart”. */
const clearText =
  /^(?:clear|empt(?:y|ie)|purge|truncate)s?\b|\b(?:delete|remove|destroy)s? (?:all|every)\b/i;

const idList = /(?:ids?|keys?|identifiers?|names|slugs|items|data|values|list)$/i;
const bulk = /^(?:bulk|batch|many|multiple|_bulk)$/i;
const deleteVerb =
  /^(?:bulk|batch|mass|multi)?[-_]?(?:delete|destroy|remove)[-_]?(?:many|all|batch|bulk)?$/i;
