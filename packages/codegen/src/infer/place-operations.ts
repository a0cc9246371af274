import { type Document, deref, type Method, methods, type PathItem } from '@org/openapi';
import type { Operation } from '../model/model.ts';
import { stepsUp } from '../read/own-server.ts';
import type { BuiltModel } from './build-model.ts';

type Parameters = NonNullable<PathItem['parameters']>;

/**
 * Gives operations with a server of their own the path that they have below `baseURL`, or at the mock, in the model and in
 * the document.
 *
 * @param placeOf the new path of an operation
 */
export function placeOperations<B extends Pick<BuiltModel, 'model' | 'document'>>(
  built: B,
  placeOf: (document: Document, path: string, method: Method) => string | undefined,
): B {
  const { model, document } = built;
  const all = [...model.operations, ...model.ignored];
  // Most documents have one server: their paths need not be written anew.
  if (all.every(({ method, path }) => (placeOf(document, path, method) ?? path) === path))
    return built;
  const paths: Record<string, PathItem> = {};
  const places = new Map<string, string>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const { servers: _, parameters = [], ...shared } = item;
    for (const method of methods) delete shared[method];
    const own = methods.filter((method) => item[method]);
    if (own.length === 0) paths[path] = item;
    for (const method of own) {
      const { servers: __, ...operation } = item[method] ?? {};
      // Operations of several paths may end at one: each keeps the parameters of its own path.
      operation.parameters = joinParameters(document, parameters, operation.parameters ?? []);
      const place = placeOf(document, path, method) ?? path;
      // One of the document's own paths comes first.
      const taken = document.paths?.[place]?.[method] ?? paths[place]?.[method];
      const isTaken = place !== path && taken !== undefined;
      const at = isTaken ? path : place;
      places.set(`${method} ${path}`, at);
      paths[at] = { ...shared, ...paths[at], [method]: operation };
    }
  }
  const placed = (operation: Operation): Operation => {
    const path = places.get(`${operation.method} ${operation.path}`) ?? operation.path;
    const up = stepsUp(document, operation.path, operation.method, path);
    return { ...operation, path, ...(up !== undefined && { up }) };
  };
  const lists = new Map(
    all
      .filter(({ behavior }) => behavior.kind === 'list')
      .map((list) => [list.path, placed(list).path]),
  );
  return {
    ...built,
    document: { ...document, paths },
    model: {
      ...model,
      operations: model.operations.map(placed),
      ignored: model.ignored.map(placed),
      collections: model.collections.map((one) => ({
        ...one,
        path: lists.get(one.path) ?? one.path,
      })),
    },
  };
}

/** The parameters of a path and of its operation, which replaces those of the same name. */
function joinParameters(document: Document, shared: Parameters, own: Parameters): Parameters {
  const keyOf = (parameter: Parameters[number]) => {
    const { in: place, name } = deref(document, parameter) ?? {};
    return JSON.stringify([place, name]);
  };
  const replaced = new Set(own.map(keyOf));
  return [...shared.filter((each) => !replaced.has(keyOf(each))), ...own];
}
