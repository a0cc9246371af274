/** Keys of fewer characters may be part of any word. */
const minLength = 8;
const wordCharacter = /[\w-]/;
/** Fields of an error that programs compare: a key is masked there only where it is the whole of a word. */
const identifiers = ['code', 'type', 'param'];

/** Masks the values of query parameters whose names speak of secrets. */
export function maskURL(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|secret|password|signature)[^=&]*=)[^&#]*/gi, '$1***');
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
    const before = masked;
    masked = before.replaceAll(secret, (match, start: number) => {
      const alone = !wordCharacter.test(
        `${before[start - 1] ?? ''}${before[start + match.length] ?? ''}`,
      );
      return alone || !(short || identifier) ? '***' : match;
    });
  }
  return masked;
}

/** Parses JSON with the secrets in it masked, names of properties included. Undefined where it is not JSON. */
export function parseMasked(text: string, secrets: Iterable<string>): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string') return maskSecrets(value, secrets, identifiers.includes(name));
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([key, each]) => [maskSecrets(key, secrets), each]));
    });
  } catch {
    // Not JSON, or nested too deeply.
    return undefined;
  }
}

/** The secrets among the headers of a request, as they would be echoed: without the scheme, without a cookie's name. */
export function secretsIn(headers: Iterable<[string, string]>): string[] {
  return [...headers]
    .filter(([name]) => /authorization|cookie|api-?key|token|secret/.test(name))
    .flatMap(([name, value]) =>
      name === 'cookie'
        ? value.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1))
        : value.replace(/^\S+\s+/, ''),
    );
}

/**
 * What an error's cause may show: class, name, code, message and the causes below. Runtimes attach more, such as the
 * bytes that arrived.
 */
export function maskCause(error: unknown, mask: (text: string) => string, depth = 0): unknown {
  // Anything may be thrown; what is not like an error ends at the next line.
  const { name, message, stack, code, cause } = (error ?? {}) as Error & { code?: unknown };
  if (typeof message !== 'string' || depth > 8) return undefined;
  const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(error));
  const kept = {
    name,
    message: mask(message),
    stack: mask(stack ?? ''),
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause: maskCause(cause, mask, depth + 1) }),
  };
  for (const [key, value] of Object.entries(kept)) {
    // Some classes have accessors for these, which need a genuine instance.
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  }
  return copy;
}
