import { type Direction, type Finding, narrower, wider } from '../change/change.ts';
import { jsonTypes } from '../document/schema.ts';
import type { Branch } from '../schema/branch.ts';
import { byType, describe } from '../schema/pairing.ts';
import type { Shape } from '../schema/shape.ts';

/** Types that a value may have on one side alone, null among them. */
export function* types(before: Shape, after: Shape, direction: Direction): Generator<Finding> {
  const [old, now] = [byType(before.branches), byType(after.branches)];
  const gone = before.branches.filter(({ type }) => !now.has(type));
  const come = after.branches.filter(({ type }) => !old.has(type));
  const at = ['type'];
  if (gone.length > 0 && come.length > 0) {
    const message = `The type changed from ${list(gone, old.size)} to ${list(come, now.size)}.`;
    yield { verdict: 'breaking', message, at };
  } else if (gone.length > 0) {
    const message =
      old.size === jsonTypes.length
        ? `Must now be ${list(after.branches, 0)}.`
        : `May no longer be ${list(gone, 0)}.`;
    yield { verdict: narrower(direction), message, at };
  } else if (come.length > 0) {
    const message =
      now.size === jsonTypes.length
        ? 'May now be of any type.'
        : `May now also be ${list(come, 0)}.`;
    yield { verdict: wider(direction), message, at };
  }
}

function list(branches: readonly Branch[], types: number): string {
  if (types === jsonTypes.length) return 'any type';
  return alternatives([...new Set(branches.map(describe))]);
}

export function alternatives(names: readonly string[]): string {
  const rest = names.length - 5;
  return rest > 1
    ? `${names.slice(0, 5).join(' or ')} or one of ${rest} others`
    : names.join(' or ');
}

/** A `oneOf` refuses what more than one of its members allow. */
export function* overlap(before: Shape, after: Shape, direction: Direction): Generator<Finding> {
  if (before.overlap === 'none' && refuses(after, before)) {
    const message = 'Must now match exactly one of the alternatives.';
    yield { verdict: narrower(direction), message, at: ['oneOf'] };
  } else if (after.overlap === 'none' && refuses(before, after)) {
    const message = 'May now match more than one of the alternatives.';
    yield { verdict: wider(direction), message, at: ['anyOf'] };
  }
}

/** Whether a `oneOf` refuses values that the other side may have allowed, and that people send. */
function refuses({ overlap }: Shape, other: Shape): boolean {
  const wasUnion = other.nodes.some((node) => node['anyOf']);
  return overlap === 'likely' || (overlap === 'possible' && wasUnion);
}
