import { type Finding, narrower, type Verdict, wider } from '../../change/change.ts';
import { canonical } from '../../document/json.ts';
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
    const scale = 10 ** Math.max(0, ...[...old, ...now].map(decimalsOf));
    // Extreme factors are only compared with themselves.
    if (![...old, ...now].every((factor) => Number.isSafeInteger(Math.round(factor * scale)))) {
      if (canonical(old) !== canonical(now)) yield changed('breaking', old, now);
      return;
    }
    // A multiple of 2 and 3 is one of 6, and a multiple of 6 is one of each number that divides 6.
    const common = (nodes: readonly Schema[], all: readonly number[]) =>
      [...all, ...(isInteger(nodes) ? [1] : [])]
        .map((factor) => BigInt(Math.round(factor * scale)))
        .filter((factor) => factor > 0n)
        .reduce<bigint | undefined>(
          (a, b) => (a === undefined ? b : (a / divisor(a, b)) * b),
          undefined,
        );
    const [then, current] = [common(before, old), common(after, now)];
    const keeps = (factor?: bigint, other?: bigint) =>
      other === undefined || (factor !== undefined && factor % other === 0n);
    const shrank = now.length > 0 && !keeps(then, current);
    const grew = old.length > 0 && !keeps(current, then);
    if (!shrank && !grew) return;
    const verdict = shrank && grew ? 'breaking' : grew ? wider(direction) : narrower(direction);
    yield changed(verdict, old, now);
  },
};

function changed(verdict: Verdict, old: readonly number[], now: readonly number[]): Finding {
  const args = { from: old.map(String), to: now.map(String) };
  return { id: 'multiple-of-changed', verdict, args, at: ['multipleOf'] };
}

function factors(nodes: readonly Schema[]): number[] {
  const all = nodes.map((node) => node['multipleOf']).filter((value) => typeof value === 'number');
  return isInteger(nodes) ? all.filter((factor) => factor !== 1) : all;
}

function decimalsOf(value: number): number {
  const [, digits = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, digits.length - Number(exponent));
}

/** The greatest common divisor. */
function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
