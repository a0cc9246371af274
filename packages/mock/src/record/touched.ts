import { valueIn } from '@org/codegen/item-id';
import type { API, Operation } from '../api/api.ts';
import type { FaultRule } from '../control/fault-rule.ts';
import type { RecordedRequest } from '../control/journal.ts';
import type { AnyCollection, Scope } from '../state/any-collection.ts';
import { readPath } from '../state/path-parameters.ts';

/** An item of the mock's data, as its option `data` takes it. */
export interface Entry {
  collection: string;
  /** Its properties, and the parameters that say where it belongs. */
  item: Readonly<Record<string, unknown>>;
}

/** The most items of one list. */
const mostItems = 500;

/** The items that requests name or list, and those that they are below, as they were before the first request. */
export function touchedItems(
  api: API,
  data: Readonly<Record<string, AnyCollection>>,
  requests: readonly RecordedRequest[],
): Entry[] {
  const entries = new Map<string, Entry>();
  const add = (name: string, scope: Scope, item: object | undefined) => {
    const idProperty = data[name]?.idProperty ?? 'id';
    if (!item) return;
    const key = JSON.stringify([name, scope, valueIn(item, idProperty)]);
    if (!entries.has(key)) entries.set(key, { collection: name, item: { ...item, ...scope } });
  };
  const addWithParents = (name: string, params: Scope, item: object | undefined) => {
    const definition = api.collections.find((one) => one.name === name);
    const scope: Record<string, string> = {};
    for (const { param, collection } of definition?.scope ?? []) {
      const value = String(params[param] ?? '');
      if (collection !== undefined)
        add(collection, { ...scope }, data[collection]?.get(value, scope));
      scope[param] = value;
    }
    add(name, scope, item);
  };
  for (const { operation: id, path } of requests) {
    const operation = id === null ? undefined : api.operation(id);
    const behavior = operation && api.behavior(operation.iid);
    if (!operation || !behavior || !('collection' in behavior)) continue;
    const { collection: name } = behavior;
    const collection = data[name];
    const definition = api.collections.find((one) => one.name === name);
    if (!collection || !definition) continue;
    const params = readPath(operation, pathBelow(api, operation, path));
    const scope = Object.fromEntries(
      collection.scopeParams.map((param) => [param, params[param] ?? '']),
    );
    const isThere = definition.scope.every(
      ({ collection: parent, param }) =>
        parent === undefined || data[parent]?.get(scope[param] ?? '', scope),
    );
    if (!isThere) continue;
    if (behavior.kind === 'list') {
      addWithParents(name, params, undefined);
      for (const item of collection.page({ scope, limit: mostItems }).items)
        addWithParents(name, params, item);
    } else {
      const itemID = definition.itemParam === undefined ? undefined : params[definition.itemParam];
      addWithParents(
        name,
        params,
        itemID === undefined ? undefined : collection.get(itemID, scope),
      );
    }
  }
  return [...entries.values()];
}

/** The data of a mock that has these items alone. Items whose parent is not among them are left out. */
export function dataOf(api: API, entries: readonly Entry[]): Record<string, object[]> {
  const data: Record<string, object[]> = {};
  for (const { name, scope } of api.collections) {
    const own = entries.filter(({ collection }) => collection === name);
    data[name] = own.flatMap(({ item }) => {
      const hasParents = scope.every(({ param, collection }) => {
        const idProperty = api.collections.find((one) => one.name === collection)?.idProperty;
        if (collection === undefined || idProperty === undefined) return true;
        return data[collection]?.some(
          (parent) => String(valueIn(parent, idProperty)) === item[param],
        );
      });
      return hasParents ? [item] : [];
    });
  }
  return data;
}

/** The faults that hit requests, as rules that hit the same ones without chance. */
export function hitFaults(
  rules: readonly FaultRule[],
  requests: readonly RecordedRequest[],
  api: API,
): FaultRule[] {
  const hits = new Map<string, FaultRule & { times: number }>();
  for (const { fault, operation, method, path } of requests) {
    const rule = fault === undefined ? undefined : rules[Number(fault.replace('fault_', '')) - 1];
    if (!rule) continue;
    const below = pathBelow(api, operation === null ? undefined : api.operation(operation), path);
    const key = `${fault} ${method} ${below}`;
    const known = hits.get(key);
    if (known) known.times += 1;
    else {
      const { probability: _, duration: __, match, ...effect } = rule;
      const where = operation === null ? { method } : { operation };
      hits.set(key, { ...effect, times: 1, match: { ...match, ...where, path: below } });
    }
  }
  return [...hits.values()];
}

/** The path of a request without the base path, which that of an operation beside it does not have. */
function pathBelow({ basePath }: API, operation: Operation | undefined, path: string): string {
  const isBelow = operation?.up === undefined && path.startsWith(`${basePath}/`);
  return isBelow ? path.slice(basePath.length) : path;
}
