import type { Behavior, Collection } from '@org/codegen';
import type { Change, Verdict } from '../change/change.ts';
import { canonical } from '../document/json.ts';
import type { Languages } from './models.ts';

/** What the mock does differently, beyond that it holds requests and answers against the new contract. */
export function compareMocks(before: Languages, after: Languages): Change[] {
  return [...compareCollections(before, after), ...compareBehaviors(before, after)];
}

function* compareCollections(before: Languages, after: Languages): Generator<Change> {
  const [old, now] = [before, after].map(
    ({ model }) => new Map(model.collections.map((collection) => [collection.name, collection])),
  );
  for (const name of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [then, current] = [old?.get(name), now?.get(name)];
    const place = `mock › data › ${name}`;
    if (!current) yield { verdict: 'breaking', place, message: 'The collection was removed.' };
    else if (!then) yield { verdict: 'addition', place, message: 'The collection was added.' };
    else yield* compareCollection(place, then, current);
  }
}

function* compareCollection(
  place: string,
  before: Collection,
  after: Collection,
): Generator<Change> {
  const scope = (collection: Collection) =>
    collection.scope.map(({ param }) => param).join(', ') || 'nothing';
  const facts: [verdict: Verdict, what: string, old: string, now: string][] = [
    ['breaking', 'is scoped by', scope(before), scope(after)],
    ['breaking', 'names items by', before.idProperty, after.idProperty],
    ['breaking', 'holds', before.itemType, after.itemType],
    ['addition', 'filters by', filters(before), filters(after)],
    ['none', 'begins with', `${before.seed} items`, `${after.seed} items`],
    ['none', 'makes ids that begin with', before.idPrefix, after.idPrefix],
  ];
  for (const [verdict, what, old, now] of facts) {
    if (old === now) continue;
    yield { verdict, place, message: `It now ${what} ${now} instead of ${old}.` };
  }
}

function* compareBehaviors(before: Languages, after: Languages): Generator<Change> {
  for (const [name, { behavior }] of after.operations) {
    const old = before.operations.get(name)?.behavior;
    if (!old || canonical(old) === canonical(behavior)) continue;
    // What was answered by examples, and has state now, can only be more like the API.
    const verdict = old.kind === 'mocker' ? 'addition' : 'breaking';
    const message = `The mock now ${describe(behavior)}; it used to ${describe(old, '')}.`;
    yield { verdict, place: `mock › ${name}`, message, operations: [name] };
  }
}

function describe(behavior: Behavior, s = 's'): string {
  if (behavior.kind === 'mocker') return `answer${s} with an example`;
  if ('singleton' in behavior)
    return `do${s && 'es'} ${behavior.kind} on \`${behavior.singleton}\``;
  return `do${s && 'es'} ${behavior.kind} on \`${behavior.collection}\``;
}

function filters({ filter }: Collection): string {
  return Object.keys(filter).join(', ') || 'nothing';
}
