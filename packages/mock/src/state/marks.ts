import { closest } from '@org/openapi';
import { type ChangeReport, reportChanges } from './change-report.ts';
import type { Write } from './history.ts';
import type { Snapshot } from './snapshot.ts';
import type { State } from './state.ts';

/** The most marks that a mock keeps: each holds the data of its time. */
const mostMarks = 100;

interface Mark {
  snapshot: Snapshot;
  /** The number of the last write before it. */
  sequence: number;
}

/** Points in time with a name, and what changed since. */
export class Marks {
  readonly #state: State;
  readonly #marks = new Map<string, Mark>();
  /** Marks whose data does not fit the document any more, and why. */
  readonly #unfit = new Map<string, string>();
  /** The state of the mark that was asked for last: the inspector asks for one again and again. */
  #past: { snapshot: Snapshot; state: State } | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  get names(): string[] {
    return [...this.#marks.keys()];
  }

  /** Sets a mark, or sets it again. @throws {TypeError} at an invalid name, or one too many */
  set(name: unknown): void {
    if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name)) {
      throw new TypeError(
        `The name of a mark must be 1 to 64 letters, digits and ._-, not ${JSON.stringify(name)?.slice(0, 100)}.`,
      );
    }
    if (this.#marks.size >= mostMarks && !this.#marks.has(name))
      throw new TypeError(`There are ${mostMarks} marks already. Use one of their names again.`);
    const { history } = this.#state;
    this.#unfit.delete(name);
    this.#marks.set(name, { snapshot: this.#state.snapshot(), sequence: history.sequence });
  }

  /** How the data differs from that of a mark, or of the start. @throws {TypeError} if there is no such mark */
  changes(since?: string | null): ChangeReport {
    const state = this.before(since);
    return reportChanges(since ?? null, state, this.#state, this.writes(since).writes);
  }

  /** The data of a mark, or of the start. */
  before(since?: string | null): State {
    const { snapshot } = this.#find(since);
    if (this.#past?.snapshot !== snapshot)
      this.#past = { snapshot, state: this.#state.at(snapshot) };
    return this.#past.state;
  }

  /** What was done since a mark, or the start. `isComplete` is false where older writes were dropped. */
  writes(since?: string | null): { writes: Write[]; isComplete: boolean } {
    const { sequence } = this.#find(since);
    const { history } = this.#state;
    return { writes: history.since(sequence), isComplete: history.isComplete(sequence) };
  }

  clear(): void {
    this.#marks.clear();
    this.#unfit.clear();
    this.#past = undefined;
  }

  /** Takes over the marks and the history of the document that was served before. */
  takeOver(older: Marks): void {
    const { collections, singletons, history } = this.#state;
    const isKnown = ({ name, id }: Write) =>
      (id === undefined ? singletons : collections).has(name);
    const { writes, dropped } = older.#state.history.save();
    history.load({ writes: writes.filter(isKnown), dropped });
    for (const [name, problem] of older.#unfit) this.#unfit.set(name, problem);
    for (const [name, mark] of older.#marks) {
      try {
        this.#marks.set(name, { ...mark, snapshot: this.#state.check(mark.snapshot) });
      } catch (error) {
        this.#unfit.set(name, (error as Error).message);
      }
    }
  }

  #find(since: string | null | undefined): Mark {
    if (since === undefined || since === null)
      return { snapshot: this.#state.initial, sequence: 0 };
    const mark = this.#marks.get(since);
    if (mark) return mark;
    const problem = this.#unfit.get(since);
    if (problem)
      throw new TypeError(`The data of the mark "${since}" does not fit the document: ${problem}`);
    const { names } = this;
    const [similar] = closest(since, names);
    const hint = similar
      ? `Did you mean "${similar}"?`
      : names.length > 0
        ? `Marks: ${names.join(', ')}.`
        : 'No mark is set; a reset removes them.';
    throw new TypeError(`No mark is named ${JSON.stringify(since)}. ${hint}`);
  }
}
