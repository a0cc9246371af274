import {
  type Change,
  type DiffOptions,
  diff,
  formatMarkdown,
  neededBump,
  type Report,
  SettingsError,
} from '@org/spec-diff';
import { createChangeset, messageFor, renderChangeset, targets } from './changesets.ts';
import { CommandError } from './cli.ts';
import { readSettings } from './diff-settings.ts';
import { defaultBase } from './git.ts';
import { versionAt } from './package-changes.ts';
import { readCheckedSpec, readSpec, type SpecSide, specAt } from './spec.ts';

/** Two specs, and the report of their changes. */
export interface Comparison {
  report: Report;
  head: SpecSide;
  /** The base of the comparison, in words. */
  since: string;
  /** The base of the comparison, if there is one: a git ref or a file. */
  base: string | undefined;
  /** Whether the base is the default one. */
  isDefault: boolean;
}

/**
 * Compares two specs.
 *
 * @param base A git ref or a file; by default, the last release, or before it, the merge base with the main branch.
 * @param head A git ref or a file; by default, the working tree.
 * @param root The folder that both may refer to; by default, each spec's own folder.
 * @param proofs Whether breaking changes of methods get a program that they break; JSON and Markdown show it.
 * @param config The settings; by default, `spec/diff.yaml` for the working tree's spec, and none for another one.
 */
export async function compareSpecs({
  base: given,
  head: other,
  root,
  config,
  ...filters
}: {
  base?: string | undefined;
  head?: string | undefined;
  root?: string | undefined;
  config?: string | undefined;
} & Pick<DiffOptions, 'paths' | 'ignoreExtensions' | 'proofs'>): Promise<Comparison> {
  const { ref: base, name } = given === undefined ? defaultBase() : { ref: given, name: undefined };
  const before = await specAt(base, root);
  const isOwn = other === undefined && root === undefined;
  const head = isOwn ? await readCheckedSpec() : await readSpec(other, root);
  const settings = readSettings(config, other === undefined);
  const report = await diff(before.document, head.document, { ...settings, ...filters }).catch(
    explainSettings,
  );
  const since = name ?? before.name;
  return { report, head, since, base, isDefault: given === undefined };
}

function explainSettings(error: unknown): never {
  throw error instanceof SettingsError ? new CommandError(error.message) : error;
}

/** The report for a pull request, with the changesets that the change needs. */
export function markdownOf({ report, since, base }: Comparison): string {
  const { changes, verdict } = report;
  const version = versionAt(base);
  const isChanged = changes.length > 0;
  return formatMarkdown(report, {
    since,
    bump: isChanged ? neededBump(verdict, version) : undefined,
    changeset: isChanged ? changesetsOf(changes, version) : undefined,
  });
}

/** The changeset of each package, below its path. */
function changesetsOf(changes: readonly Change[], version: string): string {
  return targets
    .map((target) => messageFor(target, changes, version))
    .filter(({ needed }) => needed !== undefined)
    .map((message) => {
      const text = renderChangeset(createChangeset(message, version));
      return `${message.target.path}:\n\n${text}`;
    })
    .join('\n');
}
