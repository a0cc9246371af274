/** What a mock copies from a server. */
export interface CopyOptions {
  /** The base address of the API, as a client takes it: `https://api.openai.com/v1`. */
  url: string;
  /**
   * The collections to read; others are empty in the copy.
   *
   * @default all of them
   * @example ['users', 'users.roles']
   */
  only?: readonly string[];
  /**
   * How many items to read of each list. A list below an item, such as the roles of one user, is a list of its own.
   *
   * @default all of them
   */
  limit?: number;
  /**
   * How many requests are sent at the same time, from 1 to 64.
   *
   * @default 4
   */
  concurrency?: number;
  /**
   * Whether names, addresses and free text are replaced by generated ones: the same one for the same value. Ids, times,
   * numbers and texts that name a kind, such as a role or a status, are kept.
   *
   * @default false
   */
  anonymize?: boolean;
  /**
   * Whether `anonymize` replaces ids as well, and whatever refers to them, by others of the same form.
   *
   * @default false
   */
  mapIDs?: boolean;
  /** Ends the copy: `startMock` rejects then. */
  signal?: AbortSignal;
  /** Called after every response that was read. */
  onProgress?: (progress: CopyProgress) => void;
}

/** How far a copy is. */
export interface CopyProgress {
  /** The collection that is being read. */
  collection: string;
  /** How many of its items were read so far. */
  items: number;
  /** The total number of items, if the server sends it. */
  total?: number;
  /** How many of its lists were read, and how many there are: one for each item above. */
  lists: { read: number; all: number };
  /** How many requests were sent so far, for all collections. */
  requests: number;
  /** How many of them were sent again, after a failure or a limit. */
  retries: number;
}

/** What a copy has, and what it does not have. */
export interface CopyReport {
  /** How many items were read, by the name of the collection. */
  items: Readonly<Record<string, number>>;
  /** How many requests were sent. */
  requests: number;
  /** What could not be read, or not be taken over as it is. Empty if the copy is complete. */
  problems: readonly CopyProblem[];
}

/** Something that a copy does not have, or has in another form than the server. */
export interface CopyProblem {
  /** The name of the collection, or of the single object. */
  collection: string;
  /** Why, in one sentence. */
  reason: string;
  /** How many items or lists it is about; 0 if it is about the collection as a whole. */
  count: number;
  /** The ids of the first 1,000 of them; an item below others after the ids above it: `user_abc/role_abc`. */
  ids: readonly string[];
}

/** Thrown where there is nothing to copy: the server does not answer, rejects the key, or is not the API. */
export class CopyError extends Error {
  override name: string = 'CopyError';
}

/** @throws {TypeError} that says which part of `from` is invalid */
export function checkCopyOptions(from: string | CopyOptions): CopyOptions {
  const options = typeof from === 'string' ? { url: from } : from;
  if (typeof options !== 'object' || options === null)
    throw new TypeError('from must be the address of a server, or an object with its `url`.');
  const { url, only, limit, concurrency, anonymize, mapIDs } = options;
  const problem = addressProblem(url);
  if (problem) throw new TypeError(`from must be ${problem}.`);
  const check = (name: string, value: unknown, isValid: boolean, expected: string) => {
    if (value === undefined || isValid) return;
    throw new TypeError(`from.${name} must be ${expected}, not ${JSON.stringify(value)}.`);
  };
  const areNames = Array.isArray(only) && only.every((one) => typeof one === 'string');
  check('only', only, areNames && only.length > 0, 'an array of names of collections');
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
  check('limit', limit, isCount(limit), 'a positive number of items');
  const isFew = isCount(concurrency) && Number(concurrency) <= 64;
  check('concurrency', concurrency, isFew, 'a number of requests from 1 to 64');
  check('anonymize', anonymize, typeof anonymize === 'boolean', 'true or false');
  check('mapIDs', mapIDs, typeof mapIDs === 'boolean', 'true or false');
  if (mapIDs && !anonymize) throw new TypeError('from.mapIDs is a part of anonymize: set both.');
  return options;
}

/** What an address should be and is not; undefined for one that can be copied. The address is not shown. */
export function addressProblem(url: unknown): string | undefined {
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url))
    return 'an http(s) URL such as https://api.example.com/v1';
  const { username, password, search, hash } = new URL(url);
  if (username || password) return 'a URL without credentials: the key comes from the environment';
  if (search || hash) return 'a URL without query and fragment';
  return undefined;
}
