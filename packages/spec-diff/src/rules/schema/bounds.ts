import { type Direction, type Finding, narrower, wider } from '../../change/change.ts';
import type { JSONType, Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** Sizes of texts, arrays and objects: a lower bound of 0 says nothing. */
function size(type: JSONType, min: string, max: string): SchemaRule {
  return {
    keywords: [min, max],
    level: 'assertion',
    types: [type],
    *compare(before, after, { direction }) {
      const lower = (nodes: readonly Schema[]) => Math.max(0, ...numbers(nodes, min)) || undefined;
      yield* bound(min, lower(before), lower(after), false, direction);
      const upper = (nodes: readonly Schema[]) => least(numbers(nodes, max));
      yield* bound(max, upper(before), upper(after), true, direction);
    },
  };
}

export const lengths: SchemaRule = size('string', 'minLength', 'maxLength');
export const itemCounts: SchemaRule = size('array', 'minItems', 'maxItems');
export const propertyCounts: SchemaRule = size('object', 'minProperties', 'maxProperties');

/** `minimum` and `exclusiveMinimum` are one bound, and so are the upper ones. */
export const ranges: SchemaRule = {
  keywords: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
  level: 'assertion',
  types: ['number'],
  *compare(before, after, { direction }) {
    for (const isUpper of [false, true]) {
      const [old, now] = [before, after].map((nodes) => limit(nodes, isUpper));
      if (old?.value === now?.value && old?.exclusive === now?.exclusive) continue;
      if (old && now && old.exclusive !== now.exclusive) {
        const grew = old.value === now.value ? old.exclusive : now.value > old.value === isUpper;
        const message = `The \`${old.keyword}\` of ${old.value} is now ${article(now.keyword)} \`${now.keyword}\` of ${now.value}.`;
        const verdict = grew ? wider(direction) : narrower(direction);
        yield { verdict, message, at: [now.keyword] };
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
  if (old === undefined || now === undefined) {
    yield now === undefined
      ? { verdict: wider(direction), message: `The \`${keyword}\` of ${old} was removed.` }
      : { verdict: narrower(direction), message: `There is now a \`${keyword}\` of ${now}.`, at };
    return;
  }
  const verdict = now > old === isUpper ? wider(direction) : narrower(direction);
  const verb = now > old ? 'rose' : 'fell';
  yield { verdict, message: `The \`${keyword}\` ${verb} from ${old} to ${now}.`, at };
}

function numbers(nodes: readonly Schema[], keyword: string): number[] {
  return nodes.map((node) => node[keyword]).filter((value) => typeof value === 'number');
}

function least(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.min(...values) : undefined;
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
