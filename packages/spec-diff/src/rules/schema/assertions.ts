import { narrower, wider } from '../../change/change.ts';
import { canonical, isRecord } from '../../document/json.ts';
import type { JSONType, Schema } from '../../document/schema.ts';
import type { RuleContext, SchemaRule } from './rule.ts';

/**
 * A keyword of JSON Schema that only ever refuses values. One more of them refuses more, one less refuses less; one
 * that changed may do either.
 */
function assertion(keyword: string, ...types: JSONType[]): SchemaRule {
  return {
    keywords: [keyword],
    level: 'assertion',
    ...(types.length > 0 && { types }),
    *compare(before, after, context) {
      const [old, now] = [valuesOf(before, keyword), valuesOf(after, keyword)];
      const removed = old.some((value) => !now.some((other) => alike(value, other, context)));
      const added = now.some((value) => !old.some((other) => alike(other, value, context)));
      const { direction } = context;
      const at = [keyword];
      if (removed && added) {
        yield { verdict: 'breaking', message: `The \`${keyword}\` changed.`, at };
      } else if (removed) {
        yield { verdict: wider(direction), message: `The \`${keyword}\` was removed.` };
      } else if (added) {
        yield { verdict: narrower(direction), message: `There is now a \`${keyword}\`.`, at };
      }
    },
  };
}

/** Keywords that belong together: a change of one changes what another means. */
function together(keywords: readonly string[], ...types: JSONType[]): SchemaRule {
  return {
    keywords,
    level: 'assertion',
    ...(types.length > 0 && { types }),
    *compare(before, after, context) {
      for (const keyword of keywords) {
        const [old, now] = [valuesOf(before, keyword), valuesOf(after, keyword)];
        const equal =
          old.length === now.length && old.every((value, i) => alike(value, now[i], context));
        if (equal) continue;
        yield { verdict: 'breaking', message: `The \`${keyword}\` changed.`, at: [keyword] };
      }
    },
  };
}

export const assertions: readonly SchemaRule[] = [
  assertion('not'),
  assertion('dependentRequired', 'object'),
  assertion('dependentSchemas', 'object'),
  assertion('dependencies', 'object'),
  assertion('propertyNames', 'object'),
  assertion('contentSchema', 'string'),
  together(['if', 'then', 'else']),
  together(['prefixItems', 'additionalItems'], 'array'),
  together(['contains', 'minContains', 'maxContains'], 'array'),
  together(['unevaluatedProperties'], 'object'),
  together(['unevaluatedItems'], 'array'),
];

/** Keywords whose value is a map from names to schemas. */
const maps = new Set(['dependentSchemas', 'dependencies', 'dependentRequired']);

interface Value {
  keyword: string;
  value: unknown;
}

function valuesOf(nodes: readonly Schema[], keyword: string): Value[] {
  return nodes.flatMap((node) =>
    Object.hasOwn(node, keyword) ? [{ keyword, value: node[keyword] }] : [],
  );
}

/** Whether two values of a keyword mean the same, whatever schemas they hold. */
function alike(old: Value, now: Value | undefined, context: RuleContext): boolean {
  if (!now) return false;
  if (!maps.has(old.keyword)) return sameMeaning(old.value, now.value, context);
  if (!isRecord(old.value) || !isRecord(now.value)) return false;
  const names = new Set([...Object.keys(old.value), ...Object.keys(now.value)]);
  const [then, current] = [old.value, now.value];
  return [...names].every((name) => sameMeaning(then[name], current[name], context));
}

function sameMeaning(old: unknown, now: unknown, context: RuleContext): boolean {
  if (Array.isArray(old) && Array.isArray(now)) {
    return old.length === now.length && old.every((item, i) => sameMeaning(item, now[i], context));
  }
  if (isRecord(old) && isRecord(now)) return context.same([old], [now]);
  return canonical(old) === canonical(now);
}
