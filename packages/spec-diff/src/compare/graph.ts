import type { Direction, Finding } from '../change/change.ts';

/** Two nodes, one of each document, that describe the same thing. */
interface Pair {
  key: string;
  before: object | undefined;
  after: object | undefined;
  /** The place of a pair that several places refer to: `['components', 'schemas', 'User']`. */
  component?: readonly string[] | undefined;
  /** The place of a pair that no other pair refers to. */
  place?: readonly string[];
  /** The place within the component that describes the pair, if several schemas are made from that: `[…, 'User', 'name']`. */
  shared?: readonly string[] | undefined;
  /** Whether a schema that is made from several nodes is made from this one. */
  isMadeFrom?(side: 'before' | 'after', node: unknown): boolean;
  /** The operation that begins here, such as `GET /users`. */
  operation?: string;
}

/** The pair, seen by those who send such values or by those who receive them. */
export interface Question extends Pair {
  direction: Direction;
  /** Compares the pair. Returns its changes, and the pairs below it. */
  compare(): Iterable<Finding | Link>;
}

/** A pair to compare next. */
export interface Link {
  below: readonly string[];
  ask: Question;
}

export interface Answer {
  question: Question;
  findings: readonly Finding[];
  links: readonly { below: readonly string[]; to: Answer }[];
}

/** Compares each pair once, even if several places refer to it or it contains itself. */
export class Graph {
  /** The number of pairs that were compared, to compare with the size of the documents. */
  answered = 0;
  readonly #answers = new Map<string, MutableAnswer>();
  readonly #free = new Map<MutableAnswer, boolean>();
  readonly #asking = new Set<MutableAnswer>();
  #assumptions = 0;

  /** The result, with links to further results. */
  answer(question: Question): Answer {
    const answer = this.#known(question);
    this.#complete(answer);
    return answer;
  }

  /**
   * The results of all pairs that are reached, in this order.
   *
   * @param follows Whether to go on from one question to another; always by default.
   */
  *all(
    questions: Iterable<Question>,
    follows: (to: Question, from: Question) => boolean = () => true,
  ): Generator<Answer> {
    const seen = new Set<MutableAnswer>();
    for (const question of questions) seen.add(this.#known(question));
    for (const answer of seen) {
      this.#complete(answer);
      yield answer;
      for (const { to } of answer.links) if (follows(to.question, answer.question)) seen.add(to);
    }
  }

  /**
   * Whether no pair that is reached has a certain kind of change; by default, a breaking one. A pair in progress
   * is assumed to be free of it; its own comparison finds the contrary.
   */
  isFree(question: Question, of: (finding: Finding) => boolean = isBreaking): boolean {
    const first = this.#known(question);
    const isCached = of === isBreaking;
    const known = isCached ? this.#free.get(first) : undefined;
    if (known !== undefined) return known;
    if (this.#asking.has(first)) {
      this.#assumptions += 1;
      return true;
    }
    const assumed = this.#assumptions;
    this.#asking.add(first);
    const seen = new Set([first]);
    let isFree = true;
    for (const answer of seen) {
      const known = isCached ? this.#free.get(answer) : undefined;
      if (known === true) continue;
      this.#complete(answer);
      isFree = known !== false && !answer.findings.some(of);
      if (!isFree) break;
      for (const { to } of answer.links) seen.add(to);
    }
    this.#asking.delete(first);
    // Results that depend on an assumption are dropped when the assumption is refuted.
    const isSettled = this.#asking.size === 0 || assumed === this.#assumptions;
    if (isCached && !isFree) this.#free.set(first, false);
    if (isCached && isFree && isSettled) for (const answer of seen) this.#free.set(answer, true);
    return isFree;
  }

  #known(question: Question): MutableAnswer {
    const key = `${question.direction} ${question.key}`;
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = { question, findings: [], links: [], isComplete: false };
    this.#answers.set(key, answer);
    return answer;
  }

  #complete(answer: MutableAnswer): void {
    if (answer.isComplete) return;
    answer.isComplete = true;
    this.answered += 1;
    for (const result of answer.question.compare()) {
      if ('ask' in result) answer.links.push({ below: result.below, to: this.#known(result.ask) });
      else answer.findings.push(result);
    }
  }
}

interface MutableAnswer extends Answer {
  findings: Finding[];
  links: { below: readonly string[]; to: MutableAnswer }[];
  isComplete: boolean;
}

function isBreaking({ verdict }: Finding): boolean {
  return verdict === 'breaking';
}
