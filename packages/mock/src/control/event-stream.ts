import type { Listener, MockEvent } from './events.ts';
import { summarize } from './journal.ts';

/** Milliseconds from an event after a pause to its batch. */
const delay = 50;
/** Milliseconds between two batches: under load, most of what a listener costs is the write of each. */
const interval = 250;
/** The most events that wait for the next batch. */
const batchSize = 4_000;
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
    this.#timer ??= setTimeout(() => this.#flush(), delay);
  }

  #flush(): void {
    const events = this.#waiting;
    this.#waiting = [];
    // Quiet since the last batch: the next event need not wait for long.
    this.#timer = events.length > 0 ? setTimeout(() => this.#flush(), interval) : undefined;
    if (events.length === 0) return;
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

/**
 * The events of a batch as text: requests one by one, and those that say no more than "look again" once, where they
 * stood last, so that what comes after a reset is from after it.
 */
function serialize(events: readonly MockEvent[]): string {
  let text = '';
  const hints = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (event.type !== 'request') hints.set(keyOf(event), index);
  }
  for (const [index, event] of events.entries()) {
    if (event.type === 'request') text += format('request', summarize(event.request));
    else if (hints.get(keyOf(event)) !== index) continue;
    else if (event.type === 'data') text += format('data', { collection: event.collection });
    else text += format(event.type, {});
  }
  return text;
}

function keyOf(event: Exclude<MockEvent, { type: 'request' }>): string {
  return event.type === 'data' ? `data ${event.collection}` : event.type;
}

function format(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
