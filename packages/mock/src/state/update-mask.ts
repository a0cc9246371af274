import { valueIn, withValue } from '@org/codegen/item-id';
import { isUpdateMask } from '@org/codegen/request-words';
import type { IHttpOperation } from '@stoplight/types';
import { objectsOf, type Schema, unionOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import type { Call } from './answer.ts';
import type { Changes } from './changes.ts';
import { plainName } from './page-parts.ts';

/** What a mask leaves of a body, and the properties that it names and the body does not have: those are unset. */
interface Masked {
  body: unknown;
  unset: Changes;
}

/**
 * Reads the mask of an update: only the properties that it names are changed.
 *
 * @see https://google.aip.dev/134
 */
export function compileMask(
  operation: IHttpOperation,
  item: Schema,
): (query: Call['query'], body: unknown) => Masked {
  const parameter = operation.request?.query?.find(({ name }) => isUpdateMask(name))?.name;
  const { properties = {} } = unionOf(item) ?? {};
  const required = objectsOf(item).flatMap((one) => one.required ?? []);
  // A mask may have `display_name` where JSON has `displayName`.
  const pathOf = (text: string): string => {
    const [first = '', ...rest] = text.trim().split('.');
    const name = Object.keys(properties).find((one) => plainName(one) === plainName(first));
    return [name ?? first, ...rest].join('.');
  };
  return (query, body) => {
    const given = parameter === undefined ? [] : [query[parameter] ?? []].flat();
    const paths = given.flatMap((text) => text.split(',')).filter((path) => path.trim() !== '');
    if (paths.length === 0 || paths.includes('*') || !isObject(body)) return { body, unset: {} };
    const named = paths.map(pathOf);
    const found = named.filter((path) => valueIn(body, path) !== undefined);
    const missing = named.filter((path) => !found.includes(path) && !required.includes(path));
    return {
      body: found.reduce((all, path) => withValue(all, path, valueIn(body, path)), {}),
      unset: Object.fromEntries(
        missing.filter((path) => Object.hasOwn(properties, path)).map((path) => [path, undefined]),
      ),
    };
  };
}
