import { valueIn } from '@org/codegen/item-id';
import type { API, Operation } from '../api/api.ts';
import type { Call } from './answer.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { Item } from './store.ts';

type Place = Pick<Operation, 'path' | 'up'>;
type Locate = (item: Item, call: Pick<Call, 'address' | 'scope' | 'id'>) => Record<string, string>;

/** The header of a response that says where the item is that an operation added. */
export function compileLocation(
  operation: Place,
  { name: collection, idProperty, itemParam, scope: { length } }: ScopedCollection['definition'],
  api: API,
): Locate {
  const folders = api.operations.flatMap(({ iid, path, up }): Place[] => {
    const behavior = api.behavior(iid);
    const isReader = behavior.kind === 'retrieve' && behavior.collection === collection;
    const [, above, end = ''] = /^(.+)\/\{[^/{}]+\}(\.json|\.xml)?\/?$/.exec(path) ?? [];
    if (!isReader || above === undefined || namesIn(above).length !== length) return [];
    return [{ path: above + end, ...(up !== undefined && { up }) }];
  });
  const isBelow = folders.some(({ path }) => plain(path) === plain(operation.path));
  const elsewhere = isBelow ? undefined : folders[0];
  return (item, { address, scope, id: given }) => {
    const id = valueIn(item, idProperty);
    if (itemParam === undefined || id === undefined) return {};
    // The request named the item.
    if (given !== undefined) return { location: address };
    const [, start, last] = /^(.*)\/([^/]+)$/.exec(String(id)) ?? [];
    // Such an id is a whole name, which says itself where the item is.
    const folder =
      elsewhere && last === undefined
        ? serverOf(api, operation, elsewhere, address) + fill(elsewhere.path, scope)
        : address;
    // Of a whole name, the address has all but the last part.
    const isNamed = start !== undefined && folder.endsWith(`/${start}`);
    const name = encodeURIComponent(isNamed ? (last ?? '') : String(id));
    const location = folder.replace(
      /(\.json|\.xml)?(\/?)$/,
      (_, extension = '', slash = '') => `/${name}${extension}${slash}`,
    );
    return { location };
  };
}

/** What is before the path of an operation, in the address of a request for another one. */
function serverOf({ basePath }: API, asked: Place, wanted: Place, address: string): string {
  const segments = asked.path.split('/').length - 1;
  const server = address.split('/').slice(0, -segments).join('/');
  if (asked.up === wanted.up) return server;
  if (wanted.up === undefined) return server + basePath;
  return server.endsWith(basePath) ? server.slice(0, -basePath.length) : server;
}

function namesIn(path: string): string[] {
  return path.match(/\{[^{}]+\}/g) ?? [];
}

/** Paths that differ in the names of their parameters alone are equal. */
function plain(path: string): string {
  return path.replaceAll(/\{[^{}]+\}/g, '{}').replace(/\/$/, '');
}

function fill(path: string, values: readonly string[]): string {
  let at = 0;
  return path.replaceAll(/\{[^{}]+\}/g, () => encodeURIComponent(values[at++] ?? ''));
}
