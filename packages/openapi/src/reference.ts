import type { Reference, Schema } from './document.ts';
import { parsePointer, valueAt } from './pointer.ts';

export function isReference(value: unknown): value is Reference {
  return typeof (value as Reference | null | undefined)?.$ref === 'string';
}

/**
 * The target of a reference inside the document, through further references; any other value unchanged. Undefined for
 * a reference that does not resolve or is circular.
 */
export function deref<T extends object>(document: object, value: T | Reference): T;
export function deref<T extends object>(
  document: object,
  value: T | Reference | undefined,
): T | undefined;
export function deref<T extends object>(
  document: object,
  value: T | Reference | undefined,
): T | undefined {
  const seen = new Set<unknown>();
  let current: unknown = value;
  while (isReference(current)) {
    if (seen.has(current)) return undefined;
    seen.add(current);
    current = atReference(document, current.$ref);
  }
  // The linter has checked that the target has the expected type.
  return current as T | undefined;
}

/** The name of the schema that a reference points to: `#/components/schemas/User` is `User`. */
export function schemaName(schema: Schema | undefined): string | undefined {
  const [root, kind, name, ...rest] = parsePointer(schema?.$ref ?? '');
  const isSchema = root === 'components' && kind === 'schemas' && rest.length === 0;
  return isSchema ? name : undefined;
}

/** References to files were bundled before; anchors (`#name`) and URLs are not resolved here. */
function atReference(document: object, reference: string): unknown {
  // Nearly all references look like this one, and each is followed many times.
  const [, name] = /^#\/components\/schemas\/([\w.-]+)$/.exec(reference) ?? [];
  if (name !== undefined) return valueAt(document, ['components', 'schemas', name]);
  return /^#(\/|$)/.test(reference) ? valueAt(document, parsePointer(reference)) : undefined;
}
