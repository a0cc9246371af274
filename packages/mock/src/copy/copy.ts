import { APIError, APIUserAbortError } from '@org/client/internal';
import type { API } from '../api/api.ts';
import { keyOf, type Scope } from '../state/scope.ts';
import { checkedSnapshots, type Snapshot } from '../state/snapshot.ts';
import { anonymize } from './anonymize.ts';
import { DetailsReader, mostFailures } from './details.ts';
import { CopyError, type CopyOptions, type CopyReport } from './options.ts';
import { planCopy, type Step } from './plan.ts';
import { Problems } from './problems.ts';
import { Reader } from './reader.ts';
import { Taker } from './take.ts';
import { type Copied, type CopiedList, emptyCopy, toSnapshot } from './to-snapshot.ts';

/** What a server has, as a mock can be started with it. */
export interface Copy {
  snapshot: Snapshot;
  report: CopyReport;
}

/** What the caller decides besides the options. */
export interface CopyContext {
  /** The environment, which has the keys. */
  env: Readonly<Record<string, string | undefined>>;
  /** Whether it is the API that this package was made from. */
  isOwn: boolean;
  seed: string;
}

/**
 * Reads every collection of a server, parents before children, by GET alone.
 *
 * @throws {CopyError} if there is nothing to copy; the key is not shown
 * @throws what `signal` was aborted with
 */
export async function copyServer(
  api: API,
  options: CopyOptions,
  context: CopyContext,
): Promise<Copy> {
  return new Copying(api, options, context).run();
}

/** Receives the number of items read, and the total of the list if the server sends one. */
type OnItems = (count: number, total: number | undefined) => void;

/** Takes over the items of a page, as far as the limit allows. */
type TakeAll = (
  list: CopiedList,
  given: readonly unknown[],
  params: Readonly<Record<string, string>>,
) => Promise<void>;

class Copying {
  readonly #api: API;
  readonly #options: CopyOptions;
  readonly #context: CopyContext;
  readonly #problems = new Problems();
  readonly #copied: Copied;
  readonly #reader: Reader;
  readonly #signal: AbortSignal;
  /** Tells how far the collection that is being read is. */
  #progress: (() => void) | undefined;
  /** Whether the server answered anything that could be used. */
  #hasRead = false;

  constructor(api: API, options: CopyOptions, context: CopyContext) {
    this.#api = api;
    this.#options = options;
    this.#context = context;
    this.#copied = emptyCopy(api);
    this.#signal = options.signal ?? new AbortController().signal;
    this.#reader = new Reader({
      url: options.url,
      env: context.env,
      isOwn: context.isOwn,
      operations: api.operations,
      signal: this.#signal,
      onRequest: () => this.#progress?.(),
    });
  }

  async run(): Promise<Copy> {
    const { only, url } = this.#options;
    const { steps, unreadable } = planCopy(this.#api, only);
    for (const { name, reason } of unreadable) this.#problems.add(name, reason);
    this.#reader.prepare(
      steps.flatMap(({ operation, details }) => [
        operation,
        ...(details ? [details.operation] : []),
      ]),
    );
    for (const step of steps) await this.#readAll(step);
    if (!this.#hasRead) throw this.#nothing(url);
    if (this.#options.anonymize) {
      const { mapIDs = false } = this.#options;
      anonymize(this.#api, this.#copied, { seed: this.#context.seed, mapIDs }, this.#problems);
    }
    const snapshot = toSnapshot(this.#copied, this.#context.seed);
    // Every item was held against the contract.
    checkedSnapshots.add(snapshot);
    const items = Object.fromEntries(
      [...this.#copied.collections].map(([name, scopes]) => [
        name,
        [...scopes.values()].reduce((sum, { items }) => sum + items.size, 0),
      ]),
    );
    const { requests } = this.#reader;
    return { snapshot, report: { items, requests, problems: this.#problems.list } };
  }

  /** Reads a collection in each of its scopes, a few of them at the same time. */
  async #readAll(step: Step): Promise<void> {
    const scopes = this.#scopesOf(step);
    let [next, read, failures, items] = [0, 0, 0, 0];
    let total: number | undefined;
    this.#progress = () => {
      const { requests, retries } = this.#reader;
      const lists = { read, all: scopes.length };
      this.#options.onProgress?.({
        ...{ collection: step.name, items, lists, requests, retries },
        ...(total !== undefined && { total }),
      });
    };
    const { concurrency = 4, limit = Infinity } = this.#options;
    const workers = Math.min(concurrency, scopes.length);
    const taker = new Taker(this.#api, step.name, this.#problems);
    const details = new DetailsReader(step, taker.idProperty, this.#reader, this.#problems);
    const takeAll: TakeAll = async (list, given, params) => {
      // Requests for details are sent in place of those for other lists, not in addition to them.
      const atOnce = step.details ? Math.floor(concurrency / workers) || 1 : given.length;
      for (let next = 0; next < given.length && list.items.size < limit; ) {
        const some = given.slice(next, next + Math.min(atOnce, limit - list.items.size));
        next += some.length;
        const read = (one: unknown) => details.read(one, list.scope, params, this.#signal);
        const whole = step.details ? await Promise.all(some.map(read)) : some;
        for (const one of whole) if (one !== undefined) taker.take(list, one);
      }
    };
    const onItems: OnItems = (count, all) => {
      this.#hasRead = true;
      items += count;
      if (scopes.length === 1) total = all;
      this.#progress?.();
    };
    const work = async () => {
      while (next < scopes.length && failures < mostFailures) {
        const scope = scopes[next] ?? [];
        next += 1;
        try {
          if (step.list) await this.#readList(step, scope, takeAll, onItems);
          else onItems(await this.#readObject(step, scope, taker), undefined);
          failures = 0;
        } catch (error) {
          this.#fail(step, scope, error);
          failures += 1;
        }
        read += 1;
        this.#progress?.();
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    this.#progress();
    this.#sort(step.name, scopes);
    if (next < scopes.length) {
      const reason = `Gave up after ${mostFailures} failures in a row: ${scopes.length - next} of ${scopes.length} lists were not read.`;
      this.#problems.add(step.name, reason);
    }
  }

  /** Puts the lists of a collection into the order of the items above, whichever came first. */
  #sort(name: string, scopes: readonly Scope[]): void {
    const lists = this.#copied.collections.get(name);
    if (!lists) return;
    const sorted = scopes.flatMap((scope) => {
      const list = lists.get(keyOf(scope));
      return list ? [[keyOf(scope), list] as const] : [];
    });
    this.#copied.collections.set(name, new Map(sorted));
  }

  /** Where a collection is to be read: once, or below every item of the one above it. */
  #scopesOf({ parent }: Step): Scope[] {
    if (parent === undefined) return [[]];
    const above = this.#copied.collections.get(parent)?.values() ?? [];
    return [...above].flatMap(({ scope, items }) => [...items.keys()].map((id) => [...scope, id]));
  }

  async #readList(step: Step, scope: Scope, takeAll: TakeAll, onItems: OnItems): Promise<void> {
    const { name, operation, list } = step;
    if (!list) return;
    const { limit = Infinity } = this.#options;
    const copied: CopiedList = { scope, items: new Map(), sent: 0 };
    const { items } = copied;
    let before: { total: number | undefined } | undefined;
    const values = valuesOf(step, scope);
    for await (const page of this.#reader.list(operation, list, values, limit)) {
      if (before && before.total !== page.total) this.#problems.add(name, changed, idsOf(scope));
      before = page;
      const size = items.size;
      await takeAll(copied, this.#reader.masked(page.data), values);
      // Not at the end: a later page may fail.
      if (items.size > 0) this.#copied.collections.get(name)?.set(keyOf(scope), copied);
      onItems(items.size - size, page.total);
      if (items.size >= limit) break;
    }
  }

  async #readObject(step: Step, scope: Scope, taker: Taker): Promise<number> {
    const body = await this.#reader.read(step.operation, valuesOf(step, scope));
    const item = taker.takeObject(scope, this.#reader.masked({ body }).body);
    if (item) this.#copied.singletons.get(step.name)?.push({ scope: [...scope], item });
    return 1;
  }

  #fail({ name }: Step, scope: Scope, error: unknown): void {
    // What was thrown by the caller's signal ends everything.
    if (this.#signal.aborted) throw this.#signal.reason;
    if (error instanceof APIUserAbortError) throw error;
    const status = error instanceof APIError ? error.status : undefined;
    // The same reason for each of them, whatever their ids are.
    const why = this.#reader.explain(error, scope);
    const reason =
      status === 404 && scope.length > 0
        ? `Not found: it may have been removed while it was read. The copy has nothing below it. (${why})`
        : `Not read to the end: ${why}`;
    this.#problems.add(name, reason, idsOf(scope));
  }

  #nothing(url: string): CopyError {
    const [first] = this.#problems.list;
    const { basePath } = this.#api;
    const why = first
      ? first.reason.replace(/^Not read to the end: /, '')
      : 'it has no collections.';
    const path = new URL(url).pathname.replace(/\/+$/, '');
    const hints = [
      ...(/\b404\b/.test(why) && !path.endsWith(basePath)
        ? [` Does the address lack ${basePath} at its end?`]
        : []),
      ...(/\b40[13]\b/.test(why) && this.#reader.variables.length > 0
        ? [` The key came from ${this.#reader.variables.join(' and ')}.`]
        : []),
    ];
    return new CopyError(`Nothing could be read from ${url}: ${why}${hints.join('')}`);
  }
}

const changed =
  'The list changed while it was read: the copy may lack an item, or have one that is gone.';

/** Values of the path's parameters. */
function valuesOf({ params }: Step, scope: Scope): Record<string, string> {
  return Object.fromEntries(params.map((param, i) => [param, scope[i] ?? '']));
}

/** What a problem is about: the items above a list, or the collection as a whole. */
function idsOf(scope: Scope): Scope | undefined {
  return scope.length > 0 ? scope : undefined;
}
