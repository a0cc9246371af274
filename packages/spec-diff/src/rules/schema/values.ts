import { narrower, wider } from '../../change/change.ts';
import { canonical } from '../../document/json.ts';
import { type Schema, typeOf } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** The values that `enum` and `const` leave, all of them together; undefined where there is no such keyword. */
export function allowedValues(nodes: readonly Schema[]): unknown[] | undefined {
  let allowed: Map<string, unknown> | undefined;
  for (const node of nodes) {
    for (const list of listsOf(node)) {
      const here = new Map(list.map((value) => [canonical(value), value]));
      allowed = allowed ? new Map([...allowed].filter(([key]) => here.has(key))) : here;
    }
  }
  return allowed && [...allowed.values()];
}

function listsOf(node: Schema): unknown[][] {
  return [
    ...(Array.isArray(node['enum']) ? [node['enum']] : []),
    ...('const' in node ? [[node['const']]] : []),
  ];
}

/** `enum` and `const`: the values that are allowed by name. */
export const values: SchemaRule = {
  keywords: ['enum', 'const'],
  level: 'assertion',
  *compare(before, after, { direction, type }) {
    const [old, now] = [before, after].map((nodes) => textsOf(nodes, type));
    if (!old && !now) return;
    if (!old || !now) {
      const list = (old ?? now ?? []).join(', ');
      // The booleans are two values, listed or not.
      if (type === 'boolean' && (old ?? now)?.length === 2) return;
      yield old
        ? { verdict: wider(direction), message: `No longer limited to ${list}.` }
        : { verdict: narrower(direction), message: `Must now be one of ${list}.`, at: ['enum'] };
      return;
    }
    const removed = old.filter((value) => !now.includes(value)).join(', ');
    const added = now.filter((value) => !old.includes(value)).join(', ');
    const at = ['enum'];
    if (removed && added) {
      const message = `The allowed values changed: ${removed} removed, ${added} added.`;
      yield { verdict: 'breaking', message, at };
    } else if (removed) {
      yield { verdict: narrower(direction), message: `May no longer be ${removed}.`, at };
    } else if (added) {
      yield { verdict: wider(direction), message: `May now also be ${added}.`, at };
    }
  },
};

function textsOf(nodes: readonly Schema[], type: string): string[] | undefined {
  return allowedValues(nodes)
    ?.filter((value) => typeOf(value) === type)
    .map(canonical);
}
