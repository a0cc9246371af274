import { ClientError } from './errors.ts';
import { encode } from './query.ts';

/** How the API takes a key. */
export interface Scheme {
  /** The environment variable that has the key, if there is one. */
  env?: string;
  /** The header that the key is in, in lower case: a caller's own comes first. */
  header?: string;
  /** Puts the key into a request, and returns the address that it goes to. */
  write(key: string, headers: Headers, url: string): string;
  /** What of a key is a secret of its own. */
  secret?(key: string): string;
}

/** A token in `Authorization`. */
export const bearer: Scheme = {
  header: 'authorization',
  write(key, headers, url) {
    headers.set('authorization', `Bearer ${key}`);
    return url;
  },
};

/** A name and a password in `Authorization`. */
export const basic: Scheme = {
  header: 'authorization',
  write(key, headers, url) {
    if (!key.includes(':')) {
      throw new ClientError('A key for basic authentication must be `name:password`.');
    }
    headers.set(
      'authorization',
      `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(key)))}`,
    );
    return url;
  },
  secret: (key) => key.slice(key.indexOf(':') + 1),
};

/** A key in a header of its own. */
export function headerKey(name: string): Scheme {
  return {
    header: name.toLowerCase(),
    write(key, headers, url) {
      headers.set(name, key);
      return url;
    },
  };
}

/** A key in the query, unless the address has the parameter already. */
export function queryKey(name: string): Scheme {
  return {
    write(key, _, url) {
      const { searchParams } = new URL(url);
      if (searchParams.has(name)) return url;
      return `${url}${url.includes('?') ? '&' : '?'}${encode(name)}=${encode(key)}`;
    },
  };
}
