import { mix, pick } from './random.ts';
import { adjectives, firstNames, lastNames, nouns } from './words.ts';

/** Whom or what an item is about, so that its texts agree: a name and the email address made of it. */
export interface Persona {
  seed: number;
  /** The item's index in its collection. */
  index: number;
  /** Whether the item is one of the first that are shown, and should show what its type is about. */
  exemplary: boolean;
  /** Ids that are known here, by how they begin: the item's own, and those of what it belongs to. */
  ids: Readonly<Record<string, string | number>>;
}

/** The person's names. */
export function personOf({ seed }: Persona): { first: string; last: string; full: string } {
  const first = pick(firstNames, seed, 1);
  const last = pick(lastNames, seed, 2);
  return { first, last, full: `${first} ${last}` };
}

/** `ada.lovelace`, and from the second item on the index, which makes it unique: `ada.lovelace17`. */
export function usernameOf(persona: Persona): string {
  const { first, last } = personOf(persona);
  return `${first}.${last}${persona.index || ''}`.toLowerCase();
}

/** The address of an item's person; see {@link indexOfEmail}. */
export function emailOf(persona: Persona): string {
  return `${usernameOf(persona)}@example.com`;
}

/** The index of the only generated item that can have an address; undefined where none can. */
export function indexOfEmail(email: string): number | undefined {
  const match = /^[a-z.]+(\d{0,10})@example\.com$/i.exec(email);
  return match ? Number(match[1]) : undefined;
}

/** Two words that name a thing: `quiet harbor`. */
export function thingOf(seed: number): string {
  return `${pick(adjectives, seed, 3)} ${pick(nouns, seed, 4)}`;
}

/** Seven letters and digits that identify something. */
export function codeOf(seed: number): string {
  return mix(seed, 5).toString(36).padStart(7, '0');
}
