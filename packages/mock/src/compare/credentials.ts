import type { HttpSecurityScheme } from '@stoplight/types';
import { type API, type Operation, schemesOf } from '../api/api.ts';
import { type Carried, carryKey, keyKind } from '../api/carry-key.ts';
import { keyVariable } from '../api/key-variable.ts';

/** Keys by the name of their security scheme. */
export type SchemeKeys = ReadonlyMap<string, string>;

/** Whose key a request has: an accepted one, none, one that nobody has, or one of another authentication scheme. */
export type Credentials = 'accepted' | 'none' | 'wrong' | 'other scheme';

const wrongKey = 'a-key-that-does-not-exist';

/** The environment variable of each security scheme that operations use. */
export function keyVariables(api: API): Map<string, string> {
  return new Map(
    schemesOf(api).flatMap((scheme): [string, string][] => {
      if (scheme.type === 'mutualTLS') return [];
      return [[scheme.key, keyVariable(scheme)]];
    }),
  );
}

/** The keys that the environment has. Those of HTTP Basic are written as `name:password`. */
export function keysFrom(
  variables: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const keys = [...variables].flatMap(([scheme, variable]): [string, string][] => {
    const key = environment[variable]?.trim();
    return key ? [[scheme, key]] : [];
  });
  return new Map(keys);
}

/** How a request carries credentials; undefined where the operation has no such case. */
export function carry(
  { security = [] }: Operation,
  credentials: Credentials,
  keys: SchemeKeys,
): Carried | undefined {
  const carried: Carried = { headers: {}, query: {} };
  const schemes = security.find((all) => all.every(({ key }) => keys.has(key))) ?? security[0];
  if (credentials === 'accepted') {
    for (const scheme of schemes ?? []) add(carried, scheme, keys.get(scheme.key) ?? '');
    return carried;
  }
  if (!schemes || schemes.length === 0 || security.some((all) => all.length === 0))
    return undefined;
  if (credentials === 'none') return carried;
  if (credentials === 'wrong') {
    for (const scheme of schemes) add(carried, scheme, `${wrongKey}:${wrongKey}`);
    return carried;
  }
  if (!schemes.some((scheme) => keyKind(scheme) === 'bearer')) return undefined;
  carried.headers['authorization'] = `Basic ${btoa(`${wrongKey}:${wrongKey}`)}`;
  return carried;
}

function add(carried: Carried, scheme: HttpSecurityScheme, key: string): void {
  // A header holds no line breaks, and no characters beyond Latin-1.
  carryKey(carried, scheme, key.replaceAll(/[^\x20-\x7e]/g, '?'));
}
