import type { ChangeID } from './ids.ts';
import type { Proof } from './proof.ts';

/** The effect of a change on programs that depend on the API, from worst to harmless. */
export type Verdict = 'breaking' | 'addition' | 'none';

/**
 * What of a method a change is about: whether it is there, what it takes and returns, its errors, the request that it
 * sends for the same arguments (its address, its keys), or that it is deprecated.
 */
export type Affected = 'presence' | 'arguments' | 'request' | 'result' | 'error' | 'deprecation';

/** Whom a change concerns: readers of the spec, callers of the client's methods, or users of the mock. */
export type Surface = 'spec' | 'client' | 'mock';

/** The arguments of a change's sentence: old and new values, names, lists of values. */
export type Args = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One effect of a change of the spec: a fact. `sentenceOf` puts it into words. */
export interface Change {
  /** The kind of the change, such as `property-removed`. It stays the same from release to release. */
  id: ChangeID;
  verdict: Verdict;
  /** Such as `['GET /teams', 'query', 'limit']`, or `['components', 'schemas', 'User', 'name']`. */
  path: readonly string[];
  /** The path in the component, if `path` names the only place that uses the component. */
  home?: readonly string[];
  args: Args;
  surface: Surface;
  /** The operations that the change reaches, such as `GET /teams`. */
  operations: readonly string[];
  /** How a program calls these operations, such as `client.admin.organization.users.list`. */
  methods: readonly string[];
  /** The affected parts of these methods. */
  affects: readonly Affected[];
  /** The packages whose generated code does not have the changed part, such as a second media type of a response. */
  absentFrom?: readonly ('client' | 'mock')[];
  /** Its JSON pointer in the new document, or in the old one if it was removed. */
  pointer?: string;
  /** The reason in `spec/diff.yaml` why a breaking change was accepted. It counts as an addition. */
  accepted?: string;
  /** A program that the change breaks. Breaking changes of methods have it, if `diff` was asked for proofs. */
  proof?: Proof;
}

/** Who writes the value that a schema describes. */
export type Direction = 'request' | 'response';

/** A rule's finding at a place, or below it. */
export interface Finding {
  id: ChangeID;
  verdict: Verdict;
  args?: Args;
  /** The steps from the rule's place to the finding's. */
  below?: readonly string[];
  /** The steps from the rule's node in the document to the keyword that changed. */
  at?: readonly string[];
  /** The affected parts, if they differ from the place of the rule. */
  affects?: Affected;
  /** The node of the finding, if it differs from the node of the rule. */
  owner?: object | undefined;
  /** Whether the old document has `x-extensible-enum`, so that an enum may get further values. */
  extensible?: boolean;
  /** The changes in the known values of `x-extensible-enum`. */
  known?: { grew: boolean; shrank: boolean };
}

/** The verdict on a set of allowed values that grew: good for a request, new to those who read a response. */
export function wider(direction: Direction): Verdict {
  return direction === 'request' ? 'addition' : 'breaking';
}

/** The verdict on a set of allowed values that shrank. */
export function narrower(direction: Direction): Verdict {
  return direction === 'request' ? 'breaking' : 'addition';
}

export function opposite(direction: Direction): Direction {
  return direction === 'request' ? 'response' : 'request';
}

const severity: Record<Verdict, number> = { breaking: 2, addition: 1, none: 0 };

/** The worst of several verdicts; `none` for an empty list. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict = 'none';
  for (const verdict of verdicts) if (severity[verdict] > severity[result]) result = verdict;
  return result;
}

/** The worst first; otherwise in the order in which they were found. */
export function sorted(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => severity[b.verdict] - severity[a.verdict]);
}

/** The verdict that counts for a release: an accepted breaking change is an addition. */
export function effectiveVerdict({
  verdict,
  accepted,
}: Pick<Change, 'verdict' | 'accepted'>): Verdict {
  return accepted !== undefined && verdict === 'breaking' ? 'addition' : verdict;
}

/** The verdict on several changes: accepted ones count as additions. */
export function verdictOf(changes: readonly Change[]): Verdict {
  return worst(changes.map(effectiveVerdict));
}

/** Whether a change is a breaking one of a method, which gets a proof. */
export function isProvable({ verdict, methods, surface }: Change): boolean {
  return verdict === 'breaking' && methods.length > 0 && surface !== 'mock';
}
