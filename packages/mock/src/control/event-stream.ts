import type { Listener, MockEvent } from './events.ts';
import { summarize } from './journal.ts';

/** Milliseconds between two batches. */
const interval = 50;
/** The most events that wait for the next batch. */
const batchSize = 2_000;
/** The most characters that wait for one connection that reads slowly. */
const backlog = 1024 * 1024;
/** The most connections at once. */
const capacity = 64;

/** What a connection is told in place of the events that it was too slow for: to fetch everything again. */
const lost = format('lost', {});

interface Connection {
  controller: ReadableStreamDefaultController<Uint8Array>;
  pending: string;
}

/**
 * The mock's events as server-sent events. Batched, and serialized once for all connections; a connection that does
 * not read loses events, and is told so, instead of filling the memory. Without a connection it listens to nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  readonly #subscribe: (listener: Listener) => () => void;
  readonly #connections = new Set<Connection>();
  readonly #encoder = new TextEncoder();
  #unsubscribe: (() => void) | undefined;
  #waiting: MockEvent[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(subscribe: (listener: Listener) => () => void) {
    this.#subscribe = subscribe;
  }

  /** How many connections there are. */
  get size(): number {
    return this.#connections.size;
  }

  /** A new connection; undefined where there are too many. */
  open(): ReadableStream<Uint8Array> | undefined {
    if (this.#connections.size >= capacity) return undefined;
    let connection: Connection | undefined;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        // A first line at once, so that the other side knows that it is connected.
        connection = { controller, pending: 'retry: 1000\n\n' };
        this.#connections.add(connection);
        this.#unsubscribe ??= this.#subscribe((event) => this.#take(event));
      },
      pull: () => {
        if (connection) this.#deliver(connection);
      },
      cancel: () => {
        if (connection) this.#drop(connection);
      },
    });
  }

  /** Ends all connections. */
  close(): void {
    for (const connection of this.#connections) {
      this.#drop(connection);
      connection.controller.close();
    }
  }

  #take(event: MockEvent): void {
    // More than a batch holds: whoever listens has to fetch everything anyway.
    if (this.#waiting.length < batchSize) this.#waiting.push(event);
    this.#timer ??= setTimeout(() => this.#flush(), interval);
  }

  #flush(): void {
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    const text = events.length < batchSize ? serialize(events) : lost;
    for (const connection of this.#connections) {
      const isTooSlow = connection.pending.length + text.length > backlog;
      connection.pending = isTooSlow ? lost : connection.pending + text;
      this.#deliver(connection);
    }
  }

  #deliver(connection: Connection): void {
    const { controller, pending } = connection;
    if (!pending || (controller.desiredSize ?? 0) <= 0) return;
    connection.pending = '';
    controller.enqueue(this.#encoder.encode(pending));
  }

  #drop(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#connections.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}

/** The events of a batch as text: those that say no more than "look again" once, requests one by one. */
function serialize(events: readonly MockEvent[]): string {
  const parts = new Set<string>();
  for (const event of events) {
    if (event.type === 'request') parts.add(format('request', summarize(event.request)));
    else if (event.type === 'data') parts.add(format('data', { collection: event.collection }));
    else parts.add(format(event.type, {}));
  }
  return [...parts].join('');
}

function format(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
