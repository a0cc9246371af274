import { tableCell } from '@org/openapi';
import type { Bump } from '../change/bump.ts';
import type { Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';
import { type Effect, effectsOf, namesIn } from './effects.ts';
import { type Group, sectionsOf, shortened, titleOf, totals } from './groups.ts';
import { formatProofs } from './proofs.ts';
import { codeSpan, fenced, inMarkdown } from './words.ts';

const titles: Record<Verdict, string> = {
  breaking: 'Breaking changes',
  addition: 'Additions',
  none: 'No effect on the API',
};

/** The options of the report for a pull request. */
export interface PullRequest {
  since: string;
  /** The bump that the change needs; undefined if nothing changed. */
  bump: Bump | undefined;
  /** The text of the changeset that `pnpm spec:changeset` would write. */
  changeset?: string | undefined;
  /** The most characters of the whole text. GitHub takes 65,536 for a comment; 24,000 by default. */
  limit?: number;
}

/** A table of the report; rows that do not fit are counted. */
interface Table {
  title: string;
  rows: string[];
  isOpen: boolean;
}

/**
 * The report for a pull request: the verdict and the breaking changes first, the others in collapsed tables. Text
 * longer than `limit` is cut at the end, with the number of omitted rows.
 */
export function formatMarkdown(
  { verdict, changes, notes }: Report,
  { since, bump, changeset, limit = 24_000 }: PullRequest,
): string {
  if (changes.length === 0) {
    return `### The spec has not changed\n\nCompared with ${codeSpan(since)}.\n`;
  }
  const { spec, client, mock } = sectionsOf(changes);
  const effects = effectsOf(changes);
  const bad = (groups: readonly Group[]) => groups.flatMap((group) => rows(group, true));
  const others = (groups: readonly Group[]) => groups.flatMap((group) => rows(group, false));
  const isBad = (effect: Effect) => effect.verdict === 'breaking';
  const tables: Table[] = [
    {
      title: 'Breaking',
      isOpen: true,
      rows: [
        ...bad(spec),
        ...bad(client),
        ...effects.client.filter(isBad).map(effectRow),
        ...bad(mock),
      ],
    },
    { title: 'Spec', isOpen: false, rows: others(spec) },
    {
      title: 'Client',
      isOpen: false,
      rows: [...others(client), ...effects.client.filter((each) => !isBad(each)).map(effectRow)],
    },
    {
      title: 'Mock',
      isOpen: false,
      rows: [...others(mock), ...effects.mock.map(effectRow)],
    },
  ];
  const head = [
    `### ${titles[verdict]}${bump ? `: ${bump} release` : ''}`,
    `Compared with ${codeSpan(since)}: ${totals(changes)}.`,
  ];
  const tail = [
    ...(changeset
      ? [`<details><summary>Changeset</summary>\n\n${fenced(changeset, 'md')}\n\n</details>`]
      : []),
    ...notes.map((note) => `> **Note:** ${inMarkdown([{ data: note, isCode: false }])}`),
  ];
  const used = [...head, ...tail].join('\n\n').length;
  // Notes that take more than half of the limit are left out.
  const kept = used > limit / 2 ? [] : tail;
  let room = limit - [...head, ...kept].join('\n\n').length - 1000;
  const parts = tables.flatMap((table) => {
    const text = formatTable(table, room);
    room -= text.length;
    if (!table.isOpen) return [text];
    // The other tables keep half of what is left.
    const proofs = formatProofs(changes, room / 2);
    room -= proofs.length;
    return [text, proofs];
  });
  return `${[...head, ...parts, ...kept].filter(Boolean).join('\n\n')}\n`;
}

function formatTable({ title, rows: all, isOpen }: Table, room: number): string {
  if (all.length === 0) return '';
  const shown: string[] = [];
  let left = room - 200;
  for (const row of all) {
    left -= row.length + 1;
    if (left < 0) break;
    shown.push(row);
  }
  const rest = all.length - shown.length;
  const more =
    rest > 0
      ? `\n\n${rest} more ${rest === 1 ? 'row' : 'rows'} left out: run \`pnpm spec:diff\`.`
      : '';
  const table =
    shown.length > 0 ? `| | where | what |\n| --- | --- | --- |\n${shown.join('\n')}` : '';
  const text = `${table}${more}`.trim();
  return isOpen ? text : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

/** Only the first row of a group names the operations that it reaches. */
function rows(group: Group, isBad: boolean): string[] {
  const { operations, entries } = group;
  const title = titleOf(group, codeSpan);
  const told = entries.filter(({ verdict }) => (verdict === 'breaking') === isBad);
  return told.map(({ verdict, places, words, accepted }, i) => {
    const named = places.filter(Boolean);
    const where = named.length > 0 ? `${title} › ${shortened(named.map(codeSpan))}` : title;
    const reach =
      operations.length > 0 && i === 0 ? `<br>reaches ${shortened(operations.map(codeSpan))}` : '';
    const reason =
      accepted === undefined ? '' : ` Accepted: ${inMarkdown([{ data: accepted, isCode: false }])}`;
    return row(
      verdict,
      `${where}${reach}`,
      `${inMarkdown(words)}${reason}`,
      accepted !== undefined,
    );
  });
}

function effectRow(effect: Effect): string {
  return row(effect.verdict, namesIn(effect, codeSpan), effect.message);
}

function row(verdict: Verdict, where: string, what: string, isAccepted = false): string {
  const word = verdict !== 'breaking' ? verdict : isAccepted ? 'accepted' : '**breaking**';
  return `| ${[word, where, what].map(tableCell).join(' | ')} |`;
}
