import {
  type Document,
  type ParameterObject,
  type Schema,
  type Shape,
  shapeOf,
  typesOf,
} from '@org/openapi';
import { singular } from '../model/names.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import { plainName } from './page-names.ts';

/** Objects of an item that hold its id: `metadata.name` in Kubernetes, `sys.id` in Contentful. */
const holders = new Set(['metadata', 'meta', 'sys', 'header']);
/** Properties that name an item where its number does not. */
const unique = ['slug', 'login', 'handle', 'username'];
const names = [...unique, 'key', 'code', 'name'];

/**
 * The property that the item's parameter names: the one of that name, else the one with the last of its words, else
 * `id`, else the one with its only word; else a property of an object that describes the item, such as `metadata.name`.
 *
 * @param isBelow whether the parameter before it names what the items belong to, as in `/repos/{owner}/{repo}`
 */
export function idOf(
  document: Document,
  shape: Shape,
  param: ParameterObject | undefined,
  isBelow: boolean,
): string | undefined {
  const found = directID(document, shape, param?.name);
  const name = named(document, shape, param, { found, isBelow });
  if (name !== undefined) return name;
  if (found !== undefined) return found;
  return inHolder(document, shape, (inner) => directID(document, inner, param?.name));
}

/** A property that tells the items of a list apart, where no path names one: `event_id`, `uuid`. */
export function ownID(
  document: Document,
  shape: Shape,
  { resource }: SourceOperation,
): string | undefined {
  const own = plainName(`${singular(resource.at(-1) ?? '')}id`);
  const found = [...shape.keys()].filter((name) => isID(document, shape, name));
  return [own, 'uuid', 'guid'].flatMap((id) => found.filter((name) => plainName(name) === id))[0];
}

/** The schema of a property at a path with dots; a property may have dots in its name. */
export function valueAt(
  document: Document,
  schema: Schema | undefined,
  path: string,
): Schema | undefined {
  const shape = shapeOf(document, schema);
  const own = shape.get(path)?.schema;
  if (own) return own;
  const [, first, rest] = /^([^.]+)\.(.+)$/.exec(path) ?? [];
  const inner = first === undefined ? undefined : shape.get(first)?.schema;
  return inner && rest !== undefined ? valueAt(document, inner, rest) : undefined;
}

/**
 * The property of an item that holds a parameter of its path, where it is not one of the item itself:
 * `metadata.namespace` for `{namespace}`, `owner.login` for `{owner}`.
 */
export function nameProperty(
  document: Document,
  item: Schema,
  param: string,
): { property?: string } {
  const shape = shapeOf(document, item);
  const isNamed = (name: string) => plainName(name) === plainName(param);
  const [own] = [...shape.keys()].filter(isNamed);
  if (own !== undefined) {
    const inner = shapeOf(document, shape.get(own)?.schema);
    const name = [...names, 'id'].find((one) => typesAt(document, inner, one).has('string'));
    return inner.size > 0 && name !== undefined ? { property: `${own}.${name}` } : {};
  }
  const found = inHolder(document, shape, (inner) =>
    [...inner.keys()].find((name) => isNamed(name) && isID(document, inner, name)),
  );
  return found === undefined ? {} : { property: found };
}

function directID(document: Document, shape: Shape, param: string | undefined): string | undefined {
  const exact = param && [...shape.keys()].find((name) => plainName(name) === plainName(param));
  const words = wordsOf(param);
  const last = words.at(-1)?.toLowerCase();
  const withLast = last && [...shape.keys()].find((name) => plainName(name) === last);
  // MongoDB calls it `_id`.
  const usual = shape.has('id') ? 'id' : [...shape.keys()].find((name) => plainName(name) === 'id');
  const others = words.length > 1 ? [withLast, usual] : [usual, withLast];
  return [exact, ...others].find((name) => name && isID(document, shape, name));
}

/** The name of an item, where its id is a number and the parameter is a text: `{repo}` of `{ id: 7, name: 'x' }`. */
function named(
  document: Document,
  shape: Shape,
  param: ParameterObject | undefined,
  { found, isBelow }: { found: string | undefined; isBelow: boolean },
): string | undefined {
  if (!param || /^[iI][dD]$/.test(wordsOf(param.name).at(-1) ?? '')) return undefined;
  const types = typesOf(document, param.schema);
  const isText = types.has('string') && types.size === 1;
  if (!isText) return undefined;
  if (found !== undefined && typesAt(document, shape, found).has('string')) return undefined;
  // `/pets/{pet}` may well name an item by its number.
  const candidates = isBelow || found === undefined ? names : unique;
  return candidates.find((name) => typesAt(document, shape, name).has('string'));
}

function inHolder(
  document: Document,
  shape: Shape,
  find: (inner: Shape) => string | undefined,
): string | undefined {
  for (const [name, { schema }] of shape) {
    if (!holders.has(plainName(name))) continue;
    const found = find(shapeOf(document, schema));
    if (found !== undefined) return `${name}.${found}`;
  }
  return undefined;
}

function wordsOf(param: string | undefined): string[] {
  return param?.split(/[_-]|(?<=[a-z0-9])(?=[A-Z])/) ?? [];
}

function isID(document: Document, shape: Shape, name: string): boolean {
  const types = typesAt(document, shape, name);
  return types.has('string') || types.has('integer') || types.has('number');
}

function typesAt(document: Document, shape: Shape, name: string): ReadonlySet<string> {
  return typesOf(document, shape.get(name)?.schema);
}
