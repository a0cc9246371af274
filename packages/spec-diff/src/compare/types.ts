import { type Direction, type Finding, narrower, wider } from '../change/change.ts';
import { jsonTypes } from '../document/schema.ts';
import type { Branch } from '../schema/branch.ts';
import { byType, contentOf, describeAll } from '../schema/pairing.ts';
import type { Shape } from '../schema/shape.ts';

/** Types that a value may have on one side only, including null. */
export function* types(before: Shape, after: Shape, direction: Direction): Generator<Finding> {
  const [old, now] = [byType(before.branches), byType(after.branches)];
  const gone = before.branches.filter(({ type }) => !now.has(type));
  const come = after.branches.filter(({ type }) => !old.has(type));
  const at = ['type'];
  const all = [...before.branches, ...after.branches];
  if (gone.length > 0 && come.length > 0) {
    const [from, to] = apart(
      namesOf(gone, isAny(before), all),
      namesOf(come, isAny(after), all),
      gone,
      come,
    );
    yield { id: 'type-changed', verdict: 'breaking', args: { from, to }, at };
  } else if (gone.length > 0) {
    yield isAny(before)
      ? {
          id: 'type-limited',
          verdict: narrower(direction),
          args: { to: namesOf(after.branches, false, all) },
          at,
        }
      : {
          id: 'type-removed',
          verdict: narrower(direction),
          args: { types: namesOf(gone, false, all) },
          at,
        };
  } else if (come.length > 0) {
    yield isAny(after)
      ? { id: 'any-type-allowed', verdict: wider(direction), at }
      : {
          id: 'type-added',
          verdict: wider(direction),
          args: { types: namesOf(come, false, all) },
          at,
        };
  }
}

/** Types with the same name on both sides are described by their type. */
function apart(
  from: string[],
  to: string[],
  gone: readonly Branch[],
  come: readonly Branch[],
): [string[], string[]] {
  if (!from.some((name) => to.includes(name))) return [from, to];
  return [[...new Set(gone.map(({ type }) => type))], [...new Set(come.map(({ type }) => type))]];
}

function namesOf(branches: readonly Branch[], isAny: boolean, all: readonly Branch[]): string[] {
  return isAny ? ['any type'] : describeAll(branches, all);
}

/** Whether a schema allows values of every type, with conditions on those of one type at most. */
function isAny({ branches }: Shape): boolean {
  const limited = jsonTypes.filter(
    (type) => !branches.some((branch) => branch.type === type && branch.nodes.length === 0),
  );
  return (
    limited.length <= 1 && limited.every((type) => branches.some((each) => each.type === type))
  );
}

/** A `oneOf` refuses values that several members allow. Without a removed member, it may allow more. */
export function* overlap(before: Shape, after: Shape, direction: Direction): Generator<Finding> {
  // Members of a `oneOf` that overlap, or no longer do, are compared themselves.
  if ([before, after].every(({ nodes }) => nodes.some((node) => node['oneOf']))) return;
  if (before.overlap === 'none' && refuses(after, before) && !isPartOf(before, after)) {
    yield { id: 'exactly-one-alternative', verdict: narrower(direction), at: ['oneOf'] };
  } else if (after.overlap === 'none' && refuses(before, after) && !isPartOf(after, before)) {
    yield { id: 'several-alternatives', verdict: wider(direction), at: ['anyOf'] };
  }
}

/** Whether a `oneOf` refuses values that the other side may have allowed, and that people send. */
function refuses({ overlap }: Shape, other: Shape): boolean {
  const wasUnion = other.nodes.some((node) => node['anyOf']);
  return overlap === 'likely' || (overlap === 'possible' && wasUnion);
}

/** Whether one side has some of the alternatives of the other, and no others. */
function isPartOf({ branches }: Shape, other: Shape): boolean {
  const contents = new Set(other.branches.map(contentOf));
  return (
    branches.length < other.branches.length &&
    branches.every((each) => contents.has(contentOf(each)))
  );
}
