import type { RawUniversalConfig } from '@redocly/openapi-core';

/** Rules of Redocly's linter, as in a `redocly.yaml`. Its other parts (plugins, resolvers, decorators) are not taken. */
export interface LintRules {
  /** Redocly's own sets of rules: `recommended-strict`. */
  extends?: readonly string[];
  rules?: Readonly<Record<string, unknown>>;
}

type Rules = NonNullable<RawUniversalConfig['rules']>;

/** The input of Redocly's configuration. Throws a `TypeError` for plugins, files and other non-rules. */
export function lintConfig(given: LintRules): { extends: string[]; rules: Rules } {
  const { extends: sets = [], rules = {}, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new TypeError(
      `Only \`extends\` and \`rules\` of a redocly.yaml are used, not \`${unknown}\`.`,
    );
  }
  const file = sets.find((set) => !/^[a-z][a-z-]*$/.test(set));
  if (file !== undefined) {
    throw new TypeError(`\`extends: ${file}\` is not one of Redocly's own sets of rules.`);
  }
  // Redocly checks the rules themselves.
  return { extends: [...sets], rules: rules as Rules };
}
