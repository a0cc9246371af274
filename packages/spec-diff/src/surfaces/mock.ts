import type { Behavior, Collection } from '@org/codegen';
import type { Args, Change, Verdict } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { canonical } from '../document/json.ts';
import type { Languages } from './models.ts';

/** The changes of the mock's behavior, besides those of the contract. */
export function compareMocks(before: Languages, after: Languages): Change[] {
  return [...compareCollections(before, after), ...compareBehaviors(before, after)];
}

function* compareCollections(before: Languages, after: Languages): Generator<Change> {
  const [old, now] = [before, after].map(
    ({ model }) => new Map(model.collections.map((collection) => [collection.name, collection])),
  );
  for (const name of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [then, current] = [old?.get(name), now?.get(name)];
    const path = ['data', name];
    if (!current) yield change('collection-removed', 'breaking', path);
    else if (!then) yield change('collection-added', 'addition', path);
    else yield* compareCollection(path, then, current);
  }
}

function* compareCollection(
  path: readonly string[],
  before: Collection,
  after: Collection,
): Generator<Change> {
  const scope = (collection: Collection) =>
    collection.scope.map(({ param }) => param).join(', ') || 'nothing';
  const facts: [verdict: Verdict, what: string, old: string, now: string][] = [
    ['breaking', 'is scoped by', scope(before), scope(after)],
    ['breaking', 'names items by', before.idProperty, after.idProperty],
    ['breaking', 'holds', before.itemType, after.itemType],
    [filterVerdict(before, after), 'filters by', filters(before), filters(after)],
    ['none', 'begins with', `${before.seed} items`, `${after.seed} items`],
    ['none', 'makes ids that begin with', before.idPrefix, after.idPrefix],
  ];
  for (const [verdict, what, from, to] of facts) {
    if (from !== to) yield change('collection-changed', verdict, path, { what, from, to });
  }
}

function* compareBehaviors(before: Languages, after: Languages): Generator<Change> {
  for (const [name, { behavior }] of after.operations) {
    const old = before.operations.get(name)?.behavior;
    if (!old || canonical(old) === canonical(behavior)) continue;
    // To replace examples with state only makes the mock more like the API.
    const verdict = old.kind === 'mocker' ? 'addition' : 'breaking';
    const args = { from: describe(old), to: describe(behavior) };
    // How a list is paged follows from its parameters and its response.
    if (args.from === args.to) continue;
    yield { ...change('behavior-changed', verdict, [name], args), operations: [name] };
  }
}

function change(id: ChangeID, verdict: Verdict, path: readonly string[], args: Args = {}): Change {
  const reach = { operations: [], methods: [], affects: [] };
  return { id, verdict, path, args, surface: 'mock', ...reach };
}

/** The mock's behavior, as it continues the sentence "The mock now responds with …". */
function describe(behavior: Behavior): string {
  if (behavior.kind === 'mocker') return 'an example';
  if ('singleton' in behavior) return `${behavior.kind} of ${behavior.singleton}`;
  return `${behavior.kind} of ${behavior.collection}`;
}

/** A test whose list is no longer filtered gets other items. */
function filterVerdict(before: Collection, after: Collection): Verdict {
  const then = effects(after);
  const isKept = Object.entries(effects(before)).every(([name, effect]) => then[name] === effect);
  return isKept ? 'addition' : 'breaking';
}

function filters(collection: Collection): string {
  return Object.keys(effects(collection)).join(', ') || 'nothing';
}

/** What each name in a query compares, and how. */
function effects({ filter, ranges = {} }: Collection): Record<string, string> {
  const compared = Object.entries(ranges).map(([name, { property, comparison }]) => [
    name,
    `${property} ${comparison}`,
  ]);
  return { ...filter, ...Object.fromEntries(compared) };
}
