import { OrgClientError } from './errors.ts';
import { checkHeaderValue } from './headers.ts';

/** The admin key, or a function that returns it, called once per attempt; null sends none. */
export type KeySource = string | (() => string | Promise<string>) | null;

type KeyFunction = Extract<KeySource, () => unknown>;

/**
 * Checks the key that a client is made with.
 *
 * @param unknown sentences about unknown options, one of which may be meant to be the key
 */
export function checkKey(key: KeySource | undefined, unknown: readonly string[]): KeySource {
  if (key === null || typeof key === 'function') return key;
  if (key !== undefined && typeof key !== 'string') {
    throw new OrgClientError(
      `adminAPIKey must be a string, a function or null, not ${typeof key}.`,
    );
  }
  if (!key?.trim()) {
    throw new OrgClientError(
      [
        'The admin key is missing.',
        ...unknown,
        'Pass it as `new OrgClient({ adminAPIKey })` or set OPENAI_ADMIN_KEY; to send no key, pass `adminAPIKey: null`.',
      ].join(' '),
    );
  }
  return checkHeaderValue(key, 'adminAPIKey');
}

/** The key for one attempt. */
export async function askKey(source: KeyFunction): Promise<string> {
  let key: unknown;
  try {
    key = await source();
  } catch (cause) {
    throw new OrgClientError('The function given as adminAPIKey failed.', { cause });
  }
  if (typeof key !== 'string' || !key.trim()) {
    throw new OrgClientError(
      `The function given as adminAPIKey must return a key, not ${typeof key === 'string' ? 'a blank string' : typeof key}.`,
    );
  }
  return checkHeaderValue(key, 'adminAPIKey');
}
