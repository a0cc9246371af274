import { controlURL } from './control.ts';
import type { RecordedRequest } from './types.ts';

/** The state of the connection. `lost`: the mock does not respond, and the page keeps trying. */
export type Connection = 'connecting' | 'live' | 'lost';

export interface Listener {
  connection(state: Connection): void;
  /** Requests, oldest first, at most one call per {@link interval}. */
  requests(requests: RecordedRequest[]): void;
  /** A collection changed; undefined if it may be any. */
  data(collection: string | undefined): void;
  faults(): void;
  /** The journal was emptied. */
  clear(): void;
  /** Everything has to be read again. */
  reset(): void;
}

/** Milliseconds between two updates of the page: fast enough to look live, and slow enough to leave time for the rest. */
const interval = 100;

/** Milliseconds between two attempts to connect: the first, and the most. */
const [firstDelay, longestDelay] = [500, 4000];

/** Listens to the mock's events, and reconnects. @returns a function that stops listening */
export function listen(listener: Listener): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let delay = firstDelay;
  let queue: RecordedRequest[] = [];
  const changed = new Set<string | undefined>();
  let faults = false;

  const flush = () => {
    if (queue.length > 0) {
      const batch = queue;
      queue = [];
      listener.requests(batch);
    }
    if (faults) {
      faults = false;
      listener.faults();
    }
    for (const collection of changed) listener.data(collection);
    changed.clear();
  };
  const timer = setInterval(flush, interval);

  const connect = () => {
    listener.connection(delay === firstDelay ? 'connecting' : 'lost');
    source = new EventSource(controlURL('events'));
    source.onopen = () => {
      delay = firstDelay;
      listener.connection('live');
    };
    // EventSource tries again by itself in some cases, and never in others. This way it is one case.
    source.onerror = () => {
      source?.close();
      listener.connection('lost');
      retry = setTimeout(connect, delay);
      delay = Math.min(delay * 1.6, longestDelay);
    };
    source.addEventListener('request', ({ data }) => {
      queue.push(JSON.parse(data) as RecordedRequest);
    });
    source.addEventListener('data', ({ data }) => {
      changed.add((JSON.parse(data) as { collection?: string }).collection);
    });
    source.addEventListener('faults', () => {
      faults = true;
    });
    // After a reset or lost events, earlier data is outdated.
    const startOver = () => {
      queue = [];
      listener.reset();
    };
    source.addEventListener('clear', () => {
      queue = [];
      listener.clear();
    });
    source.addEventListener('reset', startOver);
    source.addEventListener('lost', startOver);
  };
  connect();

  return () => {
    clearInterval(timer);
    clearTimeout(retry);
    source?.close();
  };
}
