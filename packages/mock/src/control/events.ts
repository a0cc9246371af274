import type { RecordedRequest } from './journal.ts';

/** Something that happened in the mock. */
export type MockEvent =
  | { type: 'request'; request: RecordedRequest }
  /** Items of a collection changed. */
  | { type: 'data'; collection: string }
  /** Rules came, went or were hit. */
  | { type: 'faults' }
  /** The journal was emptied. */
  | { type: 'clear' }
  /** Everything is back at the seed. */
  | { type: 'reset' };

export type Listener = (event: MockEvent) => void;

/** Tells listeners what happens. Without listeners it costs one comparison. */
export class Events {
  readonly #listeners = new Set<Listener>();

  emit(event: MockEvent): void {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listeners) listener(event);
  }

  /** Calls the listener from now on; the function that it returns ends that. */
  subscribe(listener: Listener): () => void {
    // A wrapper of its own, so that subscribing the same function twice counts twice.
    const own: Listener = (event) => listener(event);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** How many listen. */
  get size(): number {
    return this.#listeners.size;
  }
}
