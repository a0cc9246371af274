import { type Affected, type Change, effectiveVerdict, type Verdict } from '../change/change.ts';
import { shortened } from './groups.ts';

/** The effect of changes on methods of the client or operations of the mock, the same for all `names`. */
export interface Effect {
  verdict: Verdict;
  names: string[];
  message: string;
}

/** The effects on the client's methods and the mock's operations: each sentence once, with all names. */
export function effectsOf(changes: readonly Change[]): { client: Effect[]; mock: Effect[] } {
  const client = new Map<string, Effect>();
  const mock = new Map<string, Effect>();
  const told = toldOf(changes);
  for (const [name, { verdict, affects }] of methodsOf(changes)) {
    const known = told.get(name) ?? new Set();
    const left = known.has('presence')
      ? new Set<Affected>()
      : new Set([...affects].filter((each) => !known.has(each)));
    if (left.size > 0) add(client, { verdict, names: [name], message: clientMessage(left) });
    const message = mockMessage(affects, verdict);
    if (message) add(mock, { verdict, names: [name.replace(/^client\./, '')], message });
  }
  return { client: [...client.values()], mock: [...mock.values()] };
}

/** `client.users.list, client.users.retrieve and 5 more` */
export function namesIn({ names }: Effect, write = (name: string) => name): string {
  return shortened(names.map(write));
}

function add(effects: Map<string, Effect>, effect: Effect): void {
  const key = `${effect.verdict} ${effect.message}`;
  const known = effects.get(key);
  if (known) known.names.push(...effect.names);
  else effects.set(key, effect);
}

interface Affects {
  verdict: Verdict;
  affects: Set<Affected>;
}

/** The methods that the client's changes mention, which are not repeated as effects. */
function toldOf(changes: readonly Change[]): Map<string, Set<Affected>> {
  const told = new Map<string, Set<Affected>>();
  for (const { surface, methods, affects } of changes) {
    if (surface !== 'client') continue;
    for (const name of methods) {
      told.set(name, new Set([...(told.get(name) ?? []), ...affects]));
    }
  }
  return told;
}

/** The changed parts of each method: `client.users.list` → arguments, result. */
function methodsOf(changes: readonly Change[]): Map<string, Affects> {
  const methods = new Map<string, Affects>();
  for (const change of changes) {
    const { methods: names, affects: all, surface } = change;
    const verdict = effectiveVerdict(change);
    if (verdict === 'none' || surface !== 'spec') continue;
    // A method that was added or removed has no changed arguments or result.
    const affects = all.filter((each) => each !== 'presence');
    if (affects.length === 0) continue;
    for (const name of names) {
      const known = methods.get(name) ?? { verdict, affects: new Set() };
      for (const each of affects) known.affects.add(each);
      methods.set(name, { ...known, verdict: known.verdict === 'breaking' ? 'breaking' : verdict });
    }
  }
  return methods;
}

function clientMessage(affects: ReadonlySet<Affected>): string {
  const changed = (['arguments', 'result'] as const).filter((each) => affects.has(each));
  return [
    ...(changed.length > 0 ? [`${changed.join(' and ')} changed`] : []),
    ...(affects.has('request') ? ['sends another request'] : []),
    ...(affects.has('deprecation') ? ['new deprecation'] : []),
  ].join(', ');
}

/** The effect of changed requests and responses on the mock. */
function mockMessage(affects: ReadonlySet<Affected>, verdict: Verdict): string | undefined {
  const isBreaking = verdict === 'breaking';
  const parts = [
    ...(affects.has('arguments') || affects.has('request')
      ? [isBreaking ? 'refuses requests that are no longer valid' : 'accepts more requests']
      : []),
    ...(affects.has('result') ? ['responds according to the new schema'] : []),
  ];
  return parts.length > 0 ? `The mock ${parts.join(', and ')}.` : undefined;
}
