import { type Finding, narrower, wider } from '../../change/change.ts';
import { canonical, isRecord, record } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import { isPatternWithin } from '../../schema/patterns.ts';
import { allowsAnyText } from '../../schema/values.ts';
import type { SchemaRule } from './rule.ts';

/** Whether an object or an array may have additional members, and their schema. */
function others(
  keywords: readonly [string, ...string[]],
  below: string,
  read: (nodes: readonly Schema[]) => unknown[],
): SchemaRule {
  return {
    keywords,
    *compare(before, after, { direction }) {
      const [old, now] = [read(before), read(after)];
      const [open, closed] = [openness(old), openness(now)];
      const keyword = keywords.find((each) => after.some((node) => each in node)) ?? keywords[0];
      const [at, args] = [[keyword], { keyword }];
      if (open < closed) {
        // As with a new property, programs ignore those that they do not know.
        const verdict = below === '*' ? 'addition' : wider(direction);
        yield { id: 'other-properties-allowed', verdict, args, at };
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
  others(['additionalProperties', 'unevaluatedProperties'], '*', otherProperties),
  others(['unevaluatedItems'], '[]', (nodes) => schemasOf(nodes, 'unevaluatedItems')),
];

/**
 * The schemas of the properties that are not named. `unevaluatedProperties` says of an `allOf` what `additionalProperties`
 * says of one object, unless that has described all others already.
 */
export function otherProperties(nodes: readonly Schema[]): unknown[] {
  const additional = nodes.flatMap((node) => {
    const all = ofEveryName(node);
    return all.length > 0 ? all : schemasOf([node], 'additionalProperties');
  });
  const isDescribed = additional.length > 0 && openness(additional) > 0;
  return isDescribed ? additional : [...additional, ...schemasOf(nodes, 'unevaluatedProperties')];
}

/** The schemas of `patternProperties` that hold for every name. */
export function ofEveryName(node: Schema): unknown[] {
  return Object.entries(record(node['patternProperties'])).flatMap(([pattern, schema]) =>
    allowsAnyText(pattern) ? [schema] : [],
  );
}

function schemasOf(nodes: readonly Schema[], keyword: string): unknown[] {
  return nodes.flatMap((node) => (Object.hasOwn(node, keyword) ? [node[keyword]] : []));
}

/** Whether a schema allows no value. Some write `false` as a `not` of anything. */
export function isNothing(schema: unknown): boolean {
  return schema === false || canonical(schema) === '{"not":{}}';
}

/** Whether nothing (0), some values (1) or anything (2) is allowed. */
export function openness(schemas: readonly unknown[]): 0 | 1 | 2 {
  if (schemas.some(isNothing)) return 0;
  return schemas.some((schema) => isRecord(schema) && Object.keys(schema).length > 0) ? 1 : 2;
}

/**
 * Properties whose names match a pattern. Patterns for the same names are compared, and those of which one has the
 * names of the other. Another one is a rule more or less, or in an object without other properties, more or fewer of
 * them.
 */
export const patternProperties: SchemaRule = {
  keywords: ['patternProperties'],
  *compare(before, after, { direction }) {
    const [old, now] = [byPattern(before), byPattern(after)];
    const [wasClosed, isClosed] = [before, after].map(
      (nodes) => openness(otherProperties(nodes)) === 0,
    );
    const removed = (below: string[]): Finding =>
      isClosed
        ? { id: 'property-removed', verdict: 'breaking', below }
        : { id: 'pattern-properties-removed', verdict: wider(direction), below };
    const added = (below: string[]): Finding =>
      wasClosed
        ? { id: 'property-added', verdict: 'addition', below }
        : { id: 'pattern-properties-added', verdict: narrower(direction), below };
    const left = new Set(now.keys());
    for (const [pattern, then] of old) {
      const other = counterpart(pattern, [...left]);
      if (other === undefined) {
        yield removed([`/${pattern}/`]);
        continue;
      }
      left.delete(other);
      const below = [`/${other}/`];
      if (other !== pattern && isPatternWithin(other, pattern) !== true) yield added(below);
      if (other !== pattern && isPatternWithin(pattern, other) !== true) yield removed(below);
      yield { below, before: then, after: now.get(other) ?? [] };
    }
    for (const pattern of left) yield added([`/${pattern}/`]);
  },
};

/** The pattern that is the same, for the same names, or for more or fewer of them. */
function counterpart(pattern: string, others: readonly string[]): string | undefined {
  if (others.includes(pattern)) return pattern;
  const isWithin = (other: string) => isPatternWithin(pattern, other) === true;
  const holds = (other: string) => isPatternWithin(other, pattern) === true;
  return (
    others.find((other) => isWithin(other) && holds(other)) ??
    others.find((other) => isWithin(other) || holds(other))
  );
}

function byPattern(nodes: readonly Schema[]): Map<string, unknown[]> {
  const all = new Map<string, unknown[]>();
  for (const node of nodes) {
    for (const [pattern, schema] of Object.entries(record(node['patternProperties']))) {
      if (allowsAnyText(pattern)) continue;
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
