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

/**
 * Does some work with patterns that cannot take long. The linter matches a document's patterns with its examples by an Ajv
 * of its own, whose options nobody else can set: a pattern that takes too long does not match.
 */
async function withBoundedPatterns<T>(work: () => Promise<T>): Promise<T> {
  const { test } = RegExp.prototype;
  // Ajv's patterns have this flag, and no other one.
  RegExp.prototype.test = function (text) {
    return this.flags === 'u' && !isLinear(this.source)
      ? matchesPattern(this.source, text)
      : test.call(this, text);
  };
  try {
    return await work();
  } finally {
    RegExp.prototype.test = test;
  }
}
