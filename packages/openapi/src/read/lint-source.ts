import {
  createConfig,
  type Document,
  lintDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { isLinear, matchesPattern } from '../pattern.ts';
import { type LintRules, lintConfig } from './lint-config.ts';
import type { Resolver } from './resolver.ts';

/** The problems that Redocly's linter finds. A separate file, so that the linter is only loaded to lint. */
export async function lintSource(
  document: Document,
  externalRefResolver: Resolver,
  rules: LintRules,
): Promise<NormalizedProblem[]> {
  const config = await createConfig(lintConfig(rules));
  return withBoundedPatterns(() => lintDocument({ document, config, externalRefResolver }));
}

const { test } = RegExp.prototype;
/** Several documents may be read at the same time. */
let running = 0;

/**
 * Limits the time of patterns while the linter runs. The linter compares the document's examples with their patterns by an
 * Ajv of its own, which has no option for that. A pattern that takes too long does not match.
 */
async function withBoundedPatterns<T>(work: () => Promise<T>): Promise<T> {
  running += 1;
  RegExp.prototype.test = boundedTest;
  try {
    return await work();
  } finally {
    running -= 1;
    if (running === 0) RegExp.prototype.test = test;
  }
}

/** Ajv's patterns have the flag `u`, and no other one. */
function boundedTest(this: RegExp, text: string): boolean {
  return this.flags === 'u' && !isLinear(this.source)
    ? matchesPattern(this.source, text)
    : test.call(this, text);
}
