import { closest } from '@org/openapi';
import type { HttpSecurityScheme } from '@stoplight/types';

/** Accepted credentials: of all security schemes, or by the name of a scheme. */
export type Keys = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** Whether a credential is accepted for a scheme. */
export type Accepts = (scheme: HttpSecurityScheme, credential: string) => boolean;

/** All credentials that are accepted for some scheme. */
export function allKeys(keys: Keys | undefined): readonly string[] | undefined {
  return keys && (isList(keys) ? keys : Object.values(keys).flat());
}

/** Whether a request can carry a key for one of the schemes: a client's certificate is none. */
export function askForKeys(schemes: readonly HttpSecurityScheme[]): boolean {
  return schemes.some(({ type }) => type !== 'mutualTLS');
}

/**
 * Compiles which credentials are accepted: any, where none are given for a scheme.
 *
 * @throws {TypeError} where no operation asks for one, or none for that of a name
 */
export function compileKeys(
  keys: Keys | undefined,
  schemes: readonly HttpSecurityScheme[],
): Accepts {
  if (keys === undefined) return () => true;
  if (isList(keys)) {
    if (!askForKeys(schemes))
      throw new TypeError(
        'keys has no effect: no operation of the document has security. Leave keys out, or add `security` to the document.',
      );
    const accepted = new Set(keys);
    return (_, credential) => accepted.has(credential);
  }
  const names = [...new Set(schemes.map(({ key }) => key))];
  for (const name of Object.keys(keys)) {
    if (names.includes(name)) continue;
    const [similar] = closest(name, names);
    const hint = similar
      ? `Did you mean ${JSON.stringify(similar)}?`
      : `Schemes: ${names.join(', ') || 'none'}.`;
    throw new TypeError(
      `keys: no operation has the security scheme ${JSON.stringify(name)}. ${hint}`,
    );
  }
  const byName = new Map(Object.entries(keys).map(([name, list]) => [name, new Set(list)]));
  return ({ key }, credential) => byName.get(key)?.has(credential) ?? true;
}

function isList(keys: Keys): keys is readonly string[] {
  return Array.isArray(keys);
}
