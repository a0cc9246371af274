import type { Direction, Finding } from '../../change/change.ts';
import type { JSONType, Schema, Schemas } from '../../document/schema.ts';

/** Schemas below the place of a rule that are to be compared as well. */
export interface Child {
  below: readonly string[];
  before: Schemas;
  after: Schemas;
  /** The nodes that describe them, if there is one on each side. */
  owners?: readonly [before: Schema, after: Schema];
  /** The schema is negated: to widen it narrows the whole. */
  isNegated?: boolean;
}

/** The context of a rule, beyond its keywords. */
export interface RuleContext {
  direction: Direction;
  /** The type of the values that are compared. */
  type: JSONType;
  /** All nodes that schemas of one side are made from: references and unions are followed. */
  nodesOf(side: 'before' | 'after', schemas: Schemas): readonly Schema[];
  /** Whether both allow the same values. */
  same(before: Schemas, after: Schemas): boolean;
}

/**
 * Judges the changes of some keywords. Each keyword belongs to one rule; `schema/keywords.ts` describes it.
 * A value has to satisfy all nodes that a rule is given: a rule intersects the members of an `allOf`.
 */
export interface SchemaRule {
  keywords: readonly string[];
  compare(
    before: readonly Schema[],
    after: readonly Schema[],
    context: RuleContext,
  ): Iterable<Finding | Child>;
}
