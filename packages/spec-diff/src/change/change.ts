import type { ChangeID } from './ids.ts';

/** What a change means for those who depend on the API, from bad to harmless. */
export type Verdict = 'breaking' | 'addition' | 'none';

/**
 * What of a method a change is about: whether it is there, what it takes and returns, or that it is deprecated, which
 * changes neither its arguments nor its result.
 */
export type Affected = 'presence' | 'arguments' | 'result' | 'deprecation';

/** Whom a change concerns: readers of the spec, callers of the client's methods, or users of the mock. */
export type Surface = 'spec' | 'client' | 'mock';

/** What a sentence about a change names: old and new values, names, lists of values. */
export type Args = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One effect of a change of the spec: a fact. `sentenceOf` puts it into words. */
export interface Change {
  /** The kind of the change, such as `property-removed`. It stays the same from release to release. */
  id: ChangeID;
  verdict: Verdict;
  /** Such as `['GET /teams', 'query', 'limit']`, or `['components', 'schemas', 'User', 'name']`. */
  path: readonly string[];
  /** The place in the component that it is in, where `path` names the only place that uses the component. */
  home?: readonly string[];
  args: Args;
  surface: Surface;
  /** The operations that the change reaches, such as `GET /teams`. */
  operations: readonly string[];
  /** How a program calls these operations, such as `client.admin.organization.users.list`. */
  methods: readonly string[];
  /** What of these methods is affected. */
  affects: readonly Affected[];
  /** Where it is in the document, as a JSON pointer: in the new one, or in the old one if it is gone there. */
  pointer?: string;
  /** Why a breaking change was accepted, as `spec/diff.yaml` says. It counts as an addition. */
  accepted?: string;
}

/** Who writes the value that a schema describes. */
export type Direction = 'request' | 'response';

/** What a rule found at the place it was asked about, or below it. */
export interface Finding {
  id: ChangeID;
  verdict: Verdict;
  args?: Args;
  /** The steps from the rule's place to the finding's. */
  below?: readonly string[];
  /** The steps from the rule's node in the document to the keyword that changed. */
  at?: readonly string[];
  /** What it affects, if not what the rule was asked about. */
  affects?: Affected;
  /** The node that the finding belongs to, if it is not the one that the rule was asked about. */
  owner?: object | undefined;
  /** Whether the old document says by `x-extensible-enum` that an enum may get further values. */
  extensible?: boolean;
  /** What became of the known values that `x-extensible-enum` lists. */
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

/** The worst verdict of several; `none` where there are none. */
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
