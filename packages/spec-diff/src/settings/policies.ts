import {
  type Args,
  type Direction,
  type Finding,
  narrower,
  type Verdict,
  wider,
  worst,
} from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';

interface Policy {
  /** The changes that it is about. */
  ids: readonly ChangeID[];
  /** Whether it is about values in requests or in responses; by default, both. */
  direction?: Direction;
  /** The verdict without a setting. A policy applies only if the rules came to this verdict. */
  verdict: Verdict;
  /** The change and the reason for its verdict, as in the documentation. */
  change: string;
  because: string;
}

const request = { direction: 'request' } as const;
const response = { direction: 'response' } as const;

/** The verdicts that reasonable people disagree about, by the name that `spec/diff.yaml` has for each. */
const definitions = {
  'response-enum-grows': {
    ids: ['enum-value-added', 'enum-changed'],
    ...response,
    verdict: 'breaking',
    change: 'An enum of a response gets a new value',
    because: 'a `switch` that was exhaustive no longer is',
  },
  'error-status-added': {
    ids: ['response-added'],
    verdict: 'addition',
    change: 'An error status is added',
    because: 'a client has to expect any error',
  },
  'success-status-added': {
    ids: ['success-response-added'],
    verdict: 'breaking',
    change: 'A success status is added',
    because: 'existing code does not handle it',
  },
  'response-status-removed': {
    ids: ['response-removed'],
    verdict: 'breaking',
    change: 'A status is removed',
    because: 'code that handles it no longer receives it',
  },
  'response-header-removed': {
    ids: ['header-removed'],
    ...response,
    verdict: 'breaking',
    change: 'A response header is removed',
    because: 'code that reads it no longer finds it',
  },
  'operation-id-changed': {
    ids: ['operation-id-changed'],
    verdict: 'breaking',
    change: 'An `operationId` changes',
    because: 'it names methods and exported types',
  },
  'operation-id-added': {
    ids: ['operation-id-added'],
    verdict: 'addition',
    change: 'An operation gets an `operationId`',
    because: 'no program uses the new name yet',
  },
  'path-parameter-renamed': {
    ids: ['path-parameter-renamed'],
    verdict: 'breaking',
    change: 'A path parameter is renamed',
    because: "its name is in types and in the client's arguments",
  },
  'request-default-changed': {
    ids: ['default-changed', 'default-removed'],
    ...request,
    verdict: 'breaking',
    change: 'A default of a request changes or is removed',
    because: 'programs that leave the value out get another result',
  },
  'request-default-added': {
    ids: ['default-added'],
    ...request,
    verdict: 'addition',
    change: 'A default of a request is stated for the first time',
    because: 'it documents a default that was not stated before',
  },
  'request-property-removed': {
    ids: ['property-removed'],
    ...request,
    verdict: 'breaking',
    change: 'A property of a request is removed',
    because: 'the API ignores or refuses what programs send',
  },
  'request-property-added': {
    ids: ['property-added'],
    ...request,
    verdict: 'addition',
    change: 'A request gets an optional property',
    because: 'programs may leave it out',
  },
  'response-property-added': {
    ids: ['property-added', 'required-property-added'],
    ...response,
    verdict: 'addition',
    change: 'A response gets a property',
    because: 'programs ignore properties that they do not know',
  },
  'format-replaced': {
    ids: ['format-changed'],
    verdict: 'breaking',
    change: 'A `pattern` or `format` is replaced by an unrelated one',
    because: 'which of them allows more is unknown (`int32` and `int64`, for example, are related)',
  },
  'request-one-of': {
    ids: ['exactly-one-alternative'],
    ...request,
    verdict: 'breaking',
    change: '`oneOf` replaces `anyOf` in a request',
    because: 'values that match several alternatives are refused',
  },
  'response-discriminator-added': {
    ids: ['discriminator-added'],
    ...response,
    verdict: 'addition',
    change: 'A response gets a discriminator',
    because: 'it allows the same values, and promises how to tell them apart',
  },
  'response-discriminator-removed': {
    ids: ['discriminator-removed'],
    ...response,
    verdict: 'breaking',
    change: 'A discriminator is removed from a response',
    because: 'code tells the alternatives apart by it',
  },
  'component-removed': {
    ids: ['type-name-removed'],
    verdict: 'breaking',
    change: 'A component is removed',
    because: 'its name is an exported type',
  },
  deprecation: {
    ids: ['deprecated', 'alternative-deprecated'],
    verdict: 'addition',
    change: 'Something is deprecated',
    because: 'a release that deprecates is a minor one',
  },
  'server-address-changed': {
    ids: ['server-address-changed'],
    verdict: 'breaking',
    change: "The first server's address changes",
    because: 'clients send requests there by default',
  },
  'server-removed': {
    ids: ['server-removed'],
    verdict: 'breaking',
    change: 'Another server is removed',
    because: 'clients may be configured to use it',
  },
  'scope-no-longer-required': {
    ids: ['scope-no-longer-required'],
    verdict: 'addition',
    change: 'Fewer scopes are required',
    because: 'existing programs may still call it',
  },
  'documentation-changed': {
    ids: ['documentation-changed'],
    verdict: 'none',
    change: 'A description, an example or a title changes',
    because: 'programs do not read it; the release is a patch',
  },
  'extension-changed': {
    ids: ['extension-changed'],
    verdict: 'none',
    change: 'An extension (`x-…`) changes',
    because: 'its meaning is unknown',
  },
  'unknown-keyword-changed': {
    ids: ['keyword-changed'],
    verdict: 'breaking',
    change: 'A keyword without a rule changes',
    because: 'it may change anything',
  },
} as const satisfies Record<string, Policy>;

/** Policies that depend on more than a change. Without a setting, they have no effect. */
const special = {
  'unused-component-changed': {
    verdict: 'breaking',
    change: 'The type of a component that no operation uses changes in a breaking way',
    because: 'the type is exported',
  },
  'x-extensible-enum': {
    verdict: undefined,
    change: 'An enum of a response with `x-extensible-enum` gets a new value',
    because: 'not set: `response-enum-grows` decides',
  },
  'x-sunset': {
    verdict: undefined,
    change: 'Something deprecated is removed after its `x-sunset` date',
    because: 'not set: it counts as any other removal',
  },
} as const;

/** The name of a policy, as `spec/diff.yaml` has it. */
export type PolicyName = keyof typeof definitions | keyof typeof special;

/** The verdicts that replace the default ones. */
export type Policies = Readonly<Partial<Record<PolicyName, Verdict>>>;

/** Every policy, with its default, for the documentation and for checks. */
export const policies: Readonly<
  Record<PolicyName, { verdict: Verdict | undefined; change: string; because: string }>
> = { ...definitions, ...special };

/** The facts about a finding that {@link judge} needs. */
export interface Facts extends Pick<Finding, 'id' | 'verdict' | 'args' | 'extensible' | 'known'> {
  direction?: Direction;
  /** Whether it is about an exported type that no operation uses. */
  isUnused?: boolean;
  /** Whether the removed part was deprecated, and its sunset date has passed. */
  isSunset?: boolean;
}

const byID = new Map<ChangeID, [PolicyName, Policy][]>();
for (const [name, policy] of Object.entries(definitions) as [PolicyName, Policy][]) {
  for (const id of policy.ids) byID.set(id, [...(byID.get(id) ?? []), [name, policy]]);
}

/** The verdict on a finding under the policies of a team. */
export function judge(facts: Facts, set: Policies): Verdict {
  const verdict = byPolicy(facts, set);
  const unused = set['unused-component-changed'];
  return facts.isUnused && verdict === 'breaking' && unused !== undefined ? unused : verdict;
}

function byPolicy(facts: Facts, set: Policies): Verdict {
  const { id, verdict, args = {}, direction, extensible, known, isSunset } = facts;
  const [sunset, open] = [set['x-sunset'], set['x-extensible-enum']];
  if (isSunset && sunset !== undefined && verdict === 'breaking') return sunset;
  if (extensible && open !== undefined && direction === 'response') {
    if (id === 'enum-value-added') return open;
    if (id === 'enum-changed') return worst([open, narrower('response')]);
  }
  if (known && open !== undefined && direction !== undefined) {
    const grown = direction === 'response' ? open : wider(direction);
    return worst([known.grew ? grown : 'none', known.shrank ? narrower(direction) : 'none']);
  }
  for (const [name, policy] of byID.get(id) ?? []) {
    const given = set[name];
    if (given === undefined || policy.verdict !== verdict) continue;
    if (policy.direction !== undefined && policy.direction !== direction) continue;
    if (id !== 'enum-changed') return given;
    // If values were removed as well, that has its own verdict. An enum that became another limit did not grow.
    const isList = [args['removed'], args['added']].every((values) => !isOpen(values));
    return isList ? worst([given, narrower('response')]) : verdict;
  }
  return verdict;
}

/** Whether values are more than those that are listed. Listed ones are JSON: a text has quotes. */
function isOpen(values: Args[string] | undefined): boolean {
  return Array.isArray(values) && values.includes('others');
}
