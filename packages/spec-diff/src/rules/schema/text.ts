import { narrower, wider } from '../../change/change.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

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

/** What a text, or a number, has to look like. Whether one pattern allows more than another cannot be told. */
function look(keyword: string, types: SchemaRule['types'] & object): SchemaRule {
  return {
    keywords: [keyword],
    level: 'assertion',
    types,
    *compare(before, after, { direction }) {
      const [old, now] = [textsOf(before, keyword), textsOf(after, keyword)];
      const removed = old.filter((value) => !now.some((other) => implies(other, value)));
      const added = now.filter((value) => !old.some((other) => implies(other, value)));
      if (removed.length === 0 && added.length === 0) return;
      const at = [keyword];
      if (added.length === 0) {
        const message =
          now.length > 0 && old.length === now.length
            ? `The \`${keyword}\` changed from ${removed.join(' and ')} to ${now.join(' and ')}.`
            : `The \`${keyword}\` ${removed.join(' and ')} was removed.`;
        yield { verdict: wider(direction), message, at };
      } else if (removed.length === 0) {
        const message =
          old.length > 0 && old.length === now.length
            ? `The \`${keyword}\` changed from ${old.join(' and ')} to ${added.join(' and ')}.`
            : `Must now have the \`${keyword}\` ${added.join(' and ')}.`;
        yield { verdict: narrower(direction), message, at };
      } else {
        const message = `The \`${keyword}\` changed from ${removed.join(' and ')} to ${added.join(' and ')}.`;
        yield { verdict: 'breaking', message, at };
      }
    },
  };
}

export const texts: readonly SchemaRule[] = [
  look('pattern', ['string']),
  look('format', ['string', 'number']),
  look('contentEncoding', ['string']),
  look('contentMediaType', ['string']),
];

function implies(value: string, other: string): boolean {
  return value === other || (within[value]?.includes(other) ?? false);
}

function textsOf(nodes: readonly Schema[], keyword: string): string[] {
  const all = nodes.map((node) => node[keyword]).filter((value) => value !== undefined);
  return [...new Set(all.map(String))];
}
