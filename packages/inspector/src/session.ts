import { ControlError, control } from './api/control.ts';
import { type Connection, listen } from './api/events.ts';
import type {
  ActiveFault,
  CollectionInfo,
  Health,
  OperationInfo,
  RecordedRequest,
} from './api/types.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { Journal } from './requests/journal.ts';
import { Store } from './store.ts';

/** The page's copy of the mock's state, kept up to date by events. */
export const connection: Store<Connection> = new Store<Connection>('connecting');
/** Whether everything was read once. Before that, even an empty state is unknown. */
export const ready: Store<boolean> = new Store(false);
export const health: Store<Health | undefined> = new Store<Health | undefined>(undefined);
export const operations: Store<OperationInfo[]> = new Store<OperationInfo[]>([]);
export const collections: Store<CollectionInfo[]> = new Store<CollectionInfo[]>([]);
export const faults: Store<ActiveFault[]> = new Store<ActiveFault[]>([]);
/** Counts changes of items, so that the open page of a collection is read again. */
export const dataVersion: Store<number> = new Store(0);
export const journal: Journal = new Journal();

/** The message at the bottom of the page, until the next one. */
export interface Notice {
  kind: 'ok' | 'error';
  text: string;
}
export const notice: Store<Notice | undefined> = new Store<Notice | undefined>(undefined);

/** Connects to the mock. @returns a function that disconnects */
export function start(): () => void {
  return listen({
    connection(state) {
      connection.set(state);
      if (state === 'live') startOver();
    },
    requests(batch) {
      if (arrived) arrived.push(...batch);
      else journal.add(batch);
      // A rule that hits has fewer requests left.
      if (batch.some(({ fault }) => fault !== undefined)) void refreshFaults();
    },
    data: () => void refreshCollections(),
    faults: () => void refreshFaults(),
    clear() {
      journal.clear();
      // The data that is being read may be outdated.
      if (arrived) startOver();
    },
    reset: startOver,
  });
}

/** Requests that arrived during a full reload; undefined otherwise. */
let arrived: RecordedRequest[] | undefined;

/** Reads everything: after the start, a reset, and each time that the connection is back. Nothing from before counts. */
function startOver(): void {
  arrived = [];
  void loadAll();
}

const loadAll = oneAtATime(async () => {
  const begun = arrived;
  await attempt(async () => {
    const [state, requests, known] = await Promise.all([
      control<Health>('GET', 'health'),
      control<RecordedRequest[]>('GET', 'requests?summary=true'),
      control<OperationInfo[]>('GET', 'operations'),
    ]);
    // It has started over meanwhile: these answers are from before, and the next read follows.
    if (begun !== arrived) return;
    health.set(state);
    operations.set(known);
    journal.replace(requests);
    await Promise.all([refreshCollections(), refreshFaults()]);
  });
  if (begun !== arrived) return;
  journal.add(arrived ?? []);
  arrived = undefined;
  ready.set(true);
});

/** Reloads the active rules. */
export const refreshFaults: () => Promise<void> = oneAtATime(() =>
  attempt(async () => {
    faults.set(await control<ActiveFault[]>('GET', 'faults'));
    refreshAtEnd(faults.value);
  }),
);

let ruleEnds: ReturnType<typeof setTimeout> | undefined;

/** No event reports that a rule has expired. The mock's clock may differ, so wait a little longer. */
function refreshAtEnd(rules: readonly ActiveFault[]): void {
  clearTimeout(ruleEnds);
  const ends = rules.flatMap(({ until, left }) =>
    until === undefined || left === 0 ? [] : [until],
  );
  if (ends.length === 0) return;
  const wait = Math.min(...ends) - Date.now();
  ruleEnds = setTimeout(() => void refreshFaults(), Math.min(60_000, Math.max(250, wait + 20)));
}

const refreshCollections = oneAtATime(() =>
  attempt(async () => {
    collections.set(await control<CollectionInfo[]>('GET', 'data'));
    dataVersion.set(dataVersion.value + 1);
  }),
);

/** Runs an action and shows its result at the bottom of the page. @returns whether it succeeded */
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

/** Reads in the background. A lost connection is reported elsewhere, once. */
async function attempt(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof ControlError && error.status === 0) return;
    say('error', messageOf(error));
  }
}

/** The base URL of the mocked API: this page's origin and the API's base path. */
export function apiURL(): string {
  return location.origin + basePath();
}

/** Such as `/v1`; empty until it is known. */
export function basePath(): string {
  const { url } = health.value ?? {};
  return url ? new URL(url).pathname.replace(/\/$/, '') : '';
}
