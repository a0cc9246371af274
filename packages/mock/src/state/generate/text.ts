import type { Schema } from '../../api/schema.ts';
import { uuidOf } from './faker.ts';
import { fits } from './fits.ts';
import { compilePattern } from './pattern.ts';
import { codeOf, emailOf, type Persona, thingOf } from './persona.ts';
import { below, fraction, mix, pick } from './random.ts';
import { beginningOf, writeTime } from './times.ts';
import { nouns } from './words.ts';

type TextMaker = (persona: Persona, seed: number) => string;

const slugOf = (seed: number) => thingOf(seed).replace(' ', '-');
const url = (seed: number) => `https://example.com/${slugOf(seed)}`;

const formats: Record<string, TextMaker> = {
  email: (persona) => emailOf(persona),
  'idn-email': (persona) => emailOf(persona),
  uri: (_, seed) => url(seed),
  url: (_, seed) => url(seed),
  iri: (_, seed) => url(seed),
  'uri-reference': (_, seed) => `/${slugOf(seed)}`,
  'iri-reference': (_, seed) => `/${slugOf(seed)}`,
  'uri-template': (_, seed) => `/${slugOf(seed)}/{id}`,
  uuid: (_, seed) => uuidOf(seed),
  hostname: (_, seed) => `${slugOf(seed)}.example.com`,
  'idn-hostname': (_, seed) => `${slugOf(seed)}.example.com`,
  ipv4: (_, seed) => `192.0.2.${1 + below(254, seed)}`,
  ipv6: (_, seed) => `2001:db8::${mix(seed, 9).toString(16).slice(0, 4)}`,
  'date-time': (_, seed) => String(writeTime(beginningOf(seed), 'date-time')),
  date: (_, seed) => String(writeTime(beginningOf(seed), 'date')),
  time: (_, seed) => `${String(writeTime(beginningOf(seed), 'date-time')).slice(11, 19)}Z`,
  duration: (_, seed) => `PT${1 + below(59, seed)}M`,
  byte: (_, seed) => btoa(thingOf(seed)),
  'json-pointer': (_, seed) => `/${pick(nouns, seed)}`,
  'relative-json-pointer': () => '0',
  regex: () => '^[a-z]+$',
};

/** Whether texts of a format are made by it. */
export function isKnownFormat(format: string | undefined): boolean {
  return format !== undefined && Object.hasOwn(formats, format);
}

/** Makes texts by a schema's format, pattern, bounds and, where it has none of them, by the property's name. */
export function compileText(schema: Schema, name: string): TextMaker {
  const format = isKnownFormat(schema.format) ? formats[schema.format ?? ''] : undefined;
  if (format) return fallback(schema, format);
  const ofPattern =
    schema.pattern === undefined ? undefined : compilePattern(schema.pattern, schema.minLength);
  if (ofPattern) {
    return (_, seed) => {
      // A pattern says little about length: some of what it allows is as long as the bounds want.
      for (let salt = 0; salt < 20; salt += 1) {
        const text = ofPattern(mix(seed, salt));
        if (fits(schema, text)) return text;
      }
      return ofPattern(seed);
    };
  }
  return fallback(schema, byName(name));
}

/** What the last word of a property's name says about its text. */
function byName(name: string): TextMaker {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  const stem = words.slice(0, -1).join('_');
  switch (words.at(-1)) {
    case 'id':
      return (_, seed) => `${stem || 'obj'}_${codeOf(seed)}`;
    case 'url':
    case 'uri':
      return (_, seed) => url(seed);
    default:
      return (_, seed) => {
        const thing = thingOf(seed);
        return thing.charAt(0).toUpperCase() + thing.slice(1);
      };
  }
}

function fallback(schema: Schema, make: TextMaker): TextMaker {
  return (persona, seed) => {
    const text = make(persona, seed);
    return fits(schema, text) ? text : ofLength(schema, text, seed);
  };
}

/** A text cut or drawn out to the length that a schema wants. */
function ofLength(
  { minLength = 0, maxLength = Infinity }: Schema,
  text: string,
  seed: number,
): string {
  let long = text;
  for (let i = 0; long.length < minLength; i += 1) long += ` ${pick(nouns, seed, i)}`;
  const length = Math.max(minLength, Math.min(long.length, maxLength));
  // No space at the end, which a trimming program would take off.
  return long.slice(0, length).replace(/ $/, fraction(seed) < 0.5 ? 'a' : 'e');
}

/**
 * How ids begin, by an example such as `user_abc`: letters, a separator and a stand-in for the rest. Undefined for a
 * text that is not an id.
 */
export function idPrefixOf(example: unknown): string | undefined {
  if (typeof example !== 'string') return undefined;
  return /^((?:[a-z]+[_-])+)(?:abc|def|ghi|xyz|[a-z]*\d[a-z0-9]*)$/i.exec(example)?.[1];
}
