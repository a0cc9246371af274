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
 * Does some work with patterns that cannot take long. The linter matches a document's patterns with its examples by an Ajv
 * of its own, whose options nobody else can set: a pattern that takes too long does not match.
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
