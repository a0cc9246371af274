import { narrower, wider } from '../../change/change.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** The items of an array; an array without `items` may have any. */
export const items: SchemaRule = {
  keywords: ['items'],
  level: 'assertion',
  types: ['array'],
  *compare(before, after) {
    const [old, now] = [schemasOf(before), schemasOf(after)];
    if (old.length > 0 || now.length > 0) yield { below: ['[]'], before: old, after: now };
  },
};

function schemasOf(nodes: readonly Schema[]): unknown[] {
  return nodes.flatMap((node) => (Object.hasOwn(node, 'items') ? [node['items']] : []));
}

export const uniqueItems: SchemaRule = {
  keywords: ['uniqueItems'],
  level: 'assertion',
  types: ['array'],
  *compare(before, after, { direction }) {
    const [old, now] = [before, after].map((nodes) =>
      nodes.some((node) => node['uniqueItems'] === true),
    );
    if (old === now) return;
    yield now
      ? {
          verdict: narrower(direction),
          message: 'The items must now be unique.',
          at: ['uniqueItems'],
        }
      : { verdict: wider(direction), message: 'The items no longer have to be unique.' };
  },
};
