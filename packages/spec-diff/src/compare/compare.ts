import { valueAt } from '@org/openapi';
import type { Change, Direction } from '../change/change.ts';
import { namesOf, own, record } from '../document/json.ts';
import { Sameness } from '../document/sameness.ts';
import { type Document, type Sides, Spec } from '../document/spec.ts';
import { components, exportedSections } from '../rules/api/components.ts';
import { type Judge, judgeByRules } from '../settings/judge.ts';
import { Collector } from './collect.ts';
import { DocumentPair } from './document.ts';
import type { Question } from './graph.ts';

/** The result of a comparison. */
export interface Comparison {
  changes: Change[];
  notes: string[];
  /** The operations that the rules consider broken, regardless of policies. */
  broken: ReadonlySet<string>;
  /** The work of the comparison, to compare with the size of the documents. */
  work: { answers: number; schemas: number };
}

/** Compares two bundled OpenAPI 3.1 documents, and applies the rules to every difference. */
export function compare(before: Document, after: Document): Comparison {
  const specs = { before: new Spec(before), after: new Spec(after) };
  return compareSpecs(specs, new Sameness(specs));
}

/**
 * {@link compare} for those who have read the documents already.
 *
 * @param judge Gives the verdict on a finding; by default, the one of its rule.
 */
export function compareSpecs(
  specs: Sides<Spec>,
  sameness: Sameness,
  judge: Judge = judgeByRules,
): Comparison {
  const { before } = specs;
  const pair = new DocumentPair(specs, sameness);
  const collector = new Collector(specs, judge);
  const seen = new Set<object>();
  for (const answer of pair.graph.all(pair.questions())) {
    seen.add(answer);
    collector.add(answer);
  }
  // Components are judged by themselves: a change in a referenced type is reported there.
  const isPart = (to: Question, from: Question) =>
    to.component === undefined || `${to.component}` === `${from.component}`;
  const rest = [...unreached(pair, specs, sameness, seen)];
  for (const answer of pair.graph.all(rest, isPart)) {
    if (!seen.has(answer)) collector.add(answer, true);
  }
  const { before: old, after: now } = pair.schemata.shapes;
  return {
    changes: [
      ...collector.changes(),
      ...components(specs.before, specs.after).map((change) => ({
        ...change,
        verdict: judge({ ...change, node: valueAt(before.document, change.path) }),
      })),
      ...unresolved(specs.before, specs.after),
    ],
    notes: [...specs.before.dangling]
      .filter((reference) => specs.after.dangling.has(reference))
      .map(
        (reference) =>
          `The reference ${reference} does not resolve in either document: any value is assumed to be allowed there.`,
      ),
    broken: collector.broken,
    work: { answers: pair.graph.answered, schemas: old.read + now.read },
  };
}

/** Exported types that no operation led to: they are compared on their own, in every direction they may be used in. */
function* unreached(
  pair: DocumentPair,
  { before, after }: Sides<Spec>,
  sameness: Sameness,
  seen: ReadonlySet<object>,
): Generator<Question> {
  const compared = new Set(
    [...(seen as Set<{ question: Question }>)].map(({ question }) => question.after),
  );
  for (const [section, directions] of Object.entries(exportedSections)) {
    const [old, now] = [before, after].map((spec) =>
      record(own(spec.document['components'], section)),
    );
    for (const name of namesOf(old ?? {}, now ?? {})) {
      if (!Object.hasOwn(old ?? {}, name) || !Object.hasOwn(now ?? {}, name)) continue;
      if (sameness.same(old?.[name], now?.[name])) continue;
      const [then, node] = [before.resolve(old?.[name]), after.resolve(now?.[name])];
      const reached = node && pair.schemata.reached.after.get(node);
      // A use that is new, or gone, is not affected by the change.
      const kept = [...(reached ?? [])].filter(
        (way) => then && pair.schemata.reached.before.get(then)?.has(way),
      );
      let asked: readonly Direction[] = directions;
      // The place where a reference's target was reached does not apply to a name with another target before.
      const isSame = `${before.nameOf(then)}` === `${after.nameOf(node)}`;
      if (section === 'schemas') asked = kept.length > 0 && isSame ? kept : directions;
      else if (node && compared.has(node)) continue;
      for (const direction of asked) {
        const question = pair.component(section, name, direction);
        if (question) yield question;
      }
    }
  }
}

/** References that resolve in one document only: the allowed values of the other are unknown. */
function* unresolved(before: Spec, after: Spec): Generator<Change> {
  const [old, now] = [before.dangling, after.dangling];
  for (const reference of new Set([...old, ...now])) {
    if (old.has(reference) && now.has(reference)) continue;
    yield {
      id: 'reference-unresolved',
      verdict: 'breaking',
      path: ['references', reference],
      args: { reference, side: now.has(reference) ? 'new' : 'old' },
      surface: 'spec',
      ...{ operations: [], methods: [], affects: [] },
    };
  }
}
