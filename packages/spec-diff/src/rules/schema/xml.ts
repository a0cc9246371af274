import { canonical } from '../../document/json.ts';
import type { SchemaRule } from './rule.ts';

/** How a value is written as XML. The walker leaves it out where no media type of the document is XML. */
export const xml: SchemaRule = {
  keywords: ['xml'],
  level: 'annotation',
  *compare(before, after) {
    const [old, now] = [before, after].map((nodes) =>
      canonical(nodes.flatMap((node) => node['xml'] ?? [])),
    );
    if (old !== now) yield { verdict: 'breaking', message: 'The `xml` changed.', at: ['xml'] };
  },
};
