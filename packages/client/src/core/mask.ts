import { hide, isObject } from './object.ts';
import { encode } from './query.ts';

/** Keys of fewer characters may be part of any word. */
const minLength = 8;
const wordCharacter = /[\w-]/;
/** Fields of an error that programs compare: a short key may be part of any of them. */
const identifiers = ['code', 'type', 'param'];
/** Names of headers and query parameters that speak of secrets. */
const secretName = /authorization|key|token|secret|password|signature/i;

/** Masks the values of query parameters whose names speak of secrets. */
export function maskURL(url: string): string {
  return url.replace(/([?&]([^=&]*)=)[^&#]*/g, (all, start: string, name: string) =>
    secretName.test(name) ? `${start}***` : all,
  );
}

/**
 * Masks secrets that a server sent back. A short secret is masked only where it stands alone: with the key `k`,
 * "unknown" stays as it is.
 */
export function maskSecrets(text: string, secrets: Iterable<string>, identifier = false): string {
  let masked = text;
  for (const secret of secrets) {
    const short = secret.length < minLength;
    if (!secret || (short && identifier)) continue;
    // A program compares identifiers: a key that may be a word of one is masked only where it stands alone.
    const alone = short || (identifier && /^\D{8,19}$/.test(secret));
    masked = masked.replaceAll(secret, (match, start: number, whole: string) => {
      const around = whole.charAt(start - 1) + whole.charAt(start + match.length);
      return alone && wordCharacter.test(around) ? match : '***';
    });
  }
  return masked;
}

/** Parses JSON with the secrets in it masked, names of properties included. Undefined where it is not JSON. */
export function parseMasked(text: string, secrets: Iterable<string>): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string') return maskSecrets(value, secrets, identifiers.includes(name));
      if (!isObject(value)) return value;
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([key, each]) => [maskSecrets(key, secrets), each]));
    });
  } catch {
    // Not JSON, or nested too deeply.
    return undefined;
  }
}

/**
 * The secrets of a request, as they would be echoed: keys, headers without their scheme, values of cookies and of query
 * parameters; and each of them percent-encoded (also twice), as JSON, in HTML, in hexadecimal and as Base64. Longer ones come first.
 */
export function secretsOf(
  keys: Iterable<string>,
  headers: Iterable<[string, string]>,
  url: string,
): Set<string> {
  const found = [...keys];
  for (const [name, value] of headers) {
    if (name === 'cookie') {
      found.push(...value.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1)));
    } else if (secretName.test(name) && !/^idempotency/.test(name)) {
      found.push(value.replace(/^\S+\s+/, ''));
    }
  }
  for (const [name, value] of new URLSearchParams(url.split('?')[1])) {
    if (secretName.test(name)) found.push(value);
  }
  const forms = found.flatMap((secret) =>
    secret.length < minLength
      ? secret
      : [
          secret,
          encode(secret),
          encode(encode(secret)),
          // Some servers write the digits in lower case.
          encode(secret).replace(/%../g, (code) => code.toLowerCase()),
          JSON.stringify(secret).slice(1, -1),
          inHTML(secret),
          ...inDigits(secret),
        ],
  );
  return new Set(forms.sort((a, b) => b.length - a.length));
}

function inHTML(secret: string): string {
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** As Base64 and in hexadecimal. */
function inDigits(secret: string): string[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex,
    hex.toUpperCase(),
    // After one or two bytes more than a multiple of three, such as those of `user:`, the digits are others. Without the
    // first and the last ones, which depend on what is around the secret.
    ...['', ' ', '  '].map((before) =>
      btoa(before + String.fromCharCode(...bytes))
        .slice(before.length && before.length + 1)
        .replace(/.?=*$/, ''),
    ),
  ];
}

/** What an error's cause may show besides its texts. Runtimes attach more, such as the bytes that arrived. */
const shown = ['name', 'message', 'stack', 'code', 'errno', 'syscall', 'address', 'port'] as const;

/** A copy of an error: class, name, message, the fields of a failed system call, and the causes below, all masked. */
export function maskCause(error: unknown, mask: (text: string) => string, depth = 0): unknown {
  if (error === undefined || error === null || depth > 8) return undefined;
  // Anything may be thrown.
  const given = error as Error & Record<(typeof shown)[number], unknown>;
  if (typeof given.message !== 'string')
    return new Error(
      mask(typeof error !== 'object' ? String(error) : Object.prototype.toString.call(error)),
    );
  const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(error));
  // Not the place of this function, where the error has no stack.
  hide(copy, 'stack', '');
  // Some classes have accessors for these, which need a genuine instance.
  for (const field of shown) {
    const value = given[field];
    if (value !== undefined) hide(copy, field, typeof value === 'string' ? mask(value) : value);
  }
  if (given.cause !== undefined) hide(copy, 'cause', maskCause(given.cause, mask, depth + 1));
  return copy;
}
