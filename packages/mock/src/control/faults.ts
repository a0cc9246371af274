import { createRandom, hash, type Seed } from '../state/random.ts';

/** What goes wrong on purpose, and when. A rule without `match` is about every request. */
export interface FaultRule {
  /** Answers with this status, and the API's error body. */
  status?: number;
  /** Seconds: the `Retry-After` of the answer. */
  retryAfter?: number;
  /** Milliseconds before the answer, or a range of them. */
  delay?: number | [number, number];
  /**
   * What becomes of the response: `reset` closes the connection before the headers, `cut` in the middle of the body;
   * `stall` sends half of the body and then nothing; `malformed` sends half of the JSON as if it were all.
   */
  body?: 'reset' | 'cut' | 'stall' | 'malformed';
  /** `repeat` answers with the cursor that the request came with, as if the list went in a circle. */
  cursor?: 'repeat';
  /** How many requests the rule is about. Default: all. */
  times?: number;
  /** How likely it is that a request is hit, from 0 to 1. The seed decides which ones are. Default: 1. */
  probability?: number;
  /** Only requests with this path (the base path left out), and with these query parameters. */
  match?: { path?: string; query?: Record<string, string> };
}

/** What happens to one request. */
export type Fault = Omit<FaultRule, 'times' | 'probability' | 'match' | 'delay'> & {
  delay?: number;
};

const bodies = ['reset', 'cut', 'stall', 'malformed'];

/** The rules in force. The first one that is about a request decides what becomes of it. */
export class Faults {
  #rules: { rule: FaultRule; left: number }[] = [];
  readonly #seed: number;
  #random: () => number;

  constructor(seed: Seed) {
    this.#seed = hash(`faults ${seed}`);
    this.#random = createRandom(this.#seed);
  }

  /** @throws {TypeError} that names the property that is not as it must be */
  add(rule: FaultRule): void {
    checkRule(rule);
    this.#rules.push({ rule: structuredClone(rule), left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /** Forgets all rules, and starts chance anew. */
  reset(): void {
    this.#rules = [];
    this.#random = createRandom(this.#seed);
  }

  /** What happens to this request, and counts it. */
  next(path: string, query: Record<string, string | string[]>): Fault | undefined {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (entry.left <= 0 || !matches(rule, path, query)) continue;
      if (rule.probability !== undefined && this.#random() >= rule.probability) continue;
      entry.left -= 1;
      const { times, probability, match, delay, ...fault } = rule;
      return delay === undefined ? fault : { ...fault, delay: this.pick(delay) };
    }
    return undefined;
  }

  /** A number out of a range, by chance; a plain number is itself. */
  pick(range: number | [number, number]): number {
    if (typeof range === 'number') return range;
    const [least, most] = range;
    return least + this.#random() * (most - least);
  }
}

function matches(
  { match }: FaultRule,
  path: string,
  query: Record<string, string | string[]>,
): boolean {
  if (match?.path !== undefined && match.path !== path) return false;
  const wanted = Object.entries(match?.query ?? {});
  return wanted.every(([name, value]) => [query[name]].flat().includes(value));
}

/** Refuses what would otherwise be passed over in silence. */
function checkRule(rule: FaultRule): void {
  const checks: [keyof FaultRule, (value: never) => boolean, string][] = [
    [
      'status',
      (value: number) => Number.isInteger(value) && value >= 400 && value <= 599,
      'a status from 400 to 599',
    ],
    ['retryAfter', isAmount, 'a number of seconds'],
    [
      'delay',
      (value: unknown) => [value].flat().every(isAmount),
      'milliseconds, or a range of them',
    ],
    ['body', (value: string) => bodies.includes(value), `one of ${bodies.join(', ')}`],
    ['cursor', (value: string) => value === 'repeat', "'repeat'"],
    ['times', (value: number) => Number.isInteger(value) && value > 0, 'a positive integer'],
    ['probability', (value: number) => isAmount(value) && value <= 1, 'a number from 0 to 1'],
    ['match', (value: unknown) => typeof value === 'object' && value !== null, '{ path, query }'],
  ];
  if (typeof rule !== 'object' || rule === null)
    throw new TypeError('A fault rule must be an object.');
  const known: string[] = checks.map(([name]) => name);
  const unknown = Object.keys(rule).find((name) => !known.includes(name));
  if (unknown) {
    throw new TypeError(
      `A fault rule has no ${JSON.stringify(unknown)}. It may have: ${known.join(', ')}.`,
    );
  }
  for (const [name, check, expected] of checks) {
    const value = rule[name];
    if (value !== undefined && !check(value as never)) {
      throw new TypeError(`${name} must be ${expected}, not ${JSON.stringify(value)}.`);
    }
  }
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
