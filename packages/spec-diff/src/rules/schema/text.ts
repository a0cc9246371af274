import { narrower, wider } from '../../change/change.ts';
import type { JSONType, Schema } from '../../document/schema.ts';
import { isPatternWithin } from '../../schema/patterns.ts';
import { allowsAnyText } from '../../schema/values.ts';
import { isBetween } from './bounds.ts';
import type { RuleContext, SchemaRule } from './rule.ts';

/** Formats whose values are also values of another format. */
const within: Record<string, readonly string[]> = {
  int32: ['int64'],
  float: ['double'],
  email: ['idn-email'],
  hostname: ['idn-hostname'],
  uri: ['uri-reference', 'iri', 'iri-reference'],
  iri: ['iri-reference'],
  'uri-reference': ['iri-reference'],
};

/** The integers of these formats. */
const integers: Record<string, readonly [least: bigint, greatest: bigint]> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** The pattern or format of a value. */
function look(keyword: string): SchemaRule {
  return {
    keywords: [keyword],
    *compare(before, after, { direction, type }: RuleContext) {
      const [old, now] = [textsOf(before, keyword, type), textsOf(after, keyword, type)];
      const implies = keyword === 'pattern' ? isWithinPattern : isWithinFormat;
      const removed = old.filter((value) => !now.some((other) => implies(other, value)));
      const added = now.filter((value) => !old.some((other) => implies(other, value)));
      if (removed.length === 0 && added.length === 0) return;
      const at = [keyword];
      const isReplaced = old.length > 0 && old.length === now.length;
      const id =
        isReplaced || (removed.length > 0 && added.length > 0)
          ? 'format-changed'
          : added.length > 0
            ? 'format-added'
            : 'format-removed';
      const verdict =
        added.length === 0
          ? wider(direction)
          : removed.length === 0
            ? narrower(direction)
            : 'breaking';
      const args = { keyword, from: isReplaced ? old : removed, to: isReplaced ? now : added };
      yield { id, verdict, args, at };
    },
  };
}

export const texts: readonly SchemaRule[] = [
  ...[look('pattern'), look('format'), look('contentEncoding'), look('contentMediaType')],
];

function isWithinPattern(value: string, other: string): boolean {
  return value === other || isPatternWithin(value, other) === true;
}

function isWithinFormat(value: string, other: string): boolean {
  // A format may be called like a property of every object.
  const formats = Object.hasOwn(within, value) ? within[value] : undefined;
  return value === other || (formats?.includes(other) ?? false);
}

/**
 * OpenAPI 3.0 uses a format where 3.1 uses a keyword of JSON Schema. `password` asks tools to hide the value, and allows
 * any. A format of integers has no effect on those that the bounds keep within it.
 */
function textsOf(nodes: readonly Schema[], keyword: string, type: JSONType): string[] {
  const all = nodes.flatMap((node): unknown[] => {
    const format = type === 'string' ? node['format'] : undefined;
    if (keyword === 'format' && ['byte', 'binary', 'password'].includes(String(format))) return [];
    if (keyword === 'contentEncoding' && format === 'byte') return ['base64'];
    if (keyword === 'contentMediaType' && format === 'binary') return ['application/octet-stream'];
    return node[keyword] === undefined ? [] : [node[keyword]];
  });
  const found = [...new Set(all.map(String))];
  if (keyword === 'pattern') return found.filter((pattern) => !allowsAnyText(pattern));
  return found.filter((format) => {
    const range = Object.hasOwn(integers, format) ? integers[format] : undefined;
    return !range || !isBetween(nodes, ...range);
  });
}
