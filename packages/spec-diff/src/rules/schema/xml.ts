import { canonical } from '../../document/json.ts';
import type { SchemaRule } from './rule.ts';

/** The XML serialization of a value. It is ignored if no media type of the document is XML. */
export const xml: SchemaRule = {
  keywords: ['xml'],
  *compare(before, after) {
    const [old, now] = [before, after].map((nodes) =>
      canonical(nodes.flatMap((node) => node['xml'] ?? [])),
    );
    if (old !== now) yield { id: 'xml-changed', verdict: 'breaking', at: ['xml'] };
  },
};
