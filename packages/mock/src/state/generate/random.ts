/** A seed: any number or text. */
export type Seed = number | string;

/** A 32-bit hash of a text (FNV-1a), so that any seed will do. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** A seed out of two: what hangs on one seed does not move when something is drawn from another. */
export function mix(seed: number, salt: number): number {
  let value = Math.imul(seed ^ Math.imul(salt + 0x7f4a7c15, 0x9e3779b1), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A number from 0 to 1, 1 excluded, that the seed and the salt decide. */
export function fraction(seed: number, salt = 0): number {
  return mix(seed, salt) / 2 ** 32;
}

/** A whole number from 0 to `count`, `count` excluded. */
export function below(count: number, seed: number, salt = 0): number {
  return Math.floor(fraction(seed, salt) * count);
}

/** One of the items, of which there is at least one. */
export function pick<T>(items: readonly T[], seed: number, salt = 0): T {
  // The index is always below the length.
  return items[below(items.length, seed, salt)] as T;
}

/** Numbers from 0 to 1 that the seed alone decides (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
