import type { Change, Direction } from '../change/change.ts';
import { namesOf, own, record } from '../document/json.ts';
import { Sameness } from '../document/sameness.ts';
import { type Document, type Sides, Spec } from '../document/spec.ts';
import { components, exportedSections } from '../rules/api/components.ts';
import { Collector } from './collect.ts';
import type { Question } from './graph.ts';
import { Walker } from './document.ts';

export interface Walk {
  changes: Change[];
  notes: string[];
  /** What the walk took, to hold against the size of the documents. */
  work: { answers: number; schemas: number };
}

/** Walks two bundled OpenAPI 3.1 documents side by side, and asks the rules at every place that is not the same. */
export function walk(before: Document, after: Document): Walk {
  const specs = { before: new Spec(before), after: new Spec(after) };
  return walkSpecs(specs, new Sameness(specs));
}

/** {@link walk} for those who have read the documents already. */
export function walkSpecs(specs: Sides<Spec>, sameness: Sameness): Walk {
  const walker = new Walker(specs, sameness);
  const collector = new Collector(specs);
  const seen = new Set<object>();
  const visit = (questions: Iterable<Question>) => {
    for (const answer of walker.graph.all(questions)) {
      if (seen.has(answer)) continue;
      seen.add(answer);
      collector.add(answer);
    }
  };
  visit(walker.questions());
  visit(unreached(walker, specs, sameness, seen));
  const { before: old, after: now } = walker.schemata.shapes;
  return {
    changes: [...collector.changes(), ...components(specs.before, specs.after)],
    notes: [...new Set([...specs.before.dangling, ...specs.after.dangling])].map(
      (reference) =>
        `The reference ${reference} leads nowhere: anything is taken to be allowed there.`,
    ),
    work: { answers: walker.graph.answered, schemas: old.read + now.read },
  };
}

/** Exported types that no operation led to: they are compared on their own, in every direction they may be used in. */
function* unreached(
  walker: Walker,
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
      const node = after.resolve(now?.[name]);
      const reached = node && walker.schemata.reached.get(node);
      let asked: readonly Direction[] = directions;
      // Where the target of a reference was reached says nothing of a name that led elsewhere before.
      const isSame = `${before.nameOf(before.resolve(old?.[name]))}` === `${after.nameOf(node)}`;
      if (section === 'schemas') asked = reached && isSame ? [...reached] : directions;
      else if (node && compared.has(node)) continue;
      for (const direction of asked) {
        const question = walker.component(section, name, direction);
        if (question) yield question;
      }
    }
  }
}
