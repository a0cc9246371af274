import type { Behavior, Model, Operation } from '@org/codegen/model';

/** How many changes the mock keeps. */
export interface KeptState {
  /** The changes of items that lists show, and that the mock accepted. */
  changes: number;
  /** Those that show in the list afterwards. */
  kept: number;
  /** The method, and what its list shows instead. */
  failures: string[];
}

/** A client, and a mock whose data nothing has changed. */
export interface Session {
  /** @returns what was sent, and the result: of a list, the items of all pages */
  call(operation: Operation): Promise<{ sent: unknown[]; result: unknown }>;
}

/**
 * Creates, changes and deletes an item of each collection, and looks at the collection's list before and after. Without a
 * list of all items, it looks at the item alone.
 */
export async function keptState(
  { operations, collections }: Pick<Model, 'operations' | 'collections'>,
  open: () => Session,
): Promise<KeptState> {
  const found: KeptState = { changes: 0, kept: 0, failures: [] };
  for (const operation of operations) {
    const { behavior } = operation;
    if (!isChange(behavior)) continue;
    const collection = collections.find(({ name }) => name === behavior.collection);
    const of = operations.filter(
      (one) => 'collection' in one.behavior && one.behavior.collection === behavior.collection,
    );
    const lists = of.filter(isWhole);
    const list = lists.find(({ path }) => path === collection?.path) ?? lists[0];
    const retrieve = of.find((one) => one.behavior.kind === 'retrieve');
    const shown = list ?? (behavior.kind === 'create' ? undefined : retrieve);
    if (!shown) continue;
    const session = open();
    const look = async () => {
      try {
        const { result } = await session.call(shown);
        return Array.isArray(result) ? result : [result];
      } catch (error) {
        if ((error as { status?: number }).status === 404) return [];
        throw error;
      }
    };
    try {
      const before = await look();
      const { sent: all } = await session.call(operation);
      const sent = all.map((one) => without(one, operation));
      const problem = checks[behavior.kind](before, await look(), sent, collection?.idProperty);
      if (problem === null) continue;
      found.changes += 1;
      if (problem === undefined) found.kept += 1;
      else found.failures.push(`${operation.id}: ${problem}`);
    } catch {
      // Each call is exercised on its own.
    }
  }
  return found;
}

type Change = Behavior & { kind: 'create' | 'update' | 'replace' | 'delete' };

function isChange(behavior: Behavior): behavior is Change {
  return behavior.kind in checks;
}

/** Whether a list shows all items of its scope: those at other paths, or with a filter that is required, do not. */
function isWhole({ behavior, query }: Operation): boolean {
  return behavior.kind === 'list' && !behavior.where && !query.some(({ required }) => required);
}

/** The body's properties, without the parameters that stand beside them. */
function without(sent: unknown, { pathParams, query, headers }: Operation): unknown {
  if (!isObject(sent)) return sent;
  const names = new Set([...pathParams, ...query, ...headers].map(({ property }) => property));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !names.has(name)));
}

/** What is wrong; null if the list cannot show it. */
type Check = (
  before: unknown[],
  after: unknown[],
  sent: unknown[],
  idProperty?: string,
) => string | undefined | null;

const checks: Record<Change['kind'], Check> = {
  create: (before, after) => grew(before, after, 1),
  delete: (before, after) => grew(before, after, -1),
  update: changed,
  replace: changed,
};

function grew({ length: before }: unknown[], { length: after }: unknown[], by: number) {
  return after - before === by ? undefined : `the list had ${before} items, and has ${after}`;
}

/** One of the items has to have those texts, numbers and booleans of the body that items have. */
function changed(
  _: unknown[],
  after: unknown[],
  sent: unknown[],
  idProperty?: string,
): string | undefined | null {
  const items = after.filter(isObject);
  const body = Object.entries(sent.findLast(isObject) ?? {}).filter(
    ([name, value]) =>
      name !== idProperty &&
      typeof value !== 'object' &&
      items.some((item) => typeof item[name] === typeof value),
  );
  if (body.length === 0) return null;
  const isShown = items.some((item) => body.every(([name, value]) => item[name] === value));
  return isShown ? undefined : `no item has ${JSON.stringify(Object.fromEntries(body))}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
