import { type Document, deref, isMediaType, isStatus, methods } from '@org/openapi';

/**
 * Prism fails on responses that have no valid status, and on content that has no valid media type. This removes such
 * responses, including extensions, and reads such content as JSON. The document's reader warns about both. Changes the
 * document.
 */
export function repairHTTPNames(document: Document): void {
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const operation = deref(document, item)?.[method];
      if (!operation) continue;
      if (operation.responses) operation.responses = renamed(operation.responses, statusOf);
      for (const part of [operation.requestBody, ...Object.values(operation.responses ?? {})]) {
        const resolved = deref(document, part);
        if (resolved?.content) resolved.content = renamed(resolved.content, mediaTypeOf);
      }
    }
  }
}

/** An object with other keys. A key that is right takes precedence, and then the first one. */
function renamed<T>(
  object: Record<string, T>,
  rename: (key: string) => string | undefined,
): Record<string, T> {
  const entries = new Map<string, T>();
  for (const [key, value] of Object.entries(object)) {
    const name = rename(key);
    const isTaken = name !== undefined && (entries.has(name) || Object.hasOwn(object, name));
    if (name !== undefined && (name === key || !isTaken)) entries.set(name, value);
  }
  return Object.fromEntries(entries);
}

/** `200 OK` and `200.0` have the status that they begin with. */
function statusOf(key: string): string | undefined {
  if (isStatus(key)) return key;
  return /^([1-5]\d\d)(?!\d)/.exec(key)?.[1];
}

function mediaTypeOf(key: string): string {
  if (isMediaType(key)) return key;
  return key === '*' ? '*/*' : 'application/json';
}
