import { narrower, wider } from '../../change/change.ts';
import { isRecord, record } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** Whether an object may have properties that the schema does not name, and what they have to be. */
export const additionalProperties: SchemaRule = {
  keywords: ['additionalProperties'],
  level: 'assertion',
  types: ['object'],
  *compare(before, after, { direction }) {
    const [old, now] = [schemasOf(before), schemasOf(after)];
    const [open, closed] = [openness(old), openness(now)];
    const at = ['additionalProperties'];
    if (open < closed) {
      const message = 'May now have properties that are not named.';
      yield { verdict: wider(direction), message, at };
    } else if (open > closed) {
      const message =
        closed === 0
          ? 'May no longer have properties that are not named.'
          : 'Properties that are not named must now match a schema.';
      yield { verdict: narrower(direction), message, at };
    } else if (open === 1) {
      yield { below: ['*'], before: old, after: now };
    }
  },
};

function schemasOf(nodes: readonly Schema[]): unknown[] {
  return nodes.flatMap((node) =>
    Object.hasOwn(node, 'additionalProperties') ? [node['additionalProperties']] : [],
  );
}

function openness(schemas: readonly unknown[]): 0 | 1 | 2 {
  if (schemas.includes(false)) return 0;
  return schemas.some((schema) => isRecord(schema) && Object.keys(schema).length > 0) ? 1 : 2;
}

/** Properties whose names match a pattern: the same pattern is compared, another one is a rule more or less. */
export const patternProperties: SchemaRule = {
  keywords: ['patternProperties'],
  level: 'assertion',
  types: ['object'],
  *compare(before, after, { direction }) {
    const [old, now] = [byPattern(before), byPattern(after)];
    for (const pattern of new Set([...old.keys(), ...now.keys()])) {
      const [then, current] = [old.get(pattern), now.get(pattern)];
      const below = [`/${pattern}/`];
      if (then && current) yield { below, before: then, after: current };
      else if (then) yield { verdict: wider(direction), message: 'No longer described.', below };
      else yield { verdict: narrower(direction), message: 'Now described.', below };
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
