import type { RecordedRequest } from '../options.ts';

/** How many requests the journal has room for; then the older half goes. */
const capacity = 20_000;

/** The requests that came in, oldest first. */
export class Journal {
  #entries: RecordedRequest[] = [];
  readonly #listener: ((request: RecordedRequest) => void) | undefined;

  constructor(listener: ((request: RecordedRequest) => void) | undefined) {
    this.#listener = listener;
  }

  get entries(): readonly RecordedRequest[] {
    return this.#entries;
  }

  record(request: RecordedRequest): void {
    if (this.#entries.length >= capacity) this.#entries = this.#entries.slice(capacity / 2);
    this.#entries.push(request);
    this.#listener?.(request);
  }

  reset(): void {
    this.#entries = [];
  }
}
