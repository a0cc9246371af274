import type { OrganizationUser } from '@org/types';
import { type Schema, userSchema } from '../engine/operations.ts';
import { createRandom } from './random.ts';

const firstNames =
  'Ada Alan Annie Barbara Claude Dorothy Donald Edsger Evelyn Frances Grace Hedy Ida Jean John Joan Karen Katherine ' +
  'Ken Leslie Lynn Margaret Mary Niklaus Radia Rosa Sophie Stephanie Tim Vera Wendy Yukihiro';
const lastNames =
  'Adams Allen Berezin Boyd Carter Clarke Conway Dijkstra Easley Estrin Floyd Goldberg Hamilton Holberton Hopper ' +
  'Jones Keller Lamarr Liskov Lovelace Meyer Moore Nygaard Perlman Rhodes Ritchie Shannon Snyder Tarjan Turing ' +
  'Wilson Wirth';
const first = firstNames.split(' ');
const last = lastNames.split(' ');

/** What generated texts are about, by the property that holds them. Others get their schema's example, or a word. */
type Persona = Readonly<Record<string, string | readonly string[]>>;

/** How often an optional property is left out, and how often one that may be null is null. */
const absent = 0.15;
const isNull = 0.15;

/**
 * Makes a user from its place in the directory, by the spec's schema: every property that the spec knows appears, is
 * left out where it is optional, and is null where it may be, in some of the users.
 */
export function createUser(seed: number, index: number, id: string): OrganizationUser {
  const random = createRandom(seed ^ Math.imul(index + 1, 0x9e3779b1));
  const name = `${pick(first, random)} ${pick(last, random)}`;
  const persona: Persona = {
    id,
    name,
    email: emailOf(name, index),
    picture: `https://example.com/pictures/${id}.png`,
    developer_persona: ['backend', 'frontend', 'data', 'research', 'operations'],
    technical_level: ['beginner', 'intermediate', 'advanced'],
  };
  // The generator follows the schema, which is where the type comes from.
  return createValue(userSchema, '', persona, random) as OrganizationUser;
}

/** The index that an address of a generated user ends in; undefined for any other address. */
export function indexOfEmail(email: string): number | undefined {
  const digits = /\.(\d+)@example\.com$/i.exec(email)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function emailOf(name: string, index: number): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}.${index}@example.com`;
}

function createValue(
  schema: Schema,
  name: string,
  persona: Persona,
  random: () => number,
): unknown {
  if ('const' in schema) return schema.const;
  const choices = schema.oneOf ?? [schema];
  const types = choices.flatMap(({ type = [] }) => type);
  if (types.includes('null') && random() < isNull) return null;
  const { type, ...chosen } = choices.find((choice) => choice.type !== 'null') ?? schema;
  switch (types.find((candidate) => candidate !== 'null')) {
    case 'object':
      return createObject(chosen, persona, random);
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, (_, i) => {
        const word = pick(last, random);
        const item: Persona = {
          ...persona,
          id: `proj_${word.toLowerCase()}${i}`,
          name: `${word} project`,
        };
        return createValue(chosen.items ?? {}, '', item, random);
      });
    case 'boolean':
      return random() < 0.5;
    case 'integer':
    case 'number':
      return chosen.format === 'unixtime' ? unixTime(random) : Math.floor(random() * 1000);
    default:
      return createText(chosen, name, persona, random);
  }
}

function createObject(
  schema: Schema,
  persona: Persona,
  random: () => number,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!schema.required?.includes(name) && random() < absent) continue;
    value[name] = createValue(property, name, persona, random);
  }
  return value;
}

function createText(schema: Schema, name: string, persona: Persona, random: () => number): unknown {
  const known = persona[name] ?? schema.enum ?? schema.examples;
  if (typeof known === 'string') return known;
  return known && known.length > 0 ? pick(known, random) : pick(last, random).toLowerCase();
}

/** A time between 2023 and 2025, in Unix seconds: the past, whenever the mock runs. */
function unixTime(random: () => number): number {
  const start = Date.UTC(2023, 0, 1) / 1000;
  return start + Math.floor(random() * 3 * 365 * 24 * 3600);
}

function pick<T>(items: readonly T[], random: () => number): T {
  // The arrays are never empty, and the index is always below their length.
  return items[Math.floor(random() * items.length)] as T;
}
