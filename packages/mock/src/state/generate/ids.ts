import { type Schema, shapeOf } from '../../api/schema.ts';
import { fits } from './fits.ts';
import type { IDs } from './generated-ids.ts';
import { listedIDs } from './listed-ids.ts';
import { hash, mix } from './random.ts';

const multiplier = 0x2c1b3c6d;
/** The multiplier's inverse modulo 2³²: what undoes it. */
const inverse = inverseOf(multiplier);

/** How many scopes have numbers of their own, and how many of them. */
const [places, perPlace] = [100_000, 10_000];

/**
 * Ids as the schema of the item's id wants them: `user_0k3f9zt` after a prefix, a UUID, or a number.
 *
 * @param seed a 32-bit number; ids of another seed are others
 * @param offset where a scope's ids begin among those of the seed, so that each scope has its own
 * @param isListed whether a list shows the items of every scope: numbers, which count from 1 in each scope, are then others
 */
export function createIDs(
  prefix: string,
  seed: number,
  schema: Schema | boolean = {},
  offset = 0,
  isListed = false,
): IDs {
  const encode = (index: number) => Math.imul((index + offset) ^ seed, multiplier) >>> 0;
  const decode = (code: number) => ((Math.imul(code, inverse) ^ seed) - offset) >>> 0;
  const [shape = {}] = shapeOf(schema).alternatives;
  const types = shape.type === undefined ? ['string'] : [shape.type].flat();
  const isNumber = types.includes('number') && !types.includes('string');
  if (types.includes('integer') || isNumber) {
    const { minimum = 1, maximum = Infinity } = shape;
    const place = isListed && maximum >= places * perPlace ? offset % places : 0;
    const first = Math.max(1, Math.ceil(minimum)) + place * perPlace;
    const most = isListed ? perPlace : Infinity;
    return {
      at: (index) => first + index,
      indexOf(id) {
        const index = /^\d{1,15}$/.test(id) ? Number(id) - first : -1;
        return index >= 0 && index < most ? index : undefined;
      },
      rowOf: (id) => hash(id),
    };
  }
  const fitting = [prefix, ''].find((one) =>
    isAllowed(shape, (index) => prefixed(one)[0](encode(index))),
  );
  const counted = shape.format !== 'uuid' && fitting === undefined ? counting(shape) : undefined;
  if (counted) return counted;
  const isUUID =
    shape.format === 'uuid' || (fitting === undefined && isAllowed(shape, () => uuid(seed)[0](1)));
  const listed = isUUID || fitting !== undefined ? undefined : listedIDs(shape, mix(seed, offset));
  if (listed) return listed;
  const [write, read] = isUUID ? uuid(seed) : prefixed(fitting ?? prefix);
  const indexOf = (id: string) => {
    const code = read(id);
    if (code === undefined) return undefined;
    const index = decode(code);
    // Not every spelling of a number is the one that is given out.
    return write(encode(index)) === id ? index : undefined;
  };
  return {
    at: (index) => write(encode(index)),
    indexOf,
    rowOf(id) {
      const index = indexOf(id);
      return index === undefined ? hash(id) : (index + offset) >>> 0;
    },
  };
}

/** The same ids, but for the first one. */
export function beginningWith(first: string, { at, indexOf, rowOf }: IDs): IDs {
  return {
    at: (index) => (index === 0 ? first : at(index)),
    indexOf(id) {
      const index = id === first ? 0 : indexOf(id);
      return index === 0 && id !== first ? undefined : index;
    },
    rowOf,
  };
}

type Spelling = [write: (code: number) => string, read: (id: string) => number | undefined];

/** Whether the schema allows ids that are written in a way: a few of them show every digit. */
function isAllowed(schema: Schema, at: (index: number) => string | number): boolean {
  return Array.from({ length: 40 }, (_, index) => at(index)).every((id) => fits(schema, id));
}

/** Ids that count up, as long as the schema's pattern and bounds want them; undefined where that fits none. */
function counting(schema: Schema): IDs | undefined {
  const { pattern = '', minLength = 0, maxLength = Infinity } = schema;
  // `^CA[0-9a-f]{32}$` and `^[C][A][0-9a-f]{32}$` begin with `CA`.
  const plain = pattern.replaceAll(/\[([\w-])\](?![*+?{])/g, '$1');
  const [, start = ''] = /^\^([\w-]*)(?=[[\\(.]|$)/.exec(plain) ?? [];
  const repeated = Number(/\{(\d+)/.exec(pattern)?.[1] ?? 0);
  const width = Math.min(maxLength, Math.max(minLength, start.length + (repeated || 8)));
  for (const radix of [10, 16]) {
    for (const text of [String, (id: string) => id.toUpperCase()]) {
      const write = (index: number) =>
        start + text(`1${index.toString(radix).padStart(width - start.length - 1, '0')}`);
      if (!isAllowed(schema, write)) continue;
      const indexOf = (id: string) => {
        const index = Number.parseInt(id.slice(start.length + 1), radix);
        return Number.isSafeInteger(index) && write(index) === id ? index : undefined;
      };
      return { at: write, indexOf, rowOf: hash };
    }
  }
  return undefined;
}

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
