import { type Direction, type Finding, narrower, opposite, wider } from '../change/change.ts';
import { canonical, namesOf } from '../document/json.ts';
import type { Sameness } from '../document/sameness.ts';
import { jsonTypes, type Schema, type Schemas } from '../document/schema.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { isAmbiguousNull } from '../document/version.ts';
import { keywordChanged } from '../rules/api/fields.ts';
import { isScalar, listedOf } from '../rules/schema/enums.ts';
import { annotationRules, assertionRules } from '../rules/schema/index.ts';
import type { RuleContext } from '../rules/schema/rule.ts';
import { xml } from '../rules/schema/xml.ts';
import { deprecation, documentation } from '../rules/words.ts';
import type { Branch } from '../schema/branch.ts';
import { asserts, isKnown } from '../schema/keywords.ts';
import { branchKey, byType, describe, describeAll, pair } from '../schema/pairing.ts';
import { type Shape, Shapes } from '../schema/shape.ts';
import { isChecked } from '../schema/values.ts';
import type { Graph, Link, Question } from './graph.ts';
import { overlap, types } from './types.ts';

/** Compares schemas as the sets of values that they allow. */
export class Schemata {
  readonly shapes: Sides<Shapes>;
  /** The directions in which nodes were compared. */
  readonly reached: Sides<Map<object, Set<Direction>>> = { before: new Map(), after: new Map() };
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

  /** The change in the values that some schemas allow together. */
  question(before: Schemas, after: Schemas, direction: Direction): Question {
    const { shapes } = this;
    const [old, now] = [shapes.before.nodeOf(before), shapes.after.nodeOf(after)];
    const isKept = (schema: unknown) => before.some((each) => this.#sameness.same(each, schema));
    return {
      key: `schema ${shapes.before.keyOf(before)} ${shapes.after.keyOf(after)}`,
      before: old,
      // Of several schemas, the one that changed.
      after: now ?? shapes.after.nodeOf([after.find((each) => !isKept(each))]),
      component: this.#component(old, now),
      direction,
      isMadeFrom: (side, node) =>
        shapes[side].shapeOf(side === 'before' ? before : after).nodes.includes(node as Schema),
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
    for (const [side, { nodes, absorbed }] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const reached = this.reached[side];
      for (const node of nodes) {
        // Programs write the known values of an open enum. They cannot rely on receiving no others.
        const way = absorbed.has(node) ? 'request' : direction;
        reached.set(node, (reached.get(node) ?? new Set()).add(way));
      }
    }
    if (before.opaque !== undefined || after.opaque !== undefined) {
      if (before.opaque === after.opaque) return;
      yield { id: 'too-complex', verdict: 'breaking' };
      return;
    }
    const found = [...this.#values(before, after, direction)];
    const namesIn = (id: Finding['id']) =>
      new Set(
        found.flatMap((each) =>
          'id' in each && each.id === id ? (each.args?.['names'] ?? []) : [],
        ),
      );
    // A member that was added or removed with its value is one change.
    const members = {
      'discriminator-value-added': namesIn('alternative-added'),
      'discriminator-value-removed': namesIn('alternative-removed'),
    };
    for (const each of this.#annotations(before, after, direction)) {
      const said = Object.hasOwn(members, each.id) ? members[each.id as keyof typeof members] : [];
      const names = this.#membersOf(String(each.args?.['target']));
      if (!names.every((name) => new Set(said).has(name))) yield each;
    }
    yield* found;
  }

  /** The names of the alternatives that a component is: its own, or those of its union. */
  #membersOf(name: string): string[] {
    const { before, after } = this.#specs;
    const [old, now] = [before.component('schemas', name), after.component('schemas', name)];
    const shape =
      now === undefined ? this.shapes.before.shapeOf([old]) : this.shapes.after.shapeOf([now]);
    return shape.branches.map((branch) => branch.name ?? name);
  }

  *#values(before: Shape, after: Shape, direction: Direction): Generator<Finding | Link> {
    yield* this.#withoutAmbiguousNull(before, after, types(before, after, direction));
    yield* overlap(before, after, direction);
    const [old, now] = [byType(before.branches), byType(after.branches)];
    // If any type is allowed on one side, only that is compared.
    const isAny = (branches: Map<unknown, Branch[]>) => branches.size === jsonTypes.length;
    const isFree = (branches: Branch[]) => branches.every(({ nodes }) => nodes.length === 0);
    for (const type of jsonTypes) {
      const [then, current] = [old.get(type), now.get(type)];
      if (!then || !current) continue;
      if (isAny(now) && !isAny(old) && isFree(current)) continue;
      if (isAny(old) && !isAny(now) && isFree(then)) continue;
      yield* this.#union(then, current, direction);
    }
  }

  /** Between 3.0 and 3.1, null is not a change if it is unclear whether 3.0 allows it. */
  *#withoutAmbiguousNull(
    before: Shape,
    after: Shape,
    found: Iterable<Finding>,
  ): Generator<Finding> {
    const { before: old, after: now } = this.#specs;
    const isAmbiguous =
      old.isUpgraded !== now.isUpgraded &&
      [...before.nodes, ...after.nodes].some((node) => isAmbiguousNull(node));
    for (const each of found) {
      const names = each.args?.['types'];
      const isNull = Array.isArray(names) && names.length === 1 && names[0] === 'null';
      if (!(isAmbiguous && isNull)) yield each;
    }
  }

  /** The changes of a schema as a whole. */
  *#annotations(before: Shape, after: Shape, direction: Direction): Generator<Finding> {
    const context = this.#context('null', direction);
    for (const rule of annotationRules) {
      if (rule === xml && !this.#hasXML) continue;
      for (const found of rule.compare(before.nodes, after.nodes, context)) {
        if ('id' in found) yield found;
      }
    }
    yield* this.#unknown(before.nodes, after.nodes);
    const [old, now] = [this.#unnamed('before', before.nodes), this.#unnamed('after', after.nodes)];
    yield* documentation(old, now);
    const whole = (nodes: readonly Schema[], { members }: Shape) =>
      nodes.filter((node) => !members.has(node));
    yield* deprecation(whole(old, before), whole(now, after));
    // A deprecated alternative does not deprecate the others.
    const [then, current] = [deprecatedIn(before), deprecatedIn(after)];
    if (current > then) {
      yield { id: 'alternative-deprecated', verdict: 'addition', affects: 'deprecation' };
    }
  }

  /** The texts of a component are compared with the component. */
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
      const known = keyword === 'x-extensible-enum' ? knownValues(before, after) : undefined;
      yield { ...keywordChanged(keyword), owner, ...(known && { known }) };
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
    // Values that another alternative allows as well are neither lost nor new.
    const isRequest = direction === 'request';
    const gone = removed.filter(
      (a) => !after.some((b) => this.#allows(a, b, isRequest ? 'request' : undefined)),
    );
    const come = added.filter(
      (b) => !before.some((a) => this.#allows(a, b, isRequest ? undefined : 'response')),
    );
    const all = [...before, ...after];
    if (gone.length > 0) {
      const args = { names: describeAll(gone, all) };
      yield { id: 'alternative-removed', verdict: narrower(direction), args };
    }
    if (come.length > 0) {
      const args = { names: describeAll(come, all) };
      yield { id: 'alternative-added', verdict: wider(direction), args };
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
      isMadeFrom: (side, node) => {
        const { nodes, parts = nodes } = side === 'before' ? before : after;
        return parts.includes(node as Schema);
      },
      compare: () =>
        before.type === after.type && this.#areSame(before.nodes, after.nodes)
          ? []
          : this.#assertions(before, after, direction),
    };
  }

  *#assertions(before: Branch, after: Branch, direction: Direction): Generator<Finding | Link> {
    const { type } = before;
    const context = this.#context(type, direction);
    const isListed = [before, after].some(({ nodes }) => listedOf(nodes, type) !== undefined);
    for (const { keywords, compare } of assertionRules) {
      if (!keywords.some((keyword) => asserts(keyword, type))) continue;
      // If values are listed, the other keywords only restrict them.
      if (isListed && isScalar(type) && keywords.every((each) => isCovered(each))) continue;
      for (const found of compare(before.nodes, after.nodes, context)) {
        if ('id' in found) yield withOwner(found, keywords, before.nodes, after.nodes);
        else if (!this.#areSame(found.before, found.after)) {
          const side = found.isNegated ? opposite(direction) : direction;
          const ask = this.question(found.before, found.after, side);
          const owner = found.owners && this.#component(...found.owners);
          const shared = owner && [...owner, ...found.below];
          yield { below: found.below, ask: { ...ask, shared } };
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

/** A finding with the node that has the keyword, if another one of several nodes does not say the same on both sides. */
function withOwner(
  found: Finding,
  keywords: readonly string[],
  before: readonly Schema[],
  after: readonly Schema[],
): Finding {
  if (found.owner || before.length + after.length <= 2) return found;
  const textOf = (node: Schema) => canonical(keywords.map((each) => node[each] ?? null));
  const none = textOf({});
  const changed = (nodes: readonly Schema[], others: readonly Schema[]) =>
    nodes.find((node) => {
      const text = textOf(node);
      return text !== none && !others.some((other) => textOf(other) === text);
    });
  const owner = changed(after, before) ?? changed(before, after);
  return owner ? { ...found, owner } : found;
}

/** The change in the values of `x-extensible-enum`, if both sides have some. */
function knownValues(before: readonly Schema[], after: readonly Schema[]): Finding['known'] {
  const [old, now] = [before, after].map((nodes) => {
    const lists = nodes.map((node) => node['x-extensible-enum']).filter(Array.isArray);
    return lists.length > 0 ? new Set(lists.flat().map(canonical)) : undefined;
  });
  if (!old || !now) return undefined;
  const isWithin = (values: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...values].every((value) => others.has(value));
  return { grew: !isWithin(now, old), shrank: !isWithin(old, now) };
}

function deprecatedIn({ nodes, members }: Shape): number {
  return nodes.filter((node) => members.has(node) && node['deprecated'] === true).length;
}

/** Whether the rule for enums looks at the keyword as well. A format does not matter for a listed value. */
function isCovered(keyword: string): boolean {
  const others = ['format', 'contentEncoding', 'contentMediaType'];
  return (isChecked(keyword) && !['enum', 'const'].includes(keyword)) || others.includes(keyword);
}

function changesValues({ verdict }: Finding): boolean {
  return verdict !== 'none';
}
