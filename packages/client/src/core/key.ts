import { clientName } from '../server/server.gen.ts';
import type { KeySource } from './auth.ts';
import { readEnv } from './environment.ts';
import { ClientError } from './errors.ts';
import { checkHeaderValue } from './headers.ts';

type KeyFunction = Extract<KeySource, () => unknown>;

/** Checks a key that a client is made with; undefined where there is none, in the environment either. */
export function checkKey(
  given: KeySource | undefined,
  option: string,
  variable: string | undefined,
): KeySource | undefined {
  const key = given === undefined && variable ? readHeaderEnv(variable) : given;
  if (key === null || typeof key === 'function') return key;
  if (key !== undefined && typeof key !== 'string') {
    throw new ClientError(`${option} must be a string, a function or null, not ${typeof key}.`);
  }
  return key?.trim() ? checkHeaderValue(key, option) : undefined;
}

/** How to pass a key, or keys that go together: `option` and `variable` have the names of all of them. */
export function wayOf(option: string, variable: string | undefined): string {
  return `\`new ${clientName}({ ${option} })\`${variable ? ` or set ${variable}` : ''}`;
}

/**
 * The error of a client, or a call, without a key.
 *
 * @param ways as `wayOf` gives them
 * @param option may be null
 */
export function missingKey(
  ways: string,
  option: string | undefined,
  unknown: readonly string[] = [],
): ClientError {
  return new ClientError(
    [
      'The key is missing.',
      ...unknown,
      `Pass it as ${ways}; to send no key, pass \`${option}: null\`.`,
    ].join(' '),
  );
}

/** The key for one attempt. */
export async function askKey(source: KeyFunction, option: string): Promise<string> {
  let key: unknown;
  try {
    key = await source();
  } catch (cause) {
    throw new ClientError(`The function given as ${option} failed.`, { cause });
  }
  if (typeof key !== 'string' || !key.trim()) {
    throw new ClientError(
      `The function given as ${option} must return a key, not ${typeof key === 'string' ? 'a blank string' : typeof key}.`,
    );
  }
  return checkHeaderValue(key, option);
}

/** An environment variable that is sent in a header. */
export function readHeaderEnv(name: string): string | undefined {
  const value = readEnv(name);
  return value && checkHeaderValue(value, name);
}
