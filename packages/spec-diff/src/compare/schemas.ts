import { type Direction, type Finding, narrower, wider } from '../change/change.ts';
import { canonical, namesOf } from '../document/json.ts';
import type { Sameness } from '../document/sameness.ts';
import { jsonTypes, type Schema, type Schemas } from '../document/schema.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { schemaRules } from '../rules/schema/index.ts';
import type { RuleContext } from '../rules/schema/rule.ts';
import { xml } from '../rules/schema/xml.ts';
import { words } from '../rules/words.ts';
import { isKnown } from '../schema/applies.ts';
import type { Branch } from '../schema/branch.ts';
import { branchKey, byType, describe, pair } from '../schema/pairing.ts';
import { type Shape, Shapes } from '../schema/shape.ts';
import type { Graph, Link, Question } from './graph.ts';
import { alternatives, overlap, types } from './types.ts';

/** Compares schemas as the sets of values that they allow. */
export class Schemata {
  readonly shapes: Sides<Shapes>;
  /** The directions in which nodes of the new document were compared. */
  readonly reached: Map<object, Set<Direction>> = new Map();
  readonly #graph: Graph;
  readonly #specs: Sides<Spec>;
  readonly #sameness: Sameness;
  readonly #hasXML: boolean;

  constructor(graph: Graph, specs: Sides<Spec>, sameness: Sameness, hasXML: boolean) {
    this.#graph = graph;
    this.#specs = specs;
    this.#sameness = sameness;
    this.#hasXML = hasXML;
    this.shapes = { before: new Shapes(specs.before), after: new Shapes(specs.after) };
  }

  /** What became of the values that all of some schemas allow. */
  question(before: Schemas, after: Schemas, direction: Direction): Question {
    const { shapes } = this;
    const [old, now] = [shapes.before.nodeOf(before), shapes.after.nodeOf(after)];
    return {
      key: `schema ${shapes.before.keyOf(before)} ${shapes.after.keyOf(after)}`,
      before: old,
      after: now,
      component: this.#component(old, now),
      direction,
      compare: () =>
        this.#areSame(before, after)
          ? []
          : this.#compare(shapes.before.shapeOf(before), shapes.after.shapeOf(after), direction),
    };
  }

  #areSame(before: Schemas, after: Schemas): boolean {
    return (
      before.length === after.length &&
      before.every((schema, i) => this.#sameness.same(schema, after[i]))
    );
  }

  #component(before: object | undefined, after: object | undefined) {
    const name = this.#specs.before.nameOf(before);
    return name && `${name}` === `${this.#specs.after.nameOf(after)}` ? name : undefined;
  }

  *#compare(before: Shape, after: Shape, direction: Direction): Generator<Finding | Link> {
    for (const node of after.nodes) {
      this.reached.set(node, (this.reached.get(node) ?? new Set()).add(direction));
    }
    if (before.opaque !== undefined || after.opaque !== undefined) {
      if (before.opaque === after.opaque) return;
      const message = 'Changed, with too many combinations of alternatives to compare.';
      yield { verdict: 'breaking', message };
      return;
    }
    yield* this.#annotations(before.nodes, after.nodes, direction);
    yield* types(before, after, direction);
    yield* overlap(before, after, direction);
    const [old, now] = [byType(before.branches), byType(after.branches)];
    for (const type of jsonTypes) {
      const [then, current] = [old.get(type), now.get(type)];
      if (then && current) yield* this.#union(then, current, direction);
    }
  }

  /** What is said of a schema as a whole. */
  *#annotations(
    before: readonly Schema[],
    after: readonly Schema[],
    direction: Direction,
  ): Generator<Finding> {
    const context = this.#context('null', direction);
    for (const rule of schemaRules) {
      if (rule.level !== 'annotation' || (rule === xml && !this.#hasXML)) continue;
      for (const found of rule.compare?.(before, after, context) ?? []) {
        if ('message' in found) yield found;
      }
    }
    yield* this.#unknown(before, after);
    const [old, now] = [this.#unnamed('before', before), this.#unnamed('after', after)];
    yield* words(old, now);
  }

  /** A component's own words are its own: they are compared where the component is. */
  #unnamed(side: 'before' | 'after', nodes: readonly Schema[]): readonly Schema[] {
    return nodes.filter((node, i) => i === 0 || !this.#specs[side].nameOf(node));
  }

  /** A keyword without a rule may do anything: its change is breaking until there is one. */
  *#unknown(before: readonly Schema[], after: readonly Schema[]): Generator<Finding> {
    const all = (nodes: readonly Schema[]) => {
      const found: Record<string, string> = {};
      for (const node of nodes) {
        for (const [keyword, value] of Object.entries(node)) {
          if (isKnown(keyword) && !keyword.startsWith('x-')) continue;
          found[keyword] = `${found[keyword] ?? ''} ${canonical(value)}`;
        }
      }
      return found;
    };
    const [old, now] = [all(before), all(after)];
    for (const keyword of namesOf(old, now)) {
      if (old[keyword] === now[keyword]) continue;
      const owner = [...after, ...before].find((node) => Object.hasOwn(node, keyword));
      const verdict = keyword.startsWith('x-') ? 'none' : 'breaking';
      yield { verdict, message: `The \`${keyword}\` changed.`, at: [keyword], owner };
    }
  }

  /** The alternatives of one type on both sides. */
  *#union(
    before: readonly Branch[],
    after: readonly Branch[],
    direction: Direction,
  ): Generator<Finding | Link> {
    const { pairs, removed, added } = pair(before, after, [
      // Before those that only fit: one of them may be what another one was written as.
      (a, b) => this.#allows(a, b, undefined),
      (a, b) => this.#allows(a, b, direction),
    ]);
    const several = before.length > 1 || after.length > 1;
    for (const [old, now] of pairs) {
      const below = several ? [`(${describe(now)})`] : [];
      yield { below, ask: this.#branch(old, now, direction) };
    }
    // What another alternative allows as well is neither lost nor new.
    const isRequest = direction === 'request';
    const gone = removed.filter(
      (a) => !after.some((b) => this.#allows(a, b, isRequest ? 'request' : undefined)),
    );
    const come = added.filter(
      (b) => !before.some((a) => this.#allows(a, b, isRequest ? undefined : 'response')),
    );
    if (gone.length > 0) {
      const message = `May no longer be ${alternatives(gone.map(describe))}.`;
      yield { verdict: narrower(direction), message };
    }
    if (come.length > 0) {
      const message = `May now also be ${alternatives(come.map(describe))}.`;
      yield { verdict: wider(direction), message };
    }
  }

  /**
   * In requests, whether all that `before` allows is allowed by `after`; in responses, the other way round. Without a
   * direction, whether both allow the same.
   */
  #allows(before: Branch, after: Branch, direction: Direction | undefined): boolean {
    if (direction) return this.#graph.isFree(this.#branch(before, after, direction));
    return this.#graph.isFree(this.#branch(before, after, 'response'), changesValues);
  }

  #branch(before: Branch, after: Branch, direction: Direction): Question {
    const [old, now] = [before.nodes[0], after.nodes[0]];
    const isOne = before.nodes.length === 1 && after.nodes.length === 1;
    return {
      key: `branch ${branchKey(before)} ${branchKey(after)}`,
      before: old,
      after: now,
      component: isOne ? this.#component(old, now) : undefined,
      direction,
      compare: () =>
        before.type === after.type && this.#areSame(before.nodes, after.nodes)
          ? []
          : this.#assertions(before, after, direction),
    };
  }

  *#assertions(before: Branch, after: Branch, direction: Direction): Generator<Finding | Link> {
    const context = this.#context(before.type, direction);
    for (const { level, types: only, compare } of schemaRules) {
      if (level !== 'assertion' || (only && !only.includes(before.type)) || !compare) continue;
      for (const found of compare(before.nodes, after.nodes, context)) {
        if ('message' in found) yield found;
        else if (!this.#areSame(found.before, found.after)) {
          yield { below: found.below, ask: this.question(found.before, found.after, direction) };
        }
      }
    }
  }

  #context(type: RuleContext['type'], direction: Direction): RuleContext {
    return {
      direction,
      type,
      nodesOf: (side, schemas) => this.shapes[side].shapeOf(schemas).nodes,
      same: (before, after) =>
        (['request', 'response'] as const).every((each) =>
          this.#graph.isFree(this.question(before, after, each), changesValues),
        ),
    };
  }
}

function changesValues({ verdict }: Finding): boolean {
  return verdict !== 'none';
}
