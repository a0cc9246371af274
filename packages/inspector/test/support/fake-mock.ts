import { vi } from 'vitest';

/** The stream of events as a browser has it; the test is the mock. */
export class FakeEventSource extends EventTarget {
  static readonly all: FakeEventSource[] = [];
  onopen?: () => void;
  onerror?: () => void;
  isClosed = false;

  constructor() {
    super();
    FakeEventSource.all.push(this);
  }

  static get last(): FakeEventSource {
    const source = FakeEventSource.all.at(-1);
    if (!source) throw new Error('Expected a connection, found none.');
    return source;
  }

  close(): void {
    this.isClosed = true;
  }

  /** Sends an event; it arrives at once. */
  send(type: string, data: object = {}): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

interface Asked {
  /** Below `/_mock/`, without its query. */
  path: string;
  answer(body: unknown, status?: number): void;
  fail(): void;
}

/** Stands in for the mock and for the browser's connection to it. Nothing is answered until the test does so. */
export class FakeMock {
  /** What was asked and not answered, oldest first. */
  asked: Asked[] = [];

  constructor() {
    FakeEventSource.all.length = 0;
    vi.stubGlobal('EventSource', FakeEventSource);
    vi.stubGlobal('fetch', (url: string) => this.#take(url));
  }

  get paths(): string[] {
    return this.asked.map(({ path }) => path);
  }

  /** Takes out what was asked first under this path. */
  take(path: string): Asked {
    const index = this.asked.findIndex((one) => one.path === path);
    const [found] = index < 0 ? [] : this.asked.splice(index, 1);
    if (!found) throw new Error(`Expected a request for ${path}, found ${this.paths.join(', ')}.`);
    return found;
  }

  /** Answers everything that is asked, and what is asked because of that, from this record of paths. */
  async answerAll(bodies: Record<string, unknown> = {}): Promise<void> {
    for (; this.asked.length > 0; await settle()) {
      for (const { path, answer } of this.asked.splice(0)) answer(bodies[path] ?? defaults[path]);
    }
  }

  #take(url: string): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        path: url.replace('/_mock/', '').replace(/\?.*/, ''),
        answer: (body, status = 200) => resolve(Response.json(body, { status })),
        fail: () => reject(new TypeError('fetch failed')),
      });
    });
  }
}

const defaults: Record<string, unknown> = {
  health: { status: 'ok', title: 'API', url: null, collections: {} },
  requests: [],
  operations: [],
  data: [],
  faults: [],
};

/** Lets everything that waits for an answer go on; no timer runs. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}
