import { narrower, wider } from '../../change/change.ts';
import type { Schema } from '../../document/schema.ts';
import { isInteger } from './bounds.ts';
import type { SchemaRule } from './rule.ts';

/** Whether a number has to be whole. */
export const integers: SchemaRule = {
  keywords: ['type'],
  level: 'assertion',
  types: ['number'],
  *compare(before, after, { direction }) {
    const [old, now] = [isInteger(before), isInteger(after)];
    if (old === now) return;
    yield old
      ? {
          verdict: wider(direction),
          message: 'The type changed from integer to number.',
          at: ['type'],
        }
      : {
          verdict: narrower(direction),
          message: 'The type changed from number to integer.',
          at: ['type'],
        };
  },
};

export const multiples: SchemaRule = {
  keywords: ['multipleOf'],
  level: 'assertion',
  types: ['number'],
  *compare(before, after, { direction }) {
    const [old, now] = [factors(before), factors(after)];
    // A multiple of 6 is a multiple of each number that divides 6.
    const shrank = now.some((factor) => !old.some((other) => other % factor === 0));
    const grew = old.some((factor) => !now.some((other) => other % factor === 0));
    if (!shrank && !grew) return;
    const message = `The \`multipleOf\` changed from ${written(old)} to ${written(now)}.`;
    const verdict = shrank && grew ? 'breaking' : grew ? wider(direction) : narrower(direction);
    yield { verdict, message, at: ['multipleOf'] };
  },
};

function factors(nodes: readonly Schema[]): number[] {
  const all = nodes.map((node) => node['multipleOf']).filter((value) => typeof value === 'number');
  return isInteger(nodes) ? all.filter((factor) => factor !== 1) : all;
}

function written(numbers: readonly number[]): string {
  return numbers.join(' and ') || 'none';
}
