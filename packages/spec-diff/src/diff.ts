import { type Change, isProvable, sorted, type Verdict, verdictOf } from './change/change.ts';
import { compareSpecs } from './compare/compare.ts';
import { Sameness } from './document/sameness.ts';
import { type Document, type Sides, Spec } from './document/spec.ts';
import { acceptChanges } from './settings/accept.ts';
import { onPaths, withoutExtensions } from './settings/filters.ts';
import { judgeBy } from './settings/judge.ts';
import type { Settings } from './settings/settings.ts';
import { compareLanguages, type LanguageReport } from './surfaces/compare.ts';
import { followPolicies } from './surfaces/follow.ts';
import { reachOf } from './surfaces/reach.ts';
import type { Judgement } from './typescript/judge.ts';
import { type ChangedOperation, changedOperations } from './typescript/scope.ts';

/** The changes between two documents, the worst first. */
export interface Report {
  /** The verdict on all changes. Accepted ones count as additions. */
  verdict: Verdict;
  changes: Change[];
  /** The parts that could not be compared, and how they were judged instead. */
  notes: string[];
  /** Entries of the settings that have expired or match no breaking change. */
  problems: string[];
}

/** The filters of a comparison, and a team's settings for its API. */
export interface DiffOptions extends Partial<Settings> {
  /** The day that `until` and `x-sunset` are compared with, in UTC. Default: today */
  today?: string;
  /** The paths to report changes of: `/users/{user_id}`, or `/users*`, where `*` matches any text. Default: all */
  paths?: readonly string[] | undefined;
  /** Extensions whose changes are left out: `x-internal`, or `x-aws-*`. Default: none */
  ignoreExtensions?: readonly string[] | undefined;
  /** Whether breaking changes of methods get a program that they break, made with the compiler. Default: false */
  proofs?: boolean | undefined;
}

/**
 * Compares two bundled OpenAPI 3.1 documents for people who depend on the API. Two judges look at each change: rules
 * that read schemas as sets of values, and the TypeScript checker. The worse verdict wins.
 *
 * @example
 * const { policies, accept } = parseSettings(text, 'diff.yaml');
 * const report = await diff(before, after, { policies, accept, paths: ['/users*'] });
 */
export async function diff(
  before: Document,
  after: Document,
  options: DiffOptions = {},
): Promise<Report> {
  const { policies = {}, accept = [], today = new Date().toISOString().slice(0, 10) } = options;
  const specs = { before: new Spec(before), after: new Spec(after) };
  const sameness = new Sameness(specs);
  const judge = judgeBy(policies, today, (node) => specs.before.resolve(node));
  const { changes, notes, broken } = compareSpecs(specs, sameness, judge);
  const all = changedOperations(specs, sameness);
  const asked = all.filter(({ pair: [{ name }] }) => !broken.has(name));
  const judged = asked.length > 0 ? await askCompiler(specs, asked) : { changes: [], notes: [] };
  // If the documents are equal, so are the client and the mock.
  const isSame = changes.length === 0 && all.length === 0;
  const clients = isSame ? undefined : compareLanguages(before, after);
  const found = sorted([
    ...changes,
    ...judged.changes,
    ...followPolicies(clients?.changes ?? [], changes),
  ]);
  const accepted = acceptChanges(found, accept, today);
  const shown = withoutExtensions(
    onPaths(accepted.changes, options.paths, specs),
    options.ignoreExtensions,
  ).map((change) => (clients ? withMethods(change, clients) : change));
  const verdict = verdictOf(shown);
  const proven =
    clients && options.proofs
      ? await withProofs(shown, specs, clients)
      : { changes: shown, notes: [] };
  return {
    verdict,
    changes: proven.changes,
    // Notes are reported only if there are changes.
    notes: isSame
      ? []
      : [
          ...(verdict === 'none' ? [] : notes),
          ...judged.notes,
          ...(clients?.notes ?? []),
          ...proven.notes,
        ],
    problems: accepted.problems,
  };
}

function withMethods(change: Change, { methods, languages }: LanguageReport): Change {
  const models = [languages.before, languages.after].flatMap((each) =>
    typeof each === 'string' ? [] : [each.operations],
  );
  return { ...change, ...reachOf(change, models, methods) };
}

/** The compiler loads slowly, so it is loaded only if there is something to check. */
async function askCompiler(
  { before, after }: Sides<Spec>,
  changed: readonly ChangedOperation[],
): Promise<Judgement> {
  const { judgeTypes } = await import('./typescript/judge.ts');
  return judgeTypes(before, after, changed);
}

/** As above. */
async function withProofs(
  changes: Change[],
  specs: Sides<Spec>,
  { languages }: LanguageReport,
): Promise<Pick<Report, 'changes' | 'notes'>> {
  if (!changes.some(isProvable)) return { changes, notes: [] };
  const { prove } = await import('./proof/prove.ts');
  try {
    return { changes: await prove(changes, specs, languages), notes: [] };
  } catch (error) {
    const [reason] = String((error as Error).message ?? error).split('\n');
    return { changes, notes: [`No programs could be made for breaking changes: ${reason}`] };
  }
}
