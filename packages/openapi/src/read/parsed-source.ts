import type { NormalizedProblem } from '@redocly/openapi-core';
import { parse } from 'yaml';

/** A file that a problem is in. */
export type ProblemSource = NormalizedProblem['location'][number]['source'];

const known = new WeakMap<ProblemSource, unknown>();

/** The values of a file; nothing where it does not parse, which is a problem of its own. Each file is parsed once. */
export function parsed(source: ProblemSource): unknown {
  if (!known.has(source)) {
    let values: unknown;
    try {
      values = parse(source.body);
    } catch {
      // Reported elsewhere.
    }
    known.set(source, values);
  }
  return known.get(source);
}
