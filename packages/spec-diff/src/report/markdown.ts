import type { Bump } from '../change/bump.ts';
import type { Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';
import { type Effect, effectsOf, namesIn } from './effects.ts';
import { type Group, sectionsOf, shortened, totals } from './groups.ts';

const titles: Record<Verdict, string> = {
  breaking: 'Breaking changes',
  addition: 'Additions',
  none: 'No effect on the API',
};

/** What a pull request wants to know beyond the changes. */
export interface PullRequest {
  since: string;
  /** The bump that the change needs; undefined where nothing changed. */
  bump: Bump | undefined;
  /** The text of the changeset that `pnpm spec:changeset` would write. */
  changeset?: string | undefined;
}

/** The report for a pull request: the verdict first, the details in tables that open. */
export function formatMarkdown(
  { verdict, changes, notes }: Report,
  { since, bump, changeset }: PullRequest,
): string {
  if (changes.length === 0) return `### The spec has not changed\n\nCompared with \`${since}\`.\n`;
  const { spec, client, mock } = sectionsOf(changes);
  const effects = effectsOf(changes);
  const parts = [
    `### ${titles[verdict]}${bump ? `: ${bump} release` : ''}`,
    `Compared with \`${since}\`: ${totals(changes)}.`,
    details('Spec', spec.map(rows).join('\n')),
    details('Client', [...client.map(rows), ...effects.client.map(effectRow)].join('\n')),
    details('Mock', [...mock.map(rows), ...effects.mock.map(effectRow)].join('\n')),
    changeset && `<details><summary>Changeset</summary>\n\n${fenced(changeset)}\n\n</details>`,
    ...notes.map((note) => `> **Note:** ${cell(note)}`),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function details(title: string, table: string): string {
  if (!table) return '';
  const head = '| | where | what |\n| --- | --- | --- |';
  return `<details><summary>${title}</summary>\n\n${head}\n${table}\n\n</details>`;
}

function rows({ title, operations, entries }: Group): string {
  const reach = operations.length > 0 ? `<br>reaches ${shortened(operations.map(code))}` : '';
  return entries
    .map(({ verdict, places, message }) => {
      const named = places.filter(Boolean);
      const where =
        named.length > 0 ? `${code(title)} › ${shortened(named.map(code))}` : code(title);
      return row(verdict, `${where}${reach}`, message);
    })
    .join('\n');
}

function effectRow(effect: Effect): string {
  return row(effect.verdict, namesIn(effect, code), effect.message);
}

function row(verdict: Verdict, where: string, what: string): string {
  const word = verdict === 'breaking' ? '**breaking**' : verdict;
  return `| ${word} | ${where} | ${cell(what)} |`;
}

/** What the spec's authors wrote must not end a cell, or begin HTML. */
function cell(text: string): string {
  return text
    .replaceAll(/[|\\]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll(/\s*\n\s*/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function fenced(text: string): string {
  const fence = '`'.repeat(
    Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `${fence}md\n${text.trim()}\n${fence}`;
}
