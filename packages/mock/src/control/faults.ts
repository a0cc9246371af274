import type { ParsedRequest } from '../http/request.ts';
import { createRandom, hash, type Seed } from '../state/generate/random.ts';
import { checkRule, type FaultMatch, type FaultRule, type Matchable } from './fault-rule.ts';
import { masked, Secrets } from './secrets.ts';

/** What happens to one request. */
export type Fault = Omit<FaultRule, 'times' | 'duration' | 'probability' | 'match' | 'delay'> & {
  /** The id of the rule. */
  rule: string;
  delay?: number;
};

/** A rule in force. */
export interface FaultState {
  id: string;
  rule: FaultRule;
  /** How many requests it still applies to; null for all, 0 as well where its time is over. */
  left: number | null;
  /** When it ends, in milliseconds since 1970; only there where the rule has a duration. */
  until?: number;
  /** How many requests it hit. */
  hits: number;
}

export interface FaultsOptions extends Matchable {
  seed: Seed;
  /** What is not shown of a rule. */
  secrets?: Secrets;
  /** Rules that are in force from the start, and again after a reset. */
  initial?: readonly FaultRule[];
  /** Whether the document is another one than that of the initial rules, and may lack what they name. */
  isReloaded?: boolean;
  /** Called when rules come, go or hit. */
  onChange?: () => void;
}

/** A request, and the operation that it is for. */
type Target = Pick<ParsedRequest, 'method' | 'path' | 'fullPath' | 'query' | 'headers'> & {
  operation: string | null;
};

/** The rules in force. The first one that applies to a request decides what happens to it. */
export class Faults {
  #rules: FaultState[] = [];
  #count = 0;
  #random: () => number;
  readonly #options: FaultsOptions;
  readonly #secrets: Secrets;

  constructor(options: FaultsOptions) {
    this.#options = options;
    this.#secrets = options.secrets ?? new Secrets();
    this.#random = createRandom(this.#seed);
    for (const rule of options.initial ?? []) {
      if (!options.isReloaded) checkRule(rule, options);
      this.#put(rule);
    }
  }

  get #seed(): number {
    return hash(`faults ${this.#options.seed}`);
  }

  /**
   * Adds a rule, and returns its id.
   *
   * @throws {TypeError} that names the property that is invalid
   */
  add(rule: unknown): string {
    checkRule(rule, this.#options);
    return this.#put(rule);
  }

  #put(rule: FaultRule): string {
    this.#count += 1;
    const id = `fault_${this.#count}`;
    const { headers = {}, query = {} } = rule.match ?? {};
    const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    this.#secrets.see({ headers: Object.fromEntries(named), query });
    const state: FaultState = {
      id,
      rule: structuredClone(rule),
      left: rule.times ?? null,
      hits: 0,
    };
    if (rule.duration !== undefined) state.until = Date.now() + rule.duration;
    this.#rules.push(state);
    this.#changed();
    return id;
  }

  /** The rules, in the order in which they are tried, without keys. */
  list(): FaultState[] {
    return this.#rules.map(({ rule, ...state }) => {
      const shown = this.#secrets.value(rule);
      const headers = shown.match?.headers;
      const match = headers && { ...shown.match, headers: hidden(headers, this.#secrets) };
      const left = isOver({ ...state, rule }) ? 0 : state.left;
      return { ...state, rule: { ...shown, ...(match && { match }) }, left };
    });
  }

  /** Removes a rule, and says whether there was one. */
  remove(id: string): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    if (this.#rules.length === before) return false;
    this.#changed();
    return true;
  }

  /** Removes all rules. */
  clear(): void {
    this.#rules = [];
    this.#changed();
  }

  /** Back to the initial rules, and chance starts anew. */
  reset(): void {
    this.#rules = [];
    this.#random = createRandom(this.#seed);
    for (const rule of this.#options.initial ?? []) this.#put(rule);
    this.#changed();
  }

  /** What happens to this request, and counts it. */
  next(target: Target): Fault | undefined {
    for (const state of this.#rules) {
      const { rule } = state;
      if (isOver(state) || !matches(this.#named(rule.match), target)) continue;
      if (rule.probability !== undefined && this.#random() >= rule.probability) continue;
      if (state.left !== null) state.left -= 1;
      state.hits += 1;
      this.#changed();
      const { times, duration, probability, match, delay, ...fault } = rule;
      const id = { rule: state.id };
      return delay === undefined
        ? { ...fault, ...id }
        : { ...fault, ...id, delay: this.pick(delay) };
    }
    return undefined;
  }

  /** What a rule matches, with the operation's own id. */
  #named(match: FaultMatch | undefined): FaultMatch | undefined {
    const id = match?.operation && this.#options.idOf?.(match.operation);
    return id ? { ...match, operation: id } : match;
  }

  /** A number out of a range, by chance; a plain number is itself. */
  pick(range: number | readonly [number, number]): number {
    if (typeof range === 'number') return range;
    const [least, most] = range;
    return least + this.#random() * (most - least);
  }

  #changed(): void {
    this.#options.onChange?.();
  }
}

/** Headers without credentials. */
function hidden(headers: Record<string, string>, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secrets.isHeader(name) ? masked : value]),
  );
}

/** Whether a rule applies to no request any more. */
function isOver({ left, until }: FaultState): boolean {
  return left === 0 || (until !== undefined && Date.now() >= until);
}

function matches(match: FaultMatch | undefined, target: Target): boolean {
  if (!match) return true;
  const { operation, method, path, query, headers } = match;
  if (operation !== undefined && operation !== target.operation) return false;
  if (method !== undefined && method.toUpperCase() !== target.method.toUpperCase()) return false;
  if (path !== undefined && path !== target.path && path !== target.fullPath) return false;
  return (
    Object.entries(query ?? {}).every(([name, value]) => {
      // `emails[]=a` is `emails=a`.
      const given = [target.query[name] ?? [], target.query[`${name}[]`] ?? []].flat();
      return given.includes(value);
    }) &&
    Object.entries(headers ?? {}).every(
      ([name, value]) => target.headers[name.toLowerCase()] === value,
    )
  );
}
