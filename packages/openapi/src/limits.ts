import type { Document, Schema } from './document.ts';
import type { Problems } from './problems.ts';
import { deref } from './reference.ts';
import { nodesOf } from './walk.ts';

/** The limits of a document. Beyond them, a generator or a mock would take too long. */
export const limits = {
  /** Maximum number of objects, arrays and values, after YAML aliases are expanded. */
  values: 1_000_000,
  /** References that lead to one another: readers follow them for each one anew. */
  references: 100,
  /** How many times more values aliases may make of the text. Documents without aliases may be as large as they are. */
  growth: 4,
  /** Levels of objects and arrays in each other. */
  depth: 200,
  minItems: 10_000,
  minProperties: 1_000,
  minLength: 100_000,
  /** A number in a quantifier of a pattern, and the product of those in one pattern. */
  repetitions: 10_000,
  /** Schemas that one schema consists of, by `allOf` in `allOf`. */
  parts: 10_000,
} as const;

/** Adds a problem for each schema that exceeds the {@link limits}. */
export function refuseExcess(document: Document, problems: Problems): void {
  const counts = new Map<Schema, number>();
  for (const node of nodesOf(document)) {
    const { value } = node;
    for (const keyword of ['minItems', 'minProperties', 'minLength'] as const) {
      const bound = value[keyword];
      if (typeof bound !== 'number' || bound <= limits[keyword]) continue;
      problems.add(
        'too-large',
        [...node.path, keyword],
        `\`${keyword}\` is ${bound}: at most ${limits[keyword]} can be generated. Lower it.`,
      );
    }
    if (
      typeof value['pattern'] === 'string' &&
      repetitionsOf(value['pattern']) > limits.repetitions
    ) {
      problems.add(
        'too-large',
        [...node.path, 'pattern'],
        `The pattern has a repetition of more than ${limits.repetitions} times. Use \`minLength\` and \`maxLength\` for lengths.`,
      );
    }
    if (Array.isArray(value['allOf']) && partsOf(document, value, counts) > limits.parts) {
      problems.add(
        'too-large',
        [...node.path, 'allOf'],
        `The schema consists of more than ${limits.parts} schemas, by \`allOf\` in \`allOf\`. Merge them.`,
      );
    }
  }
}

/** The product of the numbers in a pattern's quantifiers: `(a{10}){10}` is 100. */
function repetitionsOf(pattern: string): number {
  // Escaped braces and classes are not quantifiers. A class that looks like one is refused, which is rare.
  const plain = pattern.replaceAll(/\\./g, '');
  let product = 1;
  for (const [, from = '', to = ''] of plain.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    product *= Math.max(1, Number(from), Number(to));
  }
  return product;
}

function partsOf(document: Document, schema: Schema, counts: Map<Schema, number>): number {
  const resolved = deref(document, schema);
  if (!resolved || typeof resolved !== 'object') return 1;
  const known = counts.get(resolved);
  if (known !== undefined) return known;
  // A schema that is part of itself is counted once.
  counts.set(resolved, 1);
  const parts = Array.isArray(resolved.allOf) ? resolved.allOf : [];
  const count = parts.reduce((sum, part) => sum + partsOf(document, part, counts), 1);
  counts.set(resolved, count);
  return count;
}
