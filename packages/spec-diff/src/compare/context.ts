import type { Direction, Finding } from '../change/change.ts';
import { identity, type Json } from '../document/json.ts';
import type { Operation } from '../document/operations.ts';
import type { Sameness } from '../document/sameness.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { withoutNames } from '../rules/api/operations.ts';
import { type Kind, presence } from '../rules/api/presence.ts';
import { prefixOf } from '../rules/api/servers.ts';
import type { Link, Question } from './graph.ts';
import type { Schemata } from './schemas.ts';

export type Results = Generator<Finding | Link>;

/** Compares two objects of OpenAPI of one kind. */
export type Compare = (
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
) => Results;

/** The two documents, and functions that compare their objects and schemas. */
export class Context {
  readonly specs: Sides<Spec>;
  readonly sameness: Sameness;
  readonly schemata: Schemata;

  constructor(specs: Sides<Spec>, sameness: Sameness, schemata: Schemata) {
    this.specs = specs;
    this.sameness = sameness;
    this.schemata = schemata;
  }

  /** The address of an operation: its path below the server, without parameter names. */
  addressOf(side: 'before' | 'after', { path, servers }: Operation): string {
    const prefix = prefixOf(servers ?? this.specs[side].document['servers']);
    return `${prefix}${withoutNames(path)}`;
  }

  /** The targets of both, through references. */
  resolve(before: unknown, after: unknown): [Json | undefined, Json | undefined] {
    return [this.specs.before.resolve(before), this.specs.after.resolve(after)];
  }

  /** Compares objects that may be references. */
  question(
    kind: string,
    before: unknown,
    after: unknown,
    direction: Direction,
    compare: Compare,
  ): Question {
    const [old, now] = this.resolve(before, after);
    const name = this.specs.before.nameOf(old);
    const isSame = name && `${name}` === `${this.specs.after.nameOf(now)}`;
    return {
      key: `${kind} ${old && identity(old)} ${now && identity(now)}`,
      before: old,
      after: now,
      ...(isSame && { component: name }),
      direction,
      compare: () =>
        this.sameness.same(old, now) ? [] : compare(this, old ?? {}, now ?? {}, direction),
    };
  }
}

/** A part that was added, removed or changed. Whether it is required is part of the change. */
export function* comparePresence(
  context: Context,
  before: Json | undefined,
  after: Json | undefined,
  below: readonly string[],
  direction: Direction,
  kind: Kind,
  compare: Compare | undefined,
): Results {
  if (before && after && compare) {
    yield { below, ask: context.question(kind, before, after, direction, compare) };
    return;
  }
  const [old, now] = [presenceOf(before), presenceOf(after)];
  for (const found of presence(kind, old, now, direction))
    yield { ...found, below, owner: after ?? before };
}

export function presenceOf(node: Json | undefined) {
  return { exists: node !== undefined, required: node?.['required'] === true };
}
