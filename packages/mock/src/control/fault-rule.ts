import { isObject } from '../lib/is-object.ts';
/** The longest that a timer can wait, in milliseconds: more than that, and it fires at once. */
export const longestDelay: number = 2 ** 31 - 1;

/** A simulated failure. A rule without `match` applies to every request. */
export interface FaultRule {
  /** Answers with this status, from 400 to 599, and the API's error body. */
  status?: number;
  /** Seconds: the `Retry-After` header of the answer. */
  retryAfter?: number;
  /** Milliseconds before the answer, or a range of them. */
  delay?: number | [number, number];
  /**
   * The effect on the connection: `reset` closes it before the response, `cut` closes it in the middle of the body,
   * `stall` keeps it open in the middle of the body and sends nothing more.
   */
  connection?: 'reset' | 'cut' | 'stall';
  /**
   * The body: `malformed` sends half of the JSON as a complete body; an object or an array is sent as JSON.
   *
   * @example mock.fail({ status: 402, body: { error: { message: 'Payment required', code: 'no_credit' } } });
   */
  body?: 'malformed' | object;
  /** The effect on the cursor of a page: `repeat` returns the cursor of the request. */
  cursor?: 'repeat';
  /** How many requests the rule applies to. Default: all. */
  times?: number;
  /** Milliseconds that the rule applies for, from when it is added or the mock is reset. Default: no end. */
  duration?: number;
  /** How likely it is that a request is hit, from 0 to 1. The seed decides which ones are. Default: 1. */
  probability?: number;
  /** Which requests the rule applies to: those that match everything given here. */
  match?: FaultMatch;
}

/** A request matches if everything that is given matches. */
export interface FaultMatch {
  /** The operation's id: `admin.organization.users.list`. The `operationId` of a loaded document works as well. */
  operation?: string;
  /** The method, in any case. */
  method?: string;
  /** The path, without the base path: `/things`. */
  path?: string;
  /** Query parameters, each of which must be there with this value. */
  query?: Record<string, string>;
  /** Headers, each of which must be there with this value. Names are matched in any case. */
  headers?: Record<string, string>;
}

const effects = ['status', 'delay', 'connection', 'body', 'cursor'] as const;

type Check = [name: string, check: (value: unknown) => boolean, expected: string];

const ruleChecks: Check[] = [
  ['status', (value) => isInteger(value, 400, 599), 'a status from 400 to 599'],
  ['retryAfter', isAmount, 'a number of seconds'],
  ['delay', isDelay, `milliseconds up to ${longestDelay}, or a range of them such as [50, 200]`],
  ['connection', isOneOf('reset', 'cut', 'stall'), "'reset', 'cut' or 'stall'"],
  ['body', isBody, "'malformed', or an object that is sent as JSON"],
  ['cursor', isOneOf('repeat'), "'repeat'"],
  ['times', (value) => isInteger(value, 1, Number.MAX_SAFE_INTEGER), 'a positive integer'],
  ['duration', (value) => isAmount(value) && value > 0, 'a positive number of milliseconds'],
  ['probability', (value) => isAmount(value) && value <= 1, 'a number from 0 to 1'],
  ['match', isObject, 'an object such as { path: "/things" }'],
];

const matchChecks: Check[] = [
  ['operation', isText, 'the id of an operation'],
  ['method', isText, 'a method such as "GET"'],
  ['path', (value) => isText(value) && value.startsWith('/'), 'a path such as "/things"'],
  ['query', isTexts, 'an object of texts such as { "limit": "3" }'],
  ['headers', isTexts, 'an object of texts such as { "accept": "application/json" }'],
];

/** What the document has, as far as rules name it. */
export interface Matchable {
  /** The ids that `match.operation` may have. */
  operations: readonly string[];
  /** The id of an operation that `match.operation` names in another way. Default: none. */
  idOf?(name: string): string | undefined;
  /** Whether `match.path` is that of an operation, with the base path or without it. Default: all are. */
  hasPath?(path: string): boolean;
}

/**
 * Refuses what would otherwise be passed over in silence.
 *
 * @throws {TypeError} that names the property, what it must be, and what it is
 */
export function checkRule(
  rule: unknown,
  { operations, idOf, hasPath = () => true }: Matchable,
): asserts rule is FaultRule {
  if (!isObject(rule)) throw new TypeError('A fault rule must be an object.');
  if (rule['body'] === 'reset' || rule['body'] === 'cut' || rule['body'] === 'stall') {
    throw new TypeError(
      `body must be 'malformed' or an object, not '${rule['body']}': write { connection: '${rule['body']}' }.`,
    );
  }
  checkProperties('A fault rule', '', rule, ruleChecks);
  if (effects.every((name) => rule[name] === undefined)) {
    throw new TypeError(`A fault rule must have an effect: expected ${effects.join(', ')}.`);
  }
  const match = rule['match'];
  if (!isObject(match)) return;
  checkProperties('match', 'match.', match, matchChecks);
  const { operation, path } = match;
  if (path !== undefined && !hasPath(String(path))) {
    throw new TypeError(
      `match.path must be the path of an operation, such as "/things/a", not ${show(path)}: no request would match.`,
    );
  }
  const id = idOf?.(String(operation)) ?? String(operation);
  if (operation !== undefined && !operations.includes(id)) {
    throw new TypeError(
      `match.operation must be one of ${operations.join(', ')}, not ${show(operation)}.`,
    );
  }
}

function checkProperties(
  subject: string,
  prefix: string,
  given: Record<string, unknown>,
  checks: readonly Check[],
): void {
  const known = checks.map(([name]) => name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${subject} has no ${show(unknown)}. It may have: ${known.join(', ')}.`);
  }
  for (const [name, check, expected] of checks) {
    const value = given[name];
    if (value !== undefined && !check(value)) {
      throw new TypeError(`${prefix}${name} must be ${expected}, not ${show(value)}.`);
    }
  }
}

/** Whether it is milliseconds that a timer can wait, or a range of them. */
export function isDelay(value: unknown): value is number | [number, number] {
  if (!Array.isArray(value)) return isAmount(value) && value <= longestDelay;
  const [least, most] = value;
  return value.length === 2 && isDelay(least) && isDelay(most) && least <= most;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isInteger(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && isAmount(value) && value >= least && value <= most;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}

function isBody(value: unknown): boolean {
  return value === 'malformed' || (typeof value === 'object' && value !== null);
}

function isOneOf(...values: string[]) {
  return (value: unknown): boolean => values.includes(value as string);
}

function show(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 200);
}
