import { mergeHeaders } from './headers.ts';
import type { RequestOptions } from './options.ts';
import { headerValue, type Style } from './styles.ts';

/**
 * Options with the header parameters of an operation, below the headers that the caller gives. For generated methods
 * alone.
 *
 * @param values name → value, and the style where it is not a plain value
 */
export function withHeaders(
  options: RequestOptions | null | undefined,
  values: Readonly<Record<string, readonly [value: unknown, style?: Style]>>,
): RequestOptions | undefined {
  const found = Object.entries(values).flatMap(([name, [value, style]]): [string, string][] => {
    const text = headerValue(name, value, style);
    return text === undefined ? [] : [[name, text]];
  });
  // What is not an object is refused where options are checked.
  const isObject = typeof (options ?? {}) === 'object';
  if (found.length === 0 || !isObject) return options ?? undefined;
  return { ...options, headers: mergeHeaders(mergeHeaders({}, found), options?.headers) };
}
