import { closest } from '@org/openapi';
import type { Collections } from './api.gen.ts';
import type { ItemOf, ScopeOf } from './collection.ts';
import { type FaultRule, isDelay, longestDelay } from './control/fault-rule.ts';
import type { RecordedRequest } from './control/journal.ts';
import type { Handlers } from './handlers.ts';
import type { Keys } from './prism/keys.ts';
import type { SessionOptions } from './sessions.ts';
import type { Seed } from './state/generate/random.ts';
import { isSnapshot, type Snapshot } from './state/snapshot.ts';

/**
 * The initial items of collections: a number of generated items, or the items themselves. In a nested collection, the
 * number applies to each scope, and items have the scope's parameters.
 */
export type DataOptions = {
  [Name in keyof Collections]?:
    | number
    | readonly (Partial<ItemOf<Collections[Name]>> & ScopeOf<Collections[Name]>)[];
};

/** Options of both entry points. */
export interface MockOptions {
  /**
   * The initial items of the collections. Missing required properties are generated.
   *
   * @default generated items: the number in `x-mock: { seed }`, else 100, or 3 below each parent
   * @example createMock({ data: { users: 250 } })
   * @example createMock({ data: snapshot }) // of another mock, or of a file that `org-mock --save` wrote
   * @example createMock({ data: { users: [{ id: 'user_abc' }], 'users.roles': [{ user_id: 'user_abc', id: 'role_abc' }] } })
   */
  data?: DataOptions | Snapshot;
  /**
   * Functions that respond to operations instead of the mock, as with `mock.handle`.
   *
   * @default {}
   */
  handlers?: Handlers;
  /**
   * Determines generated items, and which requests probabilistic faults hit. The same seed gives the same bytes.
   *
   * @default 1
   */
  seed?: Seed;
  /**
   * The accepted credentials: of all security schemes, or by the name of a scheme in the spec. Those of HTTP Basic are
   * written as `name:password`.
   *
   * @default all are accepted, also for schemes that are not named
   * @throws {TypeError} if no operation of the document asks for any
   * @example createMock({ keys: ['sk-admin-test'] })
   * @example createMock({ keys: { apiKey: ['key-a', 'key-b'], basic: ['ada:secret'] } })
   */
  keys?: Keys;
  /**
   * Milliseconds before every response, or a range of them.
   *
   * @default 0
   * @example createMock({ latency: [50, 200] })
   */
  latency?: number | [number, number];
  /**
   * Fault rules that are active from the start, and again after a reset.
   *
   * @default []
   * @example createMock({ faults: [{ status: 429, retryAfter: 1, probability: 0.1 }] })
   */
  faults?: readonly FaultRule[];
  /**
   * Whether the control endpoints, `/_mock/…`, are there.
   *
   * @default true
   */
  control?: boolean;
  /**
   * Whether a query parameter that the operation does not have is a 400, and a required cookie that is missing. Otherwise
   * the journal has a warning.
   *
   * @default false
   */
  strict?: boolean;
  /**
   * How many sessions are kept, and for how long. See `Mock.session`.
   *
   * @default { max: 100, idle: 3_600_000 }
   * @example createMock({ sessions: { max: 500, idle: 60_000 } })
   */
  sessions?: SessionOptions;
  /** Called with every request, once it is answered. An error that it throws is printed; the answer is not changed. */
  logger?: (request: RecordedRequest) => void;
}

/** The seed of a mock: that of a snapshot it begins with, unless the options say another one. */
export function seedOf({ seed, data }: Pick<MockOptions, 'seed' | 'data'>): Seed {
  return seed ?? (isSnapshot(data) ? data.seed : 1);
}

/** The names of the options of `createMock`. */
const mockOptions: Record<keyof MockOptions | 'api', true> = {
  api: true,
  data: true,
  handlers: true,
  seed: true,
  keys: true,
  latency: true,
  faults: true,
  control: true,
  strict: true,
  sessions: true,
  logger: true,
};

/** The names of the options that `startMock` has besides. */
const serverOptions = ['from', 'spec', 'port', 'host', 'cors', 'allowedHosts', 'requestTimeout'];

/**
 * Refuses options that would be passed over in silence.
 *
 * @throws {TypeError} that names the option
 */
export function checkOptions(
  options: Omit<MockOptions, 'data' | 'handlers'> & { handlers?: object },
  entryPoint: 'createMock' | 'startMock',
): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${entryPoint} takes an object of options, not ${typeof options}.`);
  checkNames(Object.keys(options), entryPoint);
  const { latency, keys, handlers, seed, logger, strict, sessions } = options;
  if (latency !== undefined && !isDelay(latency)) {
    throw new TypeError(
      `latency must be milliseconds up to ${longestDelay}, or a range of them such as [50, 200], not ${JSON.stringify(latency)}.`,
    );
  }
  // The value is not shown: it may be a key.
  if (keys !== undefined && !areKeys(keys)) {
    throw new TypeError(
      'keys must be an array of strings, or an object with such an array for each security scheme.',
    );
  }
  if (seed !== undefined && typeof seed !== 'string' && !Number.isFinite(seed))
    throw new TypeError(`seed must be a string or a number, not ${JSON.stringify(seed)}.`);
  if (handlers !== undefined && (typeof handlers !== 'object' || handlers === null))
    throw new TypeError('handlers must be an object: a function for each operation id.');
  if (logger !== undefined && typeof logger !== 'function')
    throw new TypeError(`logger must be a function, not ${typeof logger}.`);
  if (sessions !== undefined) checkSessions(sessions);
  if (strict !== undefined && typeof strict !== 'boolean')
    throw new TypeError(`strict must be true or false, not ${JSON.stringify(strict)}.`);
}

function checkSessions(sessions: unknown): void {
  const isObject = typeof sessions === 'object' && sessions !== null;
  const entries = isObject ? Object.entries(sessions) : [];
  const isValid = ([name, value]: [string, unknown]) =>
    (name === 'max' || name === 'idle') &&
    (value === undefined || (Number.isInteger(value) && Number(value) >= 1));
  if (isObject && entries.every(isValid)) return;
  throw new TypeError(
    `sessions must be { max, idle }: how many, and milliseconds, both from 1, not ${JSON.stringify(sessions)}.`,
  );
}

function areKeys(keys: unknown): boolean {
  if (typeof keys !== 'object' || keys === null) return false;
  const lists: unknown[] = Array.isArray(keys) ? [keys] : Object.values(keys);
  return lists.every((list) => Array.isArray(list) && list.every((key) => typeof key === 'string'));
}

function checkNames(names: readonly string[], entryPoint: 'createMock' | 'startMock'): void {
  const isServer = entryPoint === 'startMock';
  const known = [...Object.keys(mockOptions), ...(isServer ? serverOptions : [])];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  if (serverOptions.includes(unknown))
    throw new TypeError(`createMock has no option ${JSON.stringify(unknown)}: startMock has it.`);
  const [similar] = closest(unknown, known);
  const hint = similar
    ? `Did you mean ${JSON.stringify(similar)}?`
    : `Options: ${known.join(', ')}.`;
  throw new TypeError(`${entryPoint} has no option ${JSON.stringify(unknown)}. ${hint}`);
}
