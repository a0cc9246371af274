import { narrower, wider } from '../../change/change.ts';
import type { Schema } from '../../document/schema.ts';
import { isInteger } from './bounds.ts';
import type { SchemaRule } from './rule.ts';

/** Whether a number has to be whole. */
export const integers: SchemaRule = {
  keywords: ['type'],
  *compare(before, after, { direction }) {
    const [old, now] = [isInteger(before), isInteger(after)];
    if (old === now) return;
    const at = ['type'];
    yield old
      ? { id: 'integer-to-number', verdict: wider(direction), at }
      : { id: 'number-to-integer', verdict: narrower(direction), at };
  },
};

export const multiples: SchemaRule = {
  keywords: ['multipleOf'],
  *compare(before, after, { direction }) {
    const [old, now] = [factors(before), factors(after)];
    // A multiple of 6 is a multiple of each number that divides 6, and an integer is one of 0.5.
    const keeps = (nodes: readonly Schema[], factor: number) =>
      [...factors(nodes), ...(isInteger(nodes) ? [1] : [])].some((other) => other % factor === 0);
    const shrank = now.some((factor) => !keeps(before, factor));
    const grew = old.some((factor) => !keeps(after, factor));
    if (!shrank && !grew) return;
    const verdict = shrank && grew ? 'breaking' : grew ? wider(direction) : narrower(direction);
    const args = { from: old.map(String), to: now.map(String) };
    yield { id: 'multiple-of-changed', verdict, args, at: ['multipleOf'] };
  },
};

function factors(nodes: readonly Schema[]): number[] {
  const all = nodes.map((node) => node['multipleOf']).filter((value) => typeof value === 'number');
  return isInteger(nodes) ? all.filter((factor) => factor !== 1) : all;
}
