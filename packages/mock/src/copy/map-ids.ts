import { below, hash } from '../state/generate/random.ts';

/** Whether a property of this name holds an id: `id`, `user_id`, `userId`, `role_ids`, `uuid`. */
export function isIDName(name: string): boolean {
  return /^(?:id|uuid|guid)$|[_-]ids?$|[a-z]I[dD]s?$/.test(name);
}

/** Letters and digits are replaced by others of their kind: what has the form of an id keeps it. */
const kinds = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const hexadecimal = ['0123456789', 'abcdef', 'ABCDEF'];
/** How many ids are tried before one is made longer: there are few of one digit. */
const tries = 200;

/** Ids, and others that stand for them: the same one for the same id, in all collections. */
export class IDMap {
  readonly #known = new Set<string>();
  readonly #mapped = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Notes an id that occurs. */
  add(id: string): void {
    this.#known.add(id);
  }

  /** Whether a text is an id that occurs. Short numbers may be anything. */
  has(text: string): boolean {
    return this.#known.has(text) && !/^\d{1,5}$/.test(text);
  }

  /** The id that stands for another one. */
  of(id: string): string {
    const known = this.#mapped.get(id);
    if (known !== undefined) return known;
    let mapped = '';
    let longer = '';
    for (let i = 0; mapped === '' || mapped === id || this.#taken.has(mapped); i += 1) {
      if (i > 0 && i % tries === 0) longer += '0';
      mapped = scramble(id + longer, hash(`${this.#seed} ${id} ${i}`));
      // Nothing in it that could be replaced.
      if (!/[0-9a-z]/i.test(id)) break;
    }
    this.#mapped.set(id, mapped);
    this.#taken.add(mapped);
    return mapped;
  }

  /** A text in which ids that occur are replaced: those in an address, say. */
  inText(text: string): string {
    return text.replace(/[\w-]+/g, (word) => (this.has(word) ? this.of(word) : word));
  }
}

/** Replaces the characters after the prefix: `user_3Fa9` becomes `user_8Qd1`. */
function scramble(id: string, seed: number): string {
  const prefix = /^[a-z]+[_-](?=.)/i.exec(id)?.[0] ?? '';
  const rest = id.slice(prefix.length);
  const alphabets = /^[0-9a-f-]+$/i.test(rest) ? hexadecimal : kinds;
  const isUUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(rest);
  const isNumber = /^\d+$/.test(rest);
  let at = -1;
  const scrambled = rest.replace(/[0-9a-z]/gi, (character, place: number) => {
    at += 1;
    // The version and the variant of a UUID.
    if (isUUID && (place === 14 || place === 19)) return character;
    const alphabet = alphabets.find((one) => one.includes(character)) ?? kinds[0] ?? '';
    // A number has no zero in front.
    const first = isNumber && at === 0 ? 1 : 0;
    return alphabet[first + below(alphabet.length - first, seed, at)] ?? character;
  });
  return prefix + scrambled;
}
