import { narrower, wider } from '../../change/change.ts';
import { isRecord, record } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** Whether an object or an array may have additional members, and their schema. */
function others(keyword: string, below: string): SchemaRule {
  return {
    keywords: [keyword],
    *compare(before, after, { direction }) {
      const [old, now] = [schemasOf(before, keyword), schemasOf(after, keyword)];
      const [open, closed] = [openness(old), openness(now)];
      const [at, args] = [[keyword], { keyword }];
      if (open < closed) {
        yield { id: 'other-properties-allowed', verdict: wider(direction), args, at };
      } else if (open > closed) {
        const id = closed === 0 ? 'other-properties-forbidden' : 'other-properties-limited';
        yield { id, verdict: narrower(direction), args, at };
      } else if (open === 1) {
        yield { below: [below], before: old, after: now };
      }
    },
  };
}

export const otherMembers: readonly SchemaRule[] = [
  others('additionalProperties', '*'),
  others('unevaluatedProperties', '*'),
  others('unevaluatedItems', '[]'),
];

function schemasOf(nodes: readonly Schema[], keyword: string): unknown[] {
  return nodes.flatMap((node) => (Object.hasOwn(node, keyword) ? [node[keyword]] : []));
}

function openness(schemas: readonly unknown[]): 0 | 1 | 2 {
  if (schemas.includes(false)) return 0;
  return schemas.some((schema) => isRecord(schema) && Object.keys(schema).length > 0) ? 1 : 2;
}

/** Properties whose names match a pattern: the same pattern is compared, another one is a rule more or less. */
export const patternProperties: SchemaRule = {
  keywords: ['patternProperties'],
  *compare(before, after, { direction }) {
    const [old, now] = [byPattern(before), byPattern(after)];
    for (const pattern of new Set([...old.keys(), ...now.keys()])) {
      const [then, current] = [old.get(pattern), now.get(pattern)];
      const below = [`/${pattern}/`];
      if (then && current) yield { below, before: then, after: current };
      else if (then) yield { id: 'pattern-properties-removed', verdict: wider(direction), below };
      else yield { id: 'pattern-properties-added', verdict: narrower(direction), below };
    }
  },
};

function byPattern(nodes: readonly Schema[]): Map<string, unknown[]> {
  const all = new Map<string, unknown[]>();
  for (const node of nodes) {
    for (const [pattern, schema] of Object.entries(record(node['patternProperties']))) {
      all.set(pattern, [...(all.get(pattern) ?? []), schema]);
    }
  }
  return all;
}

const text = { type: 'string' };

/** Property names are strings, and their schema is a schema of strings. */
export const propertyNames: SchemaRule = {
  keywords: ['propertyNames'],
  *compare(before, after) {
    const [old, now] = [schemasOf(before, 'propertyNames'), schemasOf(after, 'propertyNames')];
    if (old.length === 0 && now.length === 0) return;
    yield { below: ['property names'], before: [text, ...old], after: [text, ...now] };
  },
};
