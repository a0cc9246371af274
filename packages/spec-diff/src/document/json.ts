import { writtenAt } from './exact.ts';

/** Readers of any JSON: a document with an invalid part is still compared elsewhere. */
export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The array, or an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** The own property: inherited ones, such as `toString`, do not count. */
export function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The names of both sides, each once, those of the first side first. */
export function namesOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/** JSON with sorted keys: equal values give equal text. Written by hand, since copies in the order of keys cost most. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => (item === undefined ? 'null' : canonicalAt(value, i))).join()}]`;
  }
  if (typeof value === 'bigint') return String(value);
  if (!isRecord(value)) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const inner = value[key];
      return inner === undefined ? [] : [`${JSON.stringify(key)}:${canonicalAt(value, key)}`];
    });
  return `{${entries.join()}}`;
}

/** {@link canonical} of the value at a key, with every digit of a number. */
export function canonicalAt(holder: object, key: string | number): string {
  return canonical(writtenAt(holder, key));
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number that is the node's own. Two nodes are the same if they are one object. */
export function identity(node: object): number {
  const known = identities.get(node);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(node, lastIdentity);
  return lastIdentity;
}
