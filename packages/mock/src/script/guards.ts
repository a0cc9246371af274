import { valueIn, withValue } from '@org/codegen/item-id';
import type { OperationInfo } from '@org/inspector/api';
import { literal, text } from '@org/inspector/copy-as/literal';
import { type API, responseSchema, successOf } from '../api/api.ts';
import { propertyOf, type Schema, unionOf } from '../api/schema.ts';
import { isSameJSON } from '../lib/same-json.ts';
import type { Write } from '../state/history.ts';
import type { Scope } from '../state/scope.ts';
import type { State } from '../state/state.ts';
import type { Item } from '../state/store.ts';
import { wrapperOf } from '../state/wrapper.ts';
import { fillPath, isCallable, writeCall } from './calls.ts';
import type { References } from './references.ts';

/** How many items of a collection are compared with a new one. */
const comparedItems = 20_000;

export interface GuardParts {
  api: API;
  /** The data of before the first step. */
  before: State;
  infos: ReadonlyMap<string, OperationInfo>;
  references: References;
  /** The writes of earlier steps. */
  earlier: readonly Write[];
}

/** Code that reads an item, and the properties that it gives; undefined where those are not described. */
interface Reader {
  code: string;
  names: ReadonlySet<string> | undefined;
}

/** Writes the checks of what a write found before, as expressions. */
export function writeGuards(parts: GuardParts, write: Write, isReplaced: boolean): string[] {
  return [writeGuard(parts, write, isReplaced), ...writeBelow(parts, write)];
}

function writeGuard(parts: GuardParts, write: Write, isReplaced: boolean): string {
  const { name, before, after, cause } = write;
  const reader = findReader(parts, write);
  const isMade = write.id !== undefined && parts.references.of({ ...write }) !== undefined;
  if (before === undefined && !isGiven(write)) return writeNone(parts, write);
  if (!reader) {
    const reason = `The API has no operation that reads ${name}: check it by hand, and remove this guard`;
    return `() => unchecked(${text(reason)})`;
  }
  if (before === undefined) return `() => missing(${reader.code})`;
  // The server gives what this script creates other values than the mock did.
  if (isMade) return `() => same(${reader.code}, {})`;
  const isWhole = after === undefined || isReplaced || !cause;
  const names = Object.keys({ ...before, ...after }).filter(
    (one) => isWhole || !isSameJSON(before[one], after?.[one]),
  );
  const found = names
    .filter((one) => reader.names === undefined || reader.names.has(one))
    .map((one) => [one, parts.references.in(before[one], one)]);
  return `() => same(${reader.code}, ${literal(Object.fromEntries(found), '    ')})`;
}

/** Whether a request names the id of the item that it adds: the server makes it otherwise. */
export function isGiven({ id, cause }: Write): boolean {
  if (!cause) return false;
  const { path, query, body } = cause;
  const values = typeof body === 'object' && body !== null ? Object.values(body) : [];
  const texts = [...path.split('/').map(decodeURIComponent), ...Object.values(query), ...values];
  return texts.flat().some((value) => String(value) === id);
}

/** Checks that no item has the values that are sent, so that a script that runs twice creates nothing twice. */
function writeNone(parts: GuardParts, write: Write): string {
  const { name, scope, after = {}, cause } = write;
  const sent = Object.entries((cause?.body ?? {}) as object).filter(
    ([key, value]) => Object.hasOwn(after, key) && isSameJSON(after[key], value),
  );
  const list = operationOf(parts, name, 'list');
  if (!list || sent.length === 0) return '() => undefined';
  const isLike = (item: Item) => sent.every(([key, value]) => isSameJSON(item[key], value));
  const page = parts.before.collection(name).page(scope, { limit: comparedItems });
  const hadOne =
    ('items' in page && page.items.some(isLike)) ||
    parts.earlier.some((one) => one.name === name && one.after && isLike(one.after));
  // There was one like it already, so that another one says nothing.
  if (hadOne) return '() => undefined';
  const values = literal(parts.references.in(Object.fromEntries(sent)), '    ');
  return `() => missing(() => find(${listCall(parts, list, scope)}, ${values}))`;
}

/** Checks that nothing else goes with an item that is removed than what went with it in the mock. */
function writeBelow(parts: GuardParts, { name, scope, id, before, after }: Write): string[] {
  const { api, references } = parts;
  const isThere = id !== undefined && before !== undefined && after === undefined;
  if (!isThere || !parts.before.collection(name).get(scope, id)) return [];
  const inside = [...scope, id];
  return api.collections.flatMap((child) => {
    const list = operationOf(parts, child.name, 'list');
    const isBelow = child.scope.length === inside.length && child.scope.at(-1)?.collection === name;
    if (!isBelow || !list) return [];
    const items = itemsIn(parts, child.name, inside).map((item) => {
      const value = valueIn(item, child.idProperty);
      const made = references.of({ name: child.name, scope: inside, id: String(value) });
      return value === undefined ? undefined : withValue({}, child.idProperty, made ?? value);
    });
    if (items.includes(undefined)) return [];
    const given = literal(items, '    ');
    return [`() => only(${text(child.name)}, ${listCall(parts, list, inside)}, ${given})`];
  });
}

/** The items of a list after the earlier steps. */
function itemsIn({ before, earlier }: GuardParts, name: string, scope: Scope): Item[] {
  const page = before.collection(name).page(scope, { limit: Infinity });
  const idProperty = before.collection(name).definition.idProperty;
  const items = new Map(
    ('items' in page ? page.items : []).map((item) => [String(valueIn(item, idProperty)), item]),
  );
  for (const write of earlier) {
    if (write.name !== name || write.id === undefined) continue;
    if (write.scope.some((one, i) => one !== scope[i])) continue;
    if (write.after) items.set(write.id, write.after);
    else items.delete(write.id);
  }
  return [...items.values()];
}

function findReader(
  parts: GuardParts,
  { name, scope, id, before, after }: Write,
): Reader | undefined {
  const { api, references } = parts;
  const isSingleton = id === undefined;
  const retrieve = operationOf(parts, name, isSingleton ? 'singleton.retrieve' : 'retrieve');
  if (retrieve) {
    const path = fillPath(retrieve, isSingleton ? scope : [...scope, id]);
    const call = writeCall(api, retrieve, { path, query: {}, body: undefined }, references);
    const operation = api.operation(retrieve.id);
    const schema = operation && responseSchema(operation, successOf(operation));
    const idProperty = isSingleton ? undefined : idPropertyOf(api, name);
    const wrapper = schema && wrapperOf(schema, api.schema(name), idProperty);
    const inner = wrapper ? propertyOf(schema, wrapper) : schema;
    const names = namesOf(inner as Schema | undefined);
    const code = wrapper ? `async () => (await ${call})[${text(wrapper)}]` : `() => ${call}`;
    return { code, names };
  }
  const list = isSingleton ? undefined : operationOf(parts, name, 'list');
  if (!list) return undefined;
  const idProperty = idPropertyOf(api, name);
  const value = references.of({ name, scope, id }) ?? valueIn(before ?? after, idProperty) ?? id;
  const code = `() => find(${listCall(parts, list, scope)}, ${literal(withValue({}, idProperty, value))})`;
  return { code, names: namesOf(api.schema(name)) };
}

function listCall(
  { api, references }: GuardParts,
  list: OperationInfo,
  scope: readonly string[],
): string {
  return writeCall(
    api,
    list,
    { path: fillPath(list, scope), query: {}, body: undefined },
    references,
  );
}

/** An operation of this kind that can be called with nothing but the ids in its path. */
function operationOf(
  { api, infos }: GuardParts,
  name: string,
  kind: 'list' | 'retrieve' | 'singleton.retrieve',
): OperationInfo | undefined {
  return [...infos.values()].find((info) => {
    const behavior = api.behavior(info.id);
    const subject =
      'collection' in behavior
        ? behavior.collection
        : 'singleton' in behavior
          ? behavior.singleton
          : undefined;
    const needsMore = info.parameters.some((one) => one.in === 'query' && one.required);
    // Further lists may show a part of the items.
    const isWhole = kind !== 'list' || info.path === definitionOf(api, name)?.path;
    return behavior.kind === kind && subject === name && isWhole && !needsMore && isCallable(info);
  });
}

function definitionOf(api: API, name: string): API['collections'][number] | undefined {
  return api.collections.find((one) => one.name === name);
}

function idPropertyOf(api: API, name: string): string {
  return definitionOf(api, name)?.idProperty ?? 'id';
}

/** The properties that a schema describes; undefined where it describes none. */
function namesOf(schema: Schema | undefined): ReadonlySet<string> | undefined {
  const names = Object.keys(unionOf(schema)?.properties ?? {});
  return names.length > 0 ? new Set(names) : undefined;
}
