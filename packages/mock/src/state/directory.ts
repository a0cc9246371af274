import type { OrganizationUser } from '@org/types';
import { hash, type Seed } from './random.ts';
import { createUser, indexOfEmail } from './user.ts';

/** A page of users, and where it ends. */
export interface DirectoryPage {
  users: OrganizationUser[];
  hasMore: boolean;
}

/** What is asked of a page. */
export interface PageQuery {
  after?: string | undefined;
  emails?: readonly string[] | undefined;
  limit: number;
}

/** The users of the organization, which can change while the mock runs. */
export interface Directory {
  /** The user with this id, or undefined. It is frozen: `update` changes it. */
  get(id: string): OrganizationUser | undefined;
  /** All users, in the order in which pages list them. Makes every one of them: mind the size. */
  list(): OrganizationUser[];
  /**
   * Adds a user after all others. What is left out gets a generated value where the spec requires it.
   *
   * @throws {Error} if there is a user with this id
   * @example mock.directory.add({ id: 'user_new', email: 'new@example.com' });
   */
  add(user: Partial<OrganizationUser>): OrganizationUser;
  /**
   * Changes properties of a user; undefined removes a property.
   *
   * @throws {Error} if there is no such user, or if the id would change
   * @example mock.directory.update(id, { role: 'owner' });
   */
  update(id: string, changes: Partial<OrganizationUser>): OrganizationUser;
  /** Removes a user, and says whether there was one. Its id still works as a cursor: it marks the place. */
  remove(id: string): boolean;
  /** How many users there are. */
  readonly size: number;
}

const multiplier = 0x2c1b3c6d;
/** The multiplier's inverse modulo 2³²: what undoes it. */
const inverse = inverseOf(multiplier);
/** Generated users are kept, as long as there are not too many of them. */
const keptUsers = 20_000;

/**
 * A directory of generated users and what was done to them. A generated user is made when it is asked for, from its
 * place and the seed, so that a million of them cost nothing until then.
 *
 * A place is never given twice: what is removed leaves a gap, which keeps every cursor's meaning.
 */
export class UserDirectory implements Directory {
  #seed: number;
  #generated: number;
  readonly #given: readonly OrganizationUser[];
  /** Users that are not as generated, by their place; null where one was removed. */
  #changed = new Map<number, OrganizationUser | null>();
  /** Places of ids that cannot be computed. */
  #places = new Map<string, number>();
  /** Places of users that are not as generated, by their address in lower case. */
  #byEmail = new Map<string, Set<number>>();
  #kept = new Map<number, OrganizationUser>();
  #end = 0;
  #size = 0;

  constructor(users: number | readonly OrganizationUser[], seed: Seed) {
    this.#seed = hash(String(seed));
    this.#generated = typeof users === 'number' ? users : 0;
    this.#given = typeof users === 'number' ? [] : users.map((user) => structuredClone(user));
    this.reset();
  }

  get size(): number {
    return this.#size;
  }

  /** Back to the seed: everything that was added, changed or removed is forgotten. */
  reset(): void {
    this.#changed.clear();
    this.#places.clear();
    this.#byEmail.clear();
    this.#end = this.#generated;
    this.#size = this.#generated;
    for (const user of this.#given) this.add(user);
  }

  get(id: string): OrganizationUser | undefined {
    const place = this.#placeOf(id);
    return place === undefined ? undefined : this.#at(place);
  }

  list(): OrganizationUser[] {
    return this.page({ limit: Number.POSITIVE_INFINITY })?.users ?? [];
  }

  add(user: Partial<OrganizationUser>): OrganizationUser {
    const place = this.#end;
    const id = user.id ?? this.#idAt(place);
    if (this.get(id)) throw new Error(`There is already a user with the id ${JSON.stringify(id)}.`);
    const { object, added_at } = createUser(this.#seed, place, id);
    const added = freeze(structuredClone({ object, added_at, ...user, id }));
    this.#end += 1;
    this.#size += 1;
    this.#places.set(id, place);
    this.#change(place, added);
    return added;
  }

  update(id: string, changes: Partial<OrganizationUser>): OrganizationUser {
    const place = this.#placeOf(id);
    const user = place === undefined ? undefined : this.#at(place);
    if (place === undefined || !user)
      throw new Error(`There is no user with the id ${JSON.stringify(id)}.`);
    if (changes.id !== undefined && changes.id !== id) {
      throw new Error(`A user's id cannot change: ${JSON.stringify(id)} stays as it is.`);
    }
    const merged = Object.entries({ ...user, ...structuredClone(changes) });
    // Only properties that are set: the id and the other required ones are among them.
    const updated = freeze(
      Object.fromEntries(merged.filter(([, value]) => value !== undefined)),
    ) as OrganizationUser;
    this.#change(place, updated);
    return updated;
  }

  remove(id: string): boolean {
    const place = this.#placeOf(id);
    if (place === undefined || !this.#at(place)) return false;
    this.#places.set(id, place);
    this.#change(place, null);
    this.#size -= 1;
    return true;
  }

  /** The page after a cursor; undefined where nobody has ever had the cursor's id. */
  page({ after, emails, limit }: PageQuery): DirectoryPage | undefined {
    const cursor = after ? this.#placeOf(after) : -1;
    if (cursor === undefined) return undefined;
    const users: OrganizationUser[] = [];
    for (const place of emails ? this.#placesOf(emails) : this.#placesFrom(cursor + 1)) {
      if (place <= cursor) continue;
      const user = this.#at(place);
      if (!user) continue;
      if (users.length >= limit) return { users, hasMore: true };
      users.push(user);
    }
    return { users, hasMore: false };
  }

  *#placesFrom(start: number): Iterable<number> {
    for (let place = start; place < this.#end; place += 1) yield place;
  }

  /** The places of the users with these addresses, in order. */
  #placesOf(emails: readonly string[]): number[] {
    const places = new Set<number>();
    for (const email of emails) {
      const wanted = email.toLowerCase();
      for (const place of this.#byEmail.get(wanted) ?? []) places.add(place);
      const generated = indexOfEmail(wanted);
      if (generated === undefined || generated >= this.#generated) continue;
      if (emailOf(this.#at(generated)) === wanted) places.add(generated);
    }
    return [...places].sort((a, b) => a - b);
  }

  #at(place: number): OrganizationUser | undefined {
    const changed = this.#changed.get(place);
    if (changed !== undefined) return changed ?? undefined;
    const kept = this.#kept.get(place);
    if (kept) return kept;
    const user = freeze(createUser(this.#seed, place, this.#idAt(place)));
    if (this.#kept.size >= keptUsers) this.#kept.clear();
    this.#kept.set(place, user);
    return user;
  }

  #change(place: number, user: OrganizationUser | null): void {
    const before = emailOf(this.#changed.get(place));
    if (before) this.#byEmail.get(before)?.delete(place);
    this.#changed.set(place, user);
    const email = emailOf(user);
    if (!email) return;
    const places = this.#byEmail.get(email) ?? new Set();
    this.#byEmail.set(email, places.add(place));
  }

  /** Ids look random, but are the place in disguise: no index of them is needed. */
  #idAt(place: number): string {
    const code = Math.imul(place ^ this.#seed, multiplier) >>> 0;
    return `user_${code.toString(36).padStart(7, '0')}`;
  }

  #placeOf(id: string): number | undefined {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const code = /^user_([0-9a-z]{7})$/.exec(id)?.[1];
    if (!code) return undefined;
    const place = (Math.imul(Number.parseInt(code, 36), inverse) ^ this.#seed) >>> 0;
    return place < this.#generated && this.#idAt(place) === id ? place : undefined;
  }
}

/** Users are frozen through and through: whoever has seen one may rely on it, and keep what he made of it. */
function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) freeze(part);
  }
  return Object.freeze(value);
}

/** The address as it is compared. A test may have given a user one that is no text: the contract finds it, not we. */
function emailOf(user: OrganizationUser | null | undefined): string | undefined {
  return typeof user?.email === 'string' ? user.email.toLowerCase() : undefined;
}

/** Newton's method: every step doubles the number of bits that are right. */
function inverseOf(odd: number): number {
  let value = odd;
  for (let i = 0; i < 5; i += 1) value = Math.imul(value, 2 - Math.imul(odd, value));
  return value;
}
