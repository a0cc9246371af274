import { type Document, deref, type Schema, type Shape, shapeOf, typesOf } from '@org/openapi';
import type { View } from '../model/model.ts';
import { singular } from '../model/names.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import { nameProperty } from './item-ids.ts';
import { plainName } from './page-names.ts';

/** Where items are that lists of other paths may show. */
interface Items {
  /** The normalized path that they are below. */
  path: string;
  item: Schema;
  /** The operation that shows them. */
  operation: SourceOperation;
}

/**
 * How a list shows items that are at another path: `/orgs/{org}/repos` and `/user/repos` show those of
 * `/repos/{owner}/{repo}`, and `/users/{user_id}/posts` shows those of `/posts`. Undefined where it does not.
 *
 * @param path the normalized path of the list, which ends in the same name as that of the items
 */
export function viewOf(
  document: Document,
  list: SourceOperation,
  path: string,
  { path: at, item, operation }: Items,
  parentAt: (path: string) => string | undefined,
): View | undefined {
  const scope = at.split('/').filter((segment) => segment === '{}').length;
  const params = path.split('/').filter((segment) => segment === '{}').length;
  if (scope === params) {
    const isKnown = scope === 0 || hasKnownScope(at, parentAt);
    // `{team_id}` is a number, and no `{owner}`.
    const isOther = list.pathParams.some(({ schema }, i) => {
      const theirs = typesOf(document, operation.pathParams[i]?.schema);
      const types = [...typesOf(document, schema)];
      return types.length > 0 && theirs.size > 0 && !types.some((type) => theirs.has(type));
    });
    return isKnown || isOther ? undefined : {};
  }
  if (params === 0) return { every: true };
  if (scope > 0) return undefined;
  const segments = path.split('/');
  const where = list.pathParams.flatMap(({ name: param }, i) => {
    const end = nthParameter(segments, i);
    const property = propertyFor(document, item, param, segments[end - 1] ?? '');
    const collection = parentAt(segments.slice(0, end).join('/'));
    return property === undefined
      ? []
      : [{ param, property, ...(collection === undefined ? {} : { collection }) }];
  });
  return where.some(({ param }) => param === list.pathParams.at(-1)?.name) ? { where } : undefined;
}

/** Whether the parameters of a path name items of collections: those of another path name others. */
function hasKnownScope(path: string, parentAt: (path: string) => string | undefined): boolean {
  const segments = path.split('/');
  return segments.some(
    (segment, i) => segment === '{}' && parentAt(segments.slice(0, i).join('/')) !== undefined,
  );
}

function nthParameter(segments: readonly string[], n: number): number {
  return segments.flatMap((segment, i) => (segment === '{}' ? [i] : []))[n] ?? 0;
}

/** The property of an item that says what it belongs to: `user_id` or `user.id`, for `/users/{id}` and `/users/{user_id}`. */
export function propertyFor(
  document: Document,
  item: Schema,
  param: string,
  segment: string,
): string | undefined {
  const shape = shapeOf(document, item);
  const owner = plainName(singular(segment));
  const whole = plainName(param) === 'id' ? `${owner}id` : plainName(param);
  const own = [...shape.keys()].find(
    (name) => plainName(name) === whole && isScalar(document, shape, name),
  );
  if (own !== undefined) return own;
  // `{owner}` is a name, and no number of `{ owner: { id, login } }`.
  const named = whole.endsWith('id') ? undefined : nameProperty(document, item, param).property;
  if (named !== undefined) return named;
  const objects = [...shape.keys()].filter((name) =>
    [owner, whole.replace(/id$/, '')].includes(plainName(name)),
  );
  for (const name of objects) {
    const inner = shapeOf(document, shape.get(name)?.schema);
    const id = [...inner.keys()].find(
      (one) => ['id', whole].includes(plainName(one)) && isScalar(document, inner, one),
    );
    if (id !== undefined) return `${name}.${id}`;
  }
  // `{ book: 7 }`, for `/books/{id}` and `/books/{book_id}`.
  const key = [...shape.keys()].find(
    (name) =>
      [owner, whole.replace(/id$/, '')].includes(plainName(name)) && isKey(document, shape, name),
  );
  return key ?? nameProperty(document, item, param).property;
}

/** Whether a property is the id of something: a number, or a UUID. */
function isKey(document: Document, shape: Shape, name: string): boolean {
  const schema = deref(document, shape.get(name)?.schema);
  return typesOf(document, schema).has('integer') || schema?.format === 'uuid';
}

function isScalar(document: Document, shape: Shape, name: string): boolean {
  const types = typesOf(document, shape.get(name)?.schema);
  return ['string', 'integer', 'number'].some((type) => types.has(type));
}
