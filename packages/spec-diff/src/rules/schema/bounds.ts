import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** Sizes of texts, arrays and objects: a lower bound of 0 says nothing. */
function size(min: string, max: string): SchemaRule {
  return {
    keywords: [min, max],
    *compare(before, after, { direction }) {
      const lower = (nodes: readonly Schema[]) => Math.max(0, ...numbers(nodes, min)) || undefined;
      yield* bound(min, lower(before), lower(after), false, direction);
      const upper = (nodes: readonly Schema[]) => least(numbers(nodes, max));
      yield* bound(max, upper(before), upper(after), true, direction);
    },
  };
}

export const lengths: SchemaRule = size('minLength', 'maxLength');
export const itemCounts: SchemaRule = size('minItems', 'maxItems');
export const propertyCounts: SchemaRule = size('minProperties', 'maxProperties');

/** `minimum` and `exclusiveMinimum` are one bound, and so are the upper ones. */
export const ranges: SchemaRule = {
  keywords: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
  *compare(before, after, { direction }) {
    for (const isUpper of [false, true]) {
      const [old, now] = [before, after].map((nodes) => limit(nodes, isUpper));
      if (old?.value === now?.value && old?.exclusive === now?.exclusive) continue;
      if (old && now && old.exclusive !== now.exclusive) {
        const grew = old.value === now.value ? old.exclusive : now.value > old.value === isUpper;
        const verdict = grew ? wider(direction) : narrower(direction);
        const args = { keyword: old.keyword, from: old.value, now: now.keyword, to: now.value };
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
  value: number;
  exclusive: boolean;
}

/** The strictest bound of all nodes. Above 9 is at least 10 for an integer. */
function limit(nodes: readonly Schema[], isUpper: boolean): Limit | undefined {
  const [plain, strict] = isUpper
    ? ['maximum', 'exclusiveMaximum']
    : ['minimum', 'exclusiveMinimum'];
  const step = isUpper ? -1 : 1;
  const whole = isInteger(nodes);
  const all = [
    ...numbers(nodes, plain ?? '').map((value) => ({
      keyword: plain ?? '',
      value,
      exclusive: false,
    })),
    ...numbers(nodes, strict ?? '').map((value) =>
      whole && Number.isInteger(value)
        ? { keyword: plain ?? '', value: value + step, exclusive: false }
        : { keyword: strict ?? '', value, exclusive: true },
    ),
  ];
  return all.sort(
    (a, b) => step * (b.value - a.value) || Number(b.exclusive) - Number(a.exclusive),
  )[0];
}

export function isInteger(nodes: readonly Schema[]): boolean {
  return nodes.some(({ type }) => {
    const types = [type].flat();
    return types.includes('integer') && !types.includes('number');
  });
}

function* bound(
  keyword: string,
  old: number | undefined,
  now: number | undefined,
  isUpper: boolean,
  direction: Direction,
): Generator<Finding> {
  if (old === now) return;
  const at = [keyword];
  if (now === undefined) {
    const args = { keyword, from: old ?? '' };
    yield { id: 'bound-removed', verdict: wider(direction), args };
  } else if (old === undefined) {
    yield { id: 'bound-added', verdict: narrower(direction), args: { keyword, to: now }, at };
  } else {
    const verdict = now > old === isUpper ? wider(direction) : narrower(direction);
    const id = now > old ? 'bound-raised' : 'bound-lowered';
    yield { id, verdict, args: { keyword, from: old, to: now }, at };
  }
}

function numbers(nodes: readonly Schema[], keyword: string): number[] {
  return nodes.map((node) => node[keyword]).filter((value) => typeof value === 'number');
}

function least(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.min(...values) : undefined;
}
