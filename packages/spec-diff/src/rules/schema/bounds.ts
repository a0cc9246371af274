import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';
import { compareNumbers, writtenAt } from '../../document/exact.ts';
import { record, strings } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import { containsAll, tupleLength } from './items.ts';
import type { SchemaRule } from './rule.ts';

/** The least and the greatest size that other keywords imply: a bound within has no effect. */
type Implied = (nodes: readonly Schema[]) => readonly [least: number, greatest: number];

/** Sizes of strings, arrays and objects. */
function size(min: string, max: string, implied: Implied = () => [0, Infinity]): SchemaRule {
  return {
    keywords: [min, max],
    *compare(before, after, { direction }) {
      const [old, now] = [implied(before), implied(after)];
      const lower = (nodes: readonly Schema[]) => greatest(numbers(nodes, min));
      const [from, to] = [lower(before), lower(after)];
      if (isCause(from, to, old[0], now[0], (a, b) => a > b))
        yield* bound(min, from || undefined, to || undefined, false, direction);
      const upper = (nodes: readonly Schema[]) => least(numbers(nodes, max));
      const [most, others] = [upper(before), upper(after)];
      if (isCause(most ?? Infinity, others ?? Infinity, old[1], now[1], (a, b) => a < b))
        yield* bound(max, most, others, true, direction);
    },
  };
}

type Size = number | bigint;

/** Whether sizes are other ones because of the bounds themselves, and not because of what other keywords imply. */
function isCause(
  from: Size,
  to: Size,
  old: Size,
  now: Size,
  isStricter: (a: Size, b: Size) => boolean,
): boolean {
  const [before, after] = [isStricter(from, old) ? from : old, isStricter(to, now) ? to : now];
  return isStricter(after, before)
    ? isStricter(to, now)
    : isStricter(before, after) && isStricter(from, old);
}

/** An object has as many properties as are required, and if there are no others, as many as are listed. */
const namedProperties: Implied = (nodes) => {
  const required = new Set(nodes.flatMap((node) => strings(node['required'])));
  const closed = nodes.filter(
    (node) => node['additionalProperties'] === false && node['patternProperties'] === undefined,
  );
  const listed = closed.map((node) => Object.keys(record(node['properties'])).length);
  return [required.size, Math.min(Infinity, ...listed)];
};

/** An array with an item that it has to contain is not empty, and a tuple without others has no more than its own. */
const containedItems: Implied = (nodes) => {
  const counting = nodes.filter((node) => node['contains'] !== undefined);
  const least = counting.map(({ minContains }) =>
    typeof minContains === 'number' ? minContains : 1,
  );
  const most = counting
    .filter((node) => containsAll(node, nodes))
    .map(({ maxContains }) => (typeof maxContains === 'number' ? maxContains : Infinity));
  return [Math.max(0, ...least), Math.min(tupleLength(nodes), ...most)];
};

export const lengths: SchemaRule = size('minLength', 'maxLength');
export const itemCounts: SchemaRule = size('minItems', 'maxItems', containedItems);
export const propertyCounts: SchemaRule = size('minProperties', 'maxProperties', namedProperties);

/** `minimum` and `exclusiveMinimum` are one bound, and so are the upper ones. */
export const ranges: SchemaRule = {
  keywords: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
  *compare(before, after, { direction }) {
    for (const isUpper of [false, true]) {
      const [old, now] = [before, after].map((nodes) => limit(nodes, isUpper));
      const order = old && now ? compareNumbers(now.value, old.value) : undefined;
      if (old?.exclusive === now?.exclusive && (order === 0 || old === now)) continue;
      if (old && now && reach(before, old, isUpper) === reach(after, now, isUpper)) continue;
      if (old && now && order !== undefined && old.exclusive !== now.exclusive) {
        const grew = order === 0 ? old.exclusive : order > 0 === isUpper;
        const verdict = grew ? wider(direction) : narrower(direction);
        const [from, to] = [shown(old.value), shown(now.value)];
        const args = { keyword: old.keyword, from, now: now.keyword, to };
        yield { id: 'bound-changed', verdict, args, at: [now.keyword] };
      } else {
        const keyword = (now ?? old)?.keyword ?? '';
        yield* bound(keyword, old?.value, now?.value, isUpper, direction);
      }
    }
  },
};

interface Limit {
  keyword: string;
  value: number | bigint;
  exclusive: boolean;
}

/** The strictest bound of all nodes. Above 9 is at least 10 for an integer. */
function limit(nodes: readonly Schema[], isUpper: boolean): Limit | undefined {
  const [plain, strict] = isUpper
    ? (['maximum', 'exclusiveMaximum'] as const)
    : (['minimum', 'exclusiveMinimum'] as const);
  const step = isUpper ? -1 : 1;
  const whole = isInteger(nodes);
  const all = [
    ...numbers(nodes, plain).map((value) => ({ keyword: plain, value, exclusive: false })),
    ...numbers(nodes, strict).map((value) => {
      if (whole && typeof value === 'bigint')
        return { keyword: plain, value: value + BigInt(step), exclusive: false };
      return whole && Number.isInteger(value)
        ? { keyword: plain, value: Number(value) + step, exclusive: false }
        : { keyword: strict, value, exclusive: true };
    }),
  ];
  return all.sort(
    (a, b) => step * compareNumbers(b.value, a.value) || Number(b.exclusive) - Number(a.exclusive),
  )[0];
}

/**
 * The number nearest to a bound that integers and multiples can have: 10 below a maximum of 12, for multiples of 5. The
 * bound itself if there is none, or if floating point cannot represent it.
 */
function reach(nodes: readonly Schema[], limit: Limit, isUpper: boolean): number | Limit {
  const factors = numbers(nodes, 'multipleOf').filter((factor) => Number.isSafeInteger(factor));
  const step = factors.length === 1 ? Number(factors[0]) : 1;
  const { value, exclusive } = limit;
  if (!isInteger(nodes) || step <= 0 || !Number.isSafeInteger(Math.trunc(Number(value))))
    return limit;
  const nearest = (isUpper ? Math.floor : Math.ceil)(Number(value) / step) * step;
  return exclusive && nearest === value ? nearest + (isUpper ? -step : step) : nearest;
}

/** Whether the bounds keep numbers between two others. */
export function isBetween(nodes: readonly Schema[], lower: bigint, upper: bigint): boolean {
  const [least, most] = [limit(nodes, false), limit(nodes, true)];
  if (!least || !most) return false;
  return compareNumbers(least.value, lower) >= 0 && compareNumbers(most.value, upper) <= 0;
}

/** Whether numbers have to be whole: by their type, or as multiples of a whole number. */
export function isInteger(nodes: readonly Schema[]): boolean {
  return nodes.some(({ type, multipleOf }) => {
    const types = [type].flat();
    const isWhole = Number.isInteger(multipleOf) && multipleOf !== 0;
    return isWhole || (types.includes('integer') && !types.includes('number'));
  });
}

function* bound(
  keyword: string,
  old: number | bigint | undefined,
  now: number | bigint | undefined,
  isUpper: boolean,
  direction: Direction,
): Generator<Finding> {
  const at = [keyword];
  if (now === undefined) {
    if (old === undefined) return;
    const args = { keyword, from: shown(old) };
    yield { id: 'bound-removed', verdict: wider(direction), args };
  } else if (old === undefined) {
    const args = { keyword, to: shown(now) };
    yield { id: 'bound-added', verdict: narrower(direction), args, at };
  } else {
    const order = compareNumbers(now, old);
    if (order === 0) return;
    const verdict = order > 0 === isUpper ? wider(direction) : narrower(direction);
    const id = order > 0 ? 'bound-raised' : 'bound-lowered';
    yield { id, verdict, args: { keyword, from: shown(old), to: shown(now) }, at };
  }
}

/** A number as JSON: a string if floating point cannot represent it. */
function shown(value: number | bigint): number | string {
  return typeof value === 'bigint' ? String(value) : value;
}

function numbers(nodes: readonly Schema[], keyword: string): (number | bigint)[] {
  return nodes
    .map((node) => writtenAt(node, keyword))
    .filter((value) => typeof value === 'number' || typeof value === 'bigint');
}

function least(values: readonly (number | bigint)[]): number | bigint | undefined {
  return [...values].sort(compareNumbers)[0];
}

function greatest(values: readonly (number | bigint)[]): number | bigint {
  return [0, ...values].sort(compareNumbers).at(-1) ?? 0;
}
