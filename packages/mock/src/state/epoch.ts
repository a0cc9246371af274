import type { Snapshot } from './snapshot.ts';

/** What keeps data that can be put aside. */
interface Restorable {
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
}

/**
 * The data from one reset to the next. A request belongs to the epoch in which it came: if a reset overtakes it, it sees
 * and changes the data of before, which nobody else sees any more.
 */
export class Epoch {
  readonly #state: Restorable;
  readonly #ended = new AbortController();
  #past: Snapshot | undefined;

  constructor(state: Restorable) {
    this.#state = state;
  }

  /** Whether a reset has ended it. */
  get isOver(): boolean {
    return this.#past !== undefined;
  }

  /** Aborts when a reset ends it. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Called before a reset: requests that are still on their way get the data as it is now. */
  end(): void {
    this.#past = this.#state.snapshot();
    this.#ended.abort();
  }

  /** Runs an action on the data of this epoch. The action must be synchronous. */
  run<T>(action: () => T): T {
    if (!this.#past) return action();
    const present = this.#state.snapshot();
    this.#state.restore(this.#past);
    try {
      return action();
    } finally {
      this.#past = this.#state.snapshot();
      this.#state.restore(present);
    }
  }
}
