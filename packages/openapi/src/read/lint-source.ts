import {
  createConfig,
  type Document,
  lintDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { type LintRules, lintConfig } from './lint-config.ts';
import type { Resolver } from './resolver.ts';

/** The problems that Redocly's linter finds. A separate file, so that the linter is only loaded to lint. */
export async function lintSource(
  document: Document,
  externalRefResolver: Resolver,
  rules: LintRules,
): Promise<NormalizedProblem[]> {
  const config = await createConfig(lintConfig(rules));
  return lintDocument({ document, config, externalRefResolver });
}
