import type { Auth, Keys, Security } from './auth.ts';
import type { HeaderMap } from './headers.ts';
import { askKey, checkKey, missingKey, wayOf } from './key.ts';
import type { Scheme } from './schemes.ts';

/** The options that keys were passed in, not read from the environment. */
const passed = new WeakMap<Keys, ReadonlySet<string>>();

/**
 * For a document with several schemes, with others than a bearer token, or with operations that take no key.
 *
 * @param schemes how each key is sent, by the name of the client's option
 * @param usual what the whole API takes
 */
export function schemeAuth(schemes: Readonly<Record<string, Scheme>>, usual: Security): Auth {
  const choose = (
    security: Security,
    keys: Keys,
    given: HeaderMap,
    unknown?: readonly string[],
  ): readonly string[] => {
    const isOwn = (name: string) => (schemes[name]?.header ?? '') in given;
    const isPassed = (name: string) => isOwn(name) || passed.get(keys)?.has(name) === true;
    // A key that the caller passed comes before one of the environment; else the order of the document counts.
    let [chosen, most]: [readonly string[] | undefined, number] = [undefined, -1];
    for (const names of security) {
      const count = names.filter(isPassed).length;
      if (count <= most || !names.every((name) => keys[name] !== undefined || isOwn(name)))
        continue;
      [chosen, most] = [names, count];
    }
    if (chosen) return chosen.filter((name) => !isOwn(name));
    // An alternative may be given up by `null` for any of its keys.
    const isNone = security.some((names) => names.some((name) => keys[name] === null));
    if (isNone || security.length === 0) return [];
    const ways = security.map((names) => {
      const variables = names.flatMap((name) => schemes[name]?.env ?? []);
      return wayOf(names.join(', '), variables.join(' and '));
    });
    throw missingKey(ways.join(', or '), security[0]?.[0], unknown);
  };
  return {
    options: schemes,
    resolve(options, unknown) {
      const keys = Object.fromEntries(
        Object.entries(schemes).map(([name, { env }]) => [
          name,
          checkKey(options[name as keyof object], name, env),
        ]),
      );
      const given = Object.entries(options).filter(([, value]) => value != null);
      passed.set(keys, new Set(given.map(([name]) => name)));
      choose(usual, keys, {}, unknown);
      return keys;
    },
    async authorize({ keys, headers, given, url, security = usual, secrets }) {
      let address = url;
      for (const name of choose(security, keys, given)) {
        const source = keys[name];
        const key = typeof source === 'function' ? await askKey(source, name) : source;
        const scheme = schemes[name];
        if (typeof key !== 'string' || !scheme) continue;
        secrets.add(key).add(scheme.secret?.(key) ?? key);
        address = scheme.write(key, headers, address);
      }
      return address;
    },
  };
}
