import type { Schema } from '../../api/schema.ts';
import { fits } from './fits.ts';
import type { IDs } from './generated-ids.ts';
import { compilePattern } from './pattern.ts';
import { hash, mix } from './random.ts';

/** How many ids are made to find the index of one. */
const searched = 1000;
/** How many of them a pattern has to allow. */
const few = 10;
/** How often another value is tried where one is taken: a pattern may have few. */
const attempts = 50;

/**
 * Ids that a pattern allows and that encode no index: those that were made are kept. Undefined where too few can be made.
 */
export function listedIDs(schema: Schema, seed: number): IDs | undefined {
  const { pattern, minLength = 0 } = schema;
  const make = pattern === undefined ? undefined : compilePattern(pattern, minLength);
  if (!make) return undefined;
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  const next = (): string | undefined => {
    for (let salt = 0; salt < attempts; salt += 1) {
      const id = make(mix(mix(seed, ids.length), salt));
      if (!indexes.has(id) && fits(schema, id)) return id;
    }
    return undefined;
  };
  const grow = (length: number): boolean => {
    while (ids.length < length) {
      const id = next();
      if (id === undefined) return false;
      indexes.set(id, ids.length);
      ids.push(id);
    }
    return true;
  };
  if (!grow(few)) return undefined;
  return {
    at: (index) => (grow(index + 1) ? (ids[index] ?? '') : `${ids[0]}${index}`),
    indexOf(id) {
      if (!indexes.has(id)) grow(searched);
      return indexes.get(id);
    },
    rowOf: hash,
  };
}
