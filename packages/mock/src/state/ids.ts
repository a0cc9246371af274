import { type Schema, shapeOf } from '../engine/schema.ts';
import { hash } from './random.ts';

/**
 * The ids of generated items: each looks random, but is the item's place in disguise, so that no index of them is
 * needed.
 */
export interface IDs {
  /** The id at a place, as the item holds it: a string, or a number where the schema says so. */
  at(place: number): string | number;
  /** The place that an id stands for; undefined where {@link IDs.at} gives it to no place. */
  placeOf(id: string): number | undefined;
  /** A number that belongs to an id in every scope; those of neighboring places follow each other. */
  rowOf(id: string): number;
}

const multiplier = 0x2c1b3c6d;
/** The multiplier's inverse modulo 2³²: what undoes it. */
const inverse = inverseOf(multiplier);

/**
 * Ids as the schema of the item's id wants them: `user_0k3f9zt` after a prefix, a UUID, or a number.
 *
 * @param seed a 32-bit number; ids of another seed are others
 * @param offset where a scope's ids begin among those of the seed, so that each scope has its own
 */
export function createIDs(
  prefix: string,
  seed: number,
  schema: Schema | boolean = {},
  offset = 0,
): IDs {
  const disguise = (place: number) => Math.imul((place + offset) ^ seed, multiplier) >>> 0;
  const undisguise = (code: number) => ((Math.imul(code, inverse) ^ seed) - offset) >>> 0;
  const [shape = {}] = shapeOf(schema).alternatives;
  const types = shape.type === undefined ? ['string'] : [shape.type].flat();
  if (!types.includes('string') && (types.includes('integer') || types.includes('number'))) {
    const first = Math.max(1, Math.ceil(shape.minimum ?? 1));
    return {
      at: (place) => first + place,
      placeOf: (id) =>
        /^\d{1,15}$/.test(id) && Number(id) >= first ? Number(id) - first : undefined,
      rowOf: (id) => hash(id),
    };
  }
  const [write, read] = shape.format === 'uuid' ? uuid(seed) : prefixed(prefix);
  const placeOf = (id: string) => {
    const code = read(id);
    if (code === undefined) return undefined;
    const place = undisguise(code);
    // Not every spelling of a number is the one that is given out.
    return write(disguise(place)) === id ? place : undefined;
  };
  return {
    at: (place) => write(disguise(place)),
    placeOf,
    rowOf(id) {
      const place = placeOf(id);
      return place === undefined ? hash(id) : (place + offset) >>> 0;
    },
  };
}

type Spelling = [write: (code: number) => string, read: (id: string) => number | undefined];

function prefixed(prefix: string): Spelling {
  return [
    (code) => prefix + code.toString(36).padStart(7, '0'),
    (id) => {
      const rest = id.startsWith(prefix) ? id.slice(prefix.length) : '';
      return /^[0-9a-z]{7}$/.test(rest) ? Number.parseInt(rest, 36) : undefined;
    },
  ];
}

function uuid(seed: number): Spelling {
  const tail = (seed >>> 0).toString(16).padStart(8, '0');
  const rest = `-${tail.slice(0, 4)}-4${tail.slice(4, 7)}-8${tail.slice(5)}-${tail}${tail.slice(4)}`;
  return [
    (code) => code.toString(16).padStart(8, '0') + rest,
    (id) => (/^[0-9a-f]{8}-/.test(id) ? Number.parseInt(id.slice(0, 8), 16) : undefined),
  ];
}

/** Newton's method: every step doubles the number of bits that are right. */
function inverseOf(odd: number): number {
  let value = odd;
  for (let i = 0; i < 5; i += 1) value = Math.imul(value, 2 - Math.imul(odd, value));
  return value;
}
