import { createHash } from 'node:crypto';
import { codeOf, emailOf, type Persona, personOf, thingOf, usernameOf } from './persona.ts';
import { below, fraction, mix, pick } from './random.ts';
import { cities, countries, jobs, nouns } from './words.ts';

/** Makes a value for one property: `seed` is the property's own, the persona that of the item around it. */
export type FakerMethod = (persona: Persona, seed: number, argument: unknown) => unknown;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const slugOf = (seed: number) => thingOf(seed).replace(' ', '-');
const sentence = (seed: number) => `${capital(thingOf(seed))} near the ${pick(nouns, seed, 6)}.`;

/**
 * The methods of faker that `x-faker` may name. faker itself is several megabytes, so these are the mock's own; a name
 * that is not here gives a value by the schema's type.
 *
 * @see https://fakerjs.dev/api/
 */
export const fakerMethods: Readonly<Record<string, FakerMethod>> = {
  'commerce.productName': (_, seed) => capital(thingOf(seed)),
  'company.name': (_, seed) =>
    `${capital(pick(nouns, seed, 7))} ${pick(['Inc', 'Labs', 'Group'], seed, 8)}`,
  'datatype.boolean': (_, seed) => fraction(seed) < 0.5,
  'helpers.arrayElement': (_, seed, argument) => {
    const [choices] = Array.isArray(argument) ? argument : [];
    return Array.isArray(choices) && choices.length > 0 ? pick(choices, seed) : undefined;
  },
  'image.avatar': (persona) => `https://example.com/avatars/${codeOf(persona.seed)}.png`,
  'image.url': (_, seed) => `https://example.com/images/${codeOf(seed)}.png`,
  'internet.domainName': (_, seed) => `${slugOf(seed)}.example.com`,
  'internet.email': (persona) => emailOf(persona),
  'internet.ip': (_, seed) => `192.0.2.${1 + below(254, seed)}`,
  'internet.ipv4': (_, seed) => `192.0.2.${1 + below(254, seed)}`,
  'internet.ipv6': (_, seed) => `2001:db8::${mix(seed, 9).toString(16).slice(0, 4)}`,
  'internet.url': (_, seed) => `https://example.com/${slugOf(seed)}`,
  'internet.userName': (persona) => usernameOf(persona),
  'internet.username': (persona) => usernameOf(persona),
  'location.city': (_, seed) => pick(cities, seed),
  'location.country': (_, seed) => pick(countries, seed)[0],
  'location.countryCode': (_, seed) => pick(countries, seed)[1],
  'lorem.paragraph': (_, seed) => `${sentence(seed)} ${sentence(mix(seed, 1))}`,
  'lorem.sentence': (_, seed) => sentence(seed),
  'lorem.slug': (_, seed) => slugOf(seed),
  'lorem.word': (_, seed) => pick(nouns, seed),
  'lorem.words': (_, seed) => thingOf(seed),
  'number.float': (_, seed) => Math.round(fraction(seed) * 10_000) / 100,
  'number.int': (_, seed) => below(1000, seed),
  'person.firstName': (persona) => personOf(persona).first,
  'person.fullName': (persona) => personOf(persona).full,
  'person.jobTitle': (_, seed) => pick(jobs, seed),
  'person.lastName': (persona) => personOf(persona).last,
  'phone.number': (_, seed) => `+1555${String(below(10_000_000, seed)).padStart(7, '0')}`,
  'string.alphanumeric': (_, seed) => codeOf(seed),
  'string.uuid': (_, seed) => uuidOf(seed),
};

/** A version 4 UUID that the seed decides. */
export function uuidOf(seed: number): string {
  const hex = createHash('sha256').update(String(seed)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
