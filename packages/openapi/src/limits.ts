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
  /** The numbers in the quantifiers of a pattern, multiplied where they are in each other. */
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

/**
 * How many parts a pattern has when its repetitions are written out: those in each other multiply, and those in a row
 * add up. `(a{10}b{5}){10}` has 150.
 */
function repetitionsOf(pattern: string): number {
  // Escaped characters and classes are one character each.
  const plain = pattern.replaceAll(/\\./g, '.').replaceAll(/\[[^\]]*\]/g, '.');
  // The sum of each open group, and the size of its last part.
  const groups = [{ sum: 0, last: 0 }];
  for (const [token, from, to = ''] of plain.matchAll(/\{(\d+)(?:,(\d*))?\}|./gs)) {
    const group = groups.at(-1) ?? { sum: 0, last: 0 };
    if (from !== undefined) {
      group.last = Math.max(1, group.last) * Math.max(1, Number(from), Number(to));
      continue;
    }
    group.sum += group.last;
    group.last = 0;
    if (token === '(') groups.push({ sum: 0, last: 0 });
    if (token !== ')' || groups.length === 1) continue;
    groups.pop();
    const parent = groups.at(-1);
    if (parent) parent.last = group.sum;
  }
  // A group that is not closed ends here.
  return groups.reduce((sum, group) => sum + group.sum + group.last, 0);
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
