import type { Query } from '../request.ts';
import type { Violation } from '../response.ts';

/** A request, as the journal has it. No header is kept, and so no key is. */
export interface RecordedRequest {
  method: string;
  /** The path, with the base path if it came with one. */
  path: string;
  query: Query;
  /** The status of the answer; 0 where a fault took the connection before it. */
  status: number;
  /** What was wrong with the request or the answer, by the spec. */
  validations: Violation[];
  /** When it came, in milliseconds since 1970. */
  time: number;
  /** How many milliseconds the answer took. */
  duration: number;
}

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
