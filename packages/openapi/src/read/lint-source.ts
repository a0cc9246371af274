import {
  createConfig,
  type Document,
  lintDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { type LintRules, lintConfig } from './lint-config.ts';
import type { Resolver } from './resolver.ts';

/** What Redocly's linter says of a document. In a file of its own: only what lints loads the linter. */
export async function lintSource(
  document: Document,
  externalRefResolver: Resolver,
  rules: LintRules,
): Promise<NormalizedProblem[]> {
  const config = await createConfig(lintConfig(rules));
  return lintDocument({ document, config, externalRefResolver });
}
