import { valueIn } from '@org/codegen/item-id';
import type { CollectionInfo, DataPage, Item, Schema } from '@org/inspector/api';
import type { Query } from '../http/request.ts';
import type { AnyCollection, PageRequest, Scope } from '../state/any-collection.ts';
import type { Call } from './call.ts';
import { ControlError, refusing } from './control-error.ts';
import type { Controls } from './controls.ts';
import { limitParam, onlyParams, textParam } from './parameters.ts';

type Data = Pick<Controls, 'data'>;

/** Every collection, with what is needed to show and to edit its items. */
export function listCollections({ data }: Data): CollectionInfo[] {
  return Object.values(data).map(({ name, size, scopeParams, idProperty, itemType, schema }) => ({
    name,
    size,
    scope: [...scopeParams],
    idProperty,
    itemType,
    // The API's types name the keywords that a form needs.
    schema: schema as Schema,
  }));
}

/** A page of items. `total` counts the items that `search` finds. */
export function listItems(mock: Data, { params, query }: Call): DataPage {
  const collection = find(mock, params);
  onlyParams(query, ['limit', 'after', 'search', ...collection.scopeParams]);
  const request: PageRequest = { limit: limitParam(query, 20, 1_000) };
  const after = textParam(query, 'after');
  const search = textParam(query, 'search');
  if (after !== undefined) request.after = after;
  if (search !== undefined) request.search = search;
  request.scope = scopeOf(collection, query);
  const { items, hasMore, total } = refusing(() => collection.page(request));
  // Items are plain objects.
  return { data: items as Item[], has_more: hasMore, total };
}

export function addItem(mock: Data, { params, query, body }: Call): object {
  const { collection, scope } = target(mock, params, query);
  const item = objectOf(body());
  return refusing(() => collection.add(item, scope));
}

export function getItem(mock: Data, { params, query }: Call): object {
  const { collection, scope } = target(mock, params, query);
  const { id = '' } = params;
  return refusing(() => collection.get(id, scope)) ?? missing(collection, id);
}

export function updateItem(mock: Data, { params, query, body }: Call): object {
  const { collection, scope } = target(mock, params, query);
  const { id = '' } = params;
  const changes = changesOf(collection, id, scope, body());
  return refusing(() => collection.update(id, changes, scope));
}

export function replaceItem(mock: Data, { params, query, body }: Call): object {
  const { collection, scope } = target(mock, params, query);
  const { id = '' } = params;
  const item = changesOf(collection, id, scope, body());
  return refusing(() => collection.replace(id, item, scope));
}

export function removeItem(mock: Data, { params, query }: Call): object {
  const { collection, scope } = target(mock, params, query);
  const { id = '' } = params;
  if (!refusing(() => collection.remove(id, scope))) missing(collection, id);
  return { status: 'ok' };
}

/** What a request says of an item, which has to be there and to keep its id. */
function changesOf(collection: AnyCollection, id: string, scope: Scope, body: unknown): object {
  if (!refusing(() => collection.get(id, scope))) missing(collection, id);
  const changes = objectOf(body);
  const { idProperty } = collection;
  const given = valueIn(changes, idProperty);
  if (given !== undefined && String(given) !== id) {
    const message = `${idProperty} cannot change: expected '${id}', got ${JSON.stringify(given)}.`;
    throw new ControlError(400, message, idProperty, [
      { path: idProperty, message: 'cannot change' },
    ]);
  }
  return changes;
}

function target(
  mock: Data,
  params: Call['params'],
  query: Query,
): { collection: AnyCollection; scope: Scope } {
  const collection = find(mock, params);
  onlyParams(query, collection.scopeParams);
  return { collection, scope: scopeOf(collection, query) };
}

function find({ data }: Data, { collection: name = '' }: Call['params']): AnyCollection {
  const collection = Object.hasOwn(data, name) ? data[name] : undefined;
  if (collection) return collection;
  const names = Object.keys(data).join(', ');
  throw new ControlError(404, `Unknown collection '${name}'. Collections: ${names}.`);
}

/** The scope that the query names. Every parameter of it is needed: items of different parents may share ids. */
function scopeOf({ name, scopeParams }: AnyCollection, query: Query): Scope {
  const scope: Record<string, string> = {};
  for (const param of scopeParams) {
    const value = textParam(query, param);
    if (value === undefined || value === '') {
      throw new ControlError(
        400,
        `Expected '${param}' in the query, to select the parent of the ${name}.`,
        param,
      );
    }
    scope[param] = value;
  }
  return scope;
}

function objectOf(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new ControlError(
    400,
    `Expected a JSON object, got ${JSON.stringify(body)?.slice(0, 100)}.`,
  );
}

function missing({ name }: AnyCollection, id: string): never {
  throw new ControlError(404, `${name} has no item '${id}'.`);
}
