import type { RecordedRequest } from '../api/types.ts';
import { Store } from '../store.ts';
import { type Filter, matcher, noFilter } from './filter.ts';

/** How many requests the page remembers; the mock's own journal keeps no more. */
export const capacity = 20_000;

/** The visible requests. `matching` grows in place; `version` changes with each state. */
export interface View {
  version: number;
  /** Oldest first; only those that pass the filter. */
  matching: readonly RecordedRequest[];
  total: number;
  /** How many came since the list was paused. */
  waiting: number;
  paused: boolean;
  filter: Filter;
}

/**
 * The requests on the page. Each is filtered once, when it arrives, so that the work of an update depends on
 * the new requests only.
 */
export class Journal {
  readonly view: Store<View>;
  #entries: RecordedRequest[] = [];
  #ids = new Set<string>();
  #matching: RecordedRequest[] = [];
  #waiting: RecordedRequest[] = [];
  #paused = false;
  #filter: Filter = noFilter;
  #version = 0;

  constructor() {
    this.view = new Store(this.#snapshot());
  }

  /** Takes requests in, oldest first. Those that are known already are passed over. */
  add(requests: readonly RecordedRequest[]): void {
    const fresh = requests.filter((request) => !this.#ids.has(request.id));
    if (fresh.length === 0) return;
    for (const request of fresh) this.#ids.add(request.id);
    if (this.#paused) {
      this.#waiting.push(...fresh);
      // Requests that were never shown need no scroll position.
      if (this.#waiting.length > capacity) this.#waiting = this.#waiting.slice(-capacity);
    } else this.#show(fresh);
    this.#publish();
  }

  /** Replaces all requests with the mock's. A paused list keeps showing the same ones. */
  replace(requests: readonly RecordedRequest[]): void {
    const shown = this.#paused ? new Set(this.#entries.map(({ id }) => id)) : undefined;
    this.#forget();
    for (const request of requests) this.#ids.add(request.id);
    this.#show(shown ? requests.filter(({ id }) => shown.has(id)) : requests);
    if (shown) this.#waiting = requests.filter(({ id }) => !shown.has(id));
    this.#publish();
  }

  clear(): void {
    this.#forget();
    this.#publish();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) {
      this.#show(this.#waiting);
      this.#waiting = [];
    }
    this.#publish();
  }

  filter(filter: Filter): void {
    this.#filter = filter;
    this.#matching = this.#entries.filter(matcher(filter));
    this.#publish();
  }

  #show(requests: readonly RecordedRequest[]): void {
    const matches = matcher(this.#filter);
    for (const request of requests) {
      this.#entries.push(request);
      if (matches(request)) this.#matching.push(request);
    }
    // A tenth more than there is room for, so that forgetting is rare.
    if (this.#entries.length > capacity * 1.1) {
      this.#entries = this.#entries.slice(-capacity);
      this.#ids = new Set(this.#entries.map(({ id }) => id));
      this.#matching = this.#entries.filter(matches);
    }
  }

  #forget(): void {
    this.#entries = [];
    this.#matching = [];
    this.#waiting = [];
    this.#ids.clear();
  }

  #publish(): void {
    this.#version += 1;
    this.view.set(this.#snapshot());
  }

  #snapshot(): View {
    return {
      version: this.#version,
      matching: this.#matching,
      total: this.#entries.length,
      waiting: this.#waiting.length,
      paused: this.#paused,
      filter: this.#filter,
    };
  }
}
