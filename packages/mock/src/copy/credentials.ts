import type { HttpSecurityScheme } from '@stoplight/types';
import type { Operation } from '../api/api.ts';
import { type Carried, carryKey, keyKind } from '../api/carry-key.ts';
import { keyVariable } from '../api/key-variable.ts';
import { CopyError } from './options.ts';

/** What is sent so that a server accepts a request. */
export interface Credentials extends Carried {
  /** The keys in them, which nothing may show. */
  secrets: string[];
  /** The environment variables that they came from. */
  variables: string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The keys that an operation takes, from the environment: the first alternative of the document whose keys are all set.
 * A key comes from nowhere else, since a flag would be shown in the list of processes.
 *
 * @throws {CopyError} that names the variables, where none is complete
 */
export function credentialsFor({ security = [] }: Operation, env: Environment): Credentials {
  const alternatives = security as HttpSecurityScheme[][];
  const credentials: Credentials = { headers: {}, query: {}, secrets: [], variables: [] };
  // An alternative without schemes needs no key, but a key that is set may show more.
  const needing = alternatives.filter((schemes) => schemes.length > 0);
  const chosen = needing.find((schemes) => schemes.every((one) => keyIn(env, one) !== undefined));
  for (const scheme of chosen ?? []) write(credentials, scheme, keyIn(env, scheme) ?? '');
  if (chosen || needing.length < alternatives.length || needing.length === 0) return credentials;
  const usable = needing.filter((schemes) => schemes.every(isUsable));
  if (usable.length === 0) {
    const kinds = needing.flat().map(({ key }) => key);
    throw new CopyError(
      `The server takes no key that can be sent as a header: ${kinds.join(', ')}.`,
    );
  }
  const names = usable.map((schemes) => schemes.map(keyVariable).join(' and '));
  throw new CopyError(
    `The key of the server is missing: set ${[...new Set(names)].join(', or ')} in the environment.`,
  );
}

function keyIn(env: Environment, scheme: HttpSecurityScheme): string | undefined {
  return isUsable(scheme) ? env[keyVariable(scheme)]?.trim() || undefined : undefined;
}

function isUsable(scheme: HttpSecurityScheme): boolean {
  return keyKind(scheme) !== undefined;
}

function write(to: Credentials, scheme: HttpSecurityScheme, key: string): void {
  const variable = keyVariable(scheme);
  // The key itself is not shown.
  if (!/^[\x20-\x7e]+$/.test(key))
    throw new CopyError(`${variable} must hold a key of printable ASCII characters.`);
  to.secrets.push(key);
  to.variables.push(variable);
  if (keyKind(scheme) === 'basic') {
    if (!key.includes(':')) throw new CopyError(`${variable} must hold name:password.`);
    to.secrets.push(key.slice(key.indexOf(':') + 1));
  }
  carryKey(to, scheme, key);
}
