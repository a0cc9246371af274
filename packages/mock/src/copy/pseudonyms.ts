import { type Schema, shapeOf } from '../api/schema.ts';
import { fakerMethods } from '../state/generate/faker.ts';
import { fits } from '../state/generate/fits.ts';
import type { Persona } from '../state/generate/persona.ts';
import { hash, mix } from '../state/generate/random.ts';
import { compileValue } from '../state/generate/values.ts';

/** Formats of texts that say nothing about a person. */
const impersonal = new Set(['date-time', 'date', 'time', 'duration', 'uuid', 'unixtime']);
/** Names of properties whose texts name a kind of thing, if they are single words. */
const kindName =
  /^(?:object|type|kind|status|state|role|roles|plan|tier|level|currency|country|language|locale|timezone|time_?zone|visibility|permissions?|scopes?|source|mode|version|code|action|event)$|_(?:type|kind|status|state|role|level|code|mode)$/i;
/** Names of properties that are about a person, numbers included. */
const personalName =
  /phone|mobile|fax|ssn|social_?security|tax_?(?:id|number)|passport|birth|postal|zip|latitude|longitude|salary|iban|card_?number/i;
const word = /^[a-zA-Z][\w.:-]{0,39}$/;
const address = /^[^\s@]+@[^\s@]+$/;
/** How many values are tried until one is another one's yet. */
const tries = 12;

/** Generated values that stand for others: the same one for the same value. */
export class Pseudonyms {
  readonly #seed: string;
  readonly #given = new Map<string, unknown>();
  readonly #taken = new Set<unknown>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Whether a property of this name is about a person, whatever its type is. */
  isPersonal(name: string): boolean {
    return personalName.test(name);
  }

  /**
   * Whether a text says what kind of thing something is, or when, rather than who: an enumerated value, a time, or a
   * word such as `owner` in a property whose examples are words, or whose name is that of a kind.
   *
   * @param schema undefined where the document says nothing
   */
  isKept(schema: Schema | undefined, root: Schema, name: string, text: string): boolean {
    if (address.test(text) || personalName.test(name)) return false;
    for (const one of schema ? shapeOf(schema, root).alternatives : []) {
      if (one.const === text || one.enum?.includes(text)) return true;
      if (one.format !== undefined && impersonal.has(one.format)) return true;
      if (one['x-faker'] !== undefined || one.format !== undefined) return false;
      const examples = [one.example, one.default, ...(one.examples ?? [])].filter(
        (each) => typeof each === 'string',
      );
      const areWords =
        examples.length > 0 && examples.every((each) => /^[a-z][\w.:-]*$/.test(each));
      if (areWords && word.test(text) && !/name/i.test(name)) return true;
    }
    if (/^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return true;
    return schema !== undefined && kindName.test(name) && word.test(text);
  }

  /** The value that stands for another one, in a place where its schema allows it. */
  of(value: string | number, schema: Schema, name: string, root: Schema): unknown {
    const alternatives = shapeOf(schema, root).alternatives;
    const fitting = (each: unknown) => alternatives.some((one) => fits(one, each));
    const key = `${typeof value} ${value}`;
    const known = this.#given.get(key);
    if (known !== undefined && fitting(known)) return known;
    let made: unknown;
    for (let i = 0; i < tries; i += 1) {
      made = make(value, schema, name, root, mix(hash(`${this.#seed} ${value}`), i));
      if (made !== value && !this.#taken.has(made)) break;
    }
    // Values that differ stay different, as far as the schema allows it.
    for (let i = 2; typeof made === 'string' && (made === value || this.#taken.has(made)); i += 1) {
      const numbered = numberedText(made, this.#taken.size + i);
      if (!fitting(numbered)) break;
      made = numbered;
    }
    if (known === undefined) this.#given.set(key, made);
    this.#taken.add(made);
    return made;
  }
}

function make(
  value: string | number,
  schema: Schema,
  name: string,
  root: Schema,
  seed: number,
): unknown {
  const persona: Persona = { seed, index: seed % 100_000, exemplary: false, ids: {} };
  const method =
    typeof value === 'string' && address.test(value)
      ? 'internet.email'
      : typeof value === 'string' && /^[a-z][a-z\d+.-]*:\/\//i.test(value)
        ? 'internet.url'
        : undefined;
  const plain = method && fakerMethods[method]?.(persona, seed, undefined);
  const fitting = shapeOf(schema, root).alternatives.find((one) => fits(one, plain));
  // What the schema says itself, such as an avatar, is better than what the value looks like.
  if (plain !== undefined && fitting && fitting['x-faker'] === undefined) return plain;
  const typed = shapeOf(schema, root).alternatives.find((one) => {
    const types = one.type === undefined ? [typeof value] : [one.type].flat();
    return types.some((type) => (type === 'integer' ? 'number' : type) === typeof value);
  });
  // The alternatives of a schema are made once, and what is compiled of them as well.
  const whole = typed?.type === undefined ? (anything[typeof value] ?? {}) : typed;
  const made = compileValue(whole, name, root)({ persona, row: seed, depth: 0 }, seed);
  if (typeof made === typeof value) return made;
  return typeof value === 'number' ? seed : String(made);
}

const anything: Record<string, Schema> = {
  string: { type: 'string' },
  number: { type: 'integer' },
};

function numberedText(text: string, number: number): string {
  const [, name, domain] = /^([^@]+)(@.+)$/.exec(text) ?? [];
  return name === undefined ? `${text} ${number}` : `${name}.${number}${domain}`;
}
