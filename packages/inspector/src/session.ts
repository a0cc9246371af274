import { ControlError, control } from './api/control.ts';
import { type Connection, listen } from './api/events.ts';
import type {
  ActiveFault,
  CollectionInfo,
  Health,
  OperationInfo,
  RecordedRequest,
} from './api/types.ts';
import { Journal } from './requests/journal.ts';
import { Store } from './store.ts';

/** What the page knows of the mock, kept up to date by its events. */
export const connection: Store<Connection> = new Store<Connection>('connecting');
export const health: Store<Health | undefined> = new Store<Health | undefined>(undefined);
export const operations: Store<OperationInfo[]> = new Store<OperationInfo[]>([]);
export const collections: Store<CollectionInfo[]> = new Store<CollectionInfo[]>([]);
export const faults: Store<ActiveFault[]> = new Store<ActiveFault[]>([]);
/** Counts changes of items, so that the open page of a collection is read again. */
export const dataVersion: Store<number> = new Store(0);
export const journal: Journal = new Journal();

/** What the page says at its foot, until the next message. */
export interface Notice {
  kind: 'ok' | 'error';
  text: string;
}
export const notice: Store<Notice | undefined> = new Store<Notice | undefined>(undefined);

/** Connects to the mock. @returns what ends that */
export function start(): () => void {
  return listen({
    connection(state) {
      connection.set(state);
      if (state === 'live') void loadAll();
    },
    requests(batch) {
      if (loads > 0) arrived.push(...batch);
      else journal.add(batch);
      // A rule that hits has fewer requests left.
      if (batch.some(({ fault }) => fault !== undefined)) refreshFaults();
    },
    data: refreshCollections,
    faults: refreshFaults,
    reset: () => void loadAll(),
  });
}

/** How many reads of everything are under way, and the requests that came meanwhile. */
let loads = 0;
let arrived: RecordedRequest[] = [];

/** Reads everything: after the start, a reset, and each time that the connection is back. */
async function loadAll(): Promise<void> {
  loads += 1;
  await attempt(async () => {
    const [state, requests, known] = await Promise.all([
      control<Health>('GET', 'health'),
      control<RecordedRequest[]>('GET', 'requests?summary=true'),
      control<OperationInfo[]>('GET', 'operations'),
    ]);
    health.set(state);
    operations.set(known);
    journal.replace(requests);
    await Promise.all([loadCollections(), loadFaults()]);
  });
  loads -= 1;
  if (loads > 0) return;
  journal.add(arrived);
  arrived = [];
}

const refreshFaults = oneAtATime(loadFaults);
const refreshCollections = oneAtATime(loadCollections);

/** Reads again when asked to, one read at a time: however often it is asked for meanwhile, one more follows. */
function oneAtATime(read: () => Promise<void>): () => void {
  let isReading = false;
  let isAsked = false;
  return async () => {
    isAsked = true;
    if (isReading) return;
    isReading = true;
    while (isAsked) {
      isAsked = false;
      await read();
    }
    isReading = false;
  };
}

export function loadFaults(): Promise<void> {
  return attempt(async () => faults.set(await control<ActiveFault[]>('GET', 'faults')));
}

async function loadCollections(): Promise<void> {
  await attempt(async () => {
    collections.set(await control<CollectionInfo[]>('GET', 'data'));
    dataVersion.set(dataVersion.value + 1);
  });
}

/** Runs an action and says at the page's foot what came of it. @returns whether it succeeded */
export async function run(action: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await action();
    say('ok', done);
    return true;
  } catch (error) {
    say('error', messageOf(error));
    return false;
  }
}

export function say(kind: Notice['kind'], text: string): void {
  notice.set({ kind, text });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads in the background: that the mock is away is said elsewhere, and once. */
async function attempt(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof ControlError && error.status === 0) return;
    say('error', messageOf(error));
  }
}

/** Where requests to the mocked API go: this page's origin, and the API's base path. */
export function apiURL(): string {
  return location.origin + basePath();
}

/** Such as `/v1`; empty as long as it is not known. */
export function basePath(): string {
  const { url } = health.value ?? {};
  return url ? new URL(url).pathname.replace(/\/$/, '') : '';
}
