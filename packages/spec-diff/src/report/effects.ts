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
  for (const [name, affected] of methodsOf(changes)) {
    const { verdict, affects } = affected;
    const known = told.get(name) ?? new Set();
    const left = known.has('presence')
      ? new Set<Affected>()
      : new Set([...affects].filter((each) => !known.has(each)));
    if (left.size > 0) add(client, { verdict, names: [name], message: clientMessage(left) });
    const message = mockMessage(affected);
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
  /** What becomes of requests to the mock. */
  requests: Set<RequestEffect>;
}

/** In the order of the sentence. */
const requestEffects = {
  refused: 'refuses requests that are no longer valid',
  accepted: 'accepts more requests',
  default: 'uses the defaults of the new version',
};
type RequestEffect = keyof typeof requestEffects;

/** The effect of a change on requests, if it is about requests. */
function requestEffectOf({ id, affects }: Change, verdict: Verdict): RequestEffect[] {
  if (!affects.includes('arguments') && !affects.includes('request')) return [];
  if (/^default-(?:added|changed|removed)$/.test(id)) return ['default'];
  return [verdict === 'breaking' ? 'refused' : 'accepted'];
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
    // A method that was added or removed has no changed arguments or result, and a property deprecates no method.
    const isOperation = change.path.length === 1;
    const affects = all.filter(
      (each) => each !== 'presence' && (each !== 'deprecation' || isOperation),
    );
    if (affects.length === 0) continue;
    for (const name of names) {
      const known = methods.get(name) ?? { verdict, affects: new Set(), requests: new Set() };
      for (const each of affects) known.affects.add(each);
      for (const each of requestEffectOf(change, verdict)) known.requests.add(each);
      methods.set(name, { ...known, verdict: known.verdict === 'breaking' ? 'breaking' : verdict });
    }
  }
  return methods;
}

/** In the order of the sentences. */
const clientEffects: readonly (readonly [Affected, string])[] = [
  ['arguments', 'The arguments changed.'],
  ['result', 'The result changed.'],
  ['error', 'The errors changed.'],
  ['request', 'The client sends another request.'],
  ['deprecation', 'Now deprecated.'],
];

function clientMessage(affects: ReadonlySet<Affected>): string {
  return clientEffects
    .filter(([each]) => affects.has(each))
    .map(([, sentence]) => sentence)
    .join(' ');
}

/** The effect of changed requests and responses on the mock. */
function mockMessage({ affects, requests }: Affects): string | undefined {
  const parts = [
    ...Object.entries(requestEffects)
      .filter(([effect]) => requests.has(effect as RequestEffect))
      .map(([, text]) => text),
    ...(affects.has('result') || affects.has('error')
      ? ['responds according to the new schema']
      : []),
  ];
  if (parts.length < 2) return parts[0] && `The mock ${parts[0]}.`;
  return `The mock ${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}.`;
}
