/** The header that names the session of a request. */
export const sessionHeader = 'x-mock-session';

/** How many sessions are kept, and for how long. */
export interface SessionOptions {
  /**
   * The most sessions. A new one takes the place of the one that was not used for the longest.
   *
   * @default 100
   */
  max?: number;
  /**
   * Milliseconds after which a session that is not used is dropped.
   *
   * @default 3_600_000, an hour
   */
  idle?: number;
}

/** A session as the control endpoints list it. */
export interface SessionInfo {
  name: string;
  /** How many requests its journal has. */
  requests: number;
  /** When it was last used, in milliseconds since 1970. */
  used: number;
}

interface Kept {
  readonly isIdle: boolean;
  readonly requests: readonly unknown[];
  readonly control: { close(): void };
}

/** Thrown if a new session would replace one with in-flight requests. */
export class TooManySessions extends Error {}

/** What is wrong with the name of a session; undefined where nothing is. */
export function problemOfName(name: unknown): string | undefined {
  if (typeof name === 'string' && /^[\w.-]{1,64}$/.test(name)) return undefined;
  const shown = JSON.stringify(name)?.slice(0, 100);
  return `The name of a session must be 1 to 64 letters, digits and ._-, not ${shown}.`;
}

/** The sessions by their names, those used last at the end. Bounded in number and age. */
export class Sessions<Session extends Kept> {
  readonly #sessions = new Map<string, { session: Session; used: number }>();
  readonly #create: (name: string) => Session;
  readonly #max: number;
  readonly #idle: number;

  constructor(create: (name: string) => Session, { max = 100, idle = 3_600_000 }: SessionOptions) {
    this.#create = create;
    this.#max = max;
    this.#idle = idle;
  }

  /**
   * The session of a name, which is made when it is first named. The name must be valid.
   *
   * @throws {TooManySessions} if there is no room for it
   */
  get(name: string): Session {
    this.#dropOld();
    const known = this.#sessions.get(name)?.session;
    if (!known && this.#sessions.size >= this.#max) this.#dropOldest();
    const session = known ?? this.#create(name);
    this.#sessions.delete(name);
    this.#sessions.set(name, { session, used: Date.now() });
    return session;
  }

  list(): SessionInfo[] {
    this.#dropOld();
    return [...this.#sessions].map(([name, { session, used }]) => ({
      name,
      requests: session.requests.length,
      used,
    }));
  }

  /** Those that are there, whether or not they are used. */
  *all(): Iterable<Session> {
    for (const { session } of this.#sessions.values()) yield session;
  }

  #dropOld(): void {
    const oldest = Date.now() - this.#idle;
    for (const [name, { session, used }] of this.#sessions) {
      if (used > oldest) return;
      if (session.isIdle) this.#sessions.delete(name);
    }
  }

  #dropOldest(): void {
    for (const [name, { session }] of this.#sessions) {
      if (!session.isIdle) continue;
      this.#sessions.delete(name);
      return;
    }
    throw new TooManySessions(
      `All ${this.#max} sessions have requests under way. Name fewer sessions, or raise \`sessions.max\`.`,
    );
  }
}
