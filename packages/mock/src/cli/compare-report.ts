import type { Behavior } from '../compare/compare.ts';

/** What came of comparing a server with a copy. */
export interface Comparison {
  /** The server's address. */
  server: string;
  /** The copy's address, or what it was made of. */
  copy: string;
  behaviors: Behavior[];
  /** What was not asked, and why. */
  skipped: string[];
  /** Whether the server's data changed while it was asked. */
  hasChanged: boolean;
}

/** The most differences that are shown, and the most lines of each. `--json` has all. */
const mostShown = 20;
const mostLines = 8;
/** The fewest columns in which two answers are printed side by side. */
const sideBySide = 60;

/** The comparison as text: a table, the number of equal behaviors, and each difference. */
export function report(comparison: Comparison, columns: number): string {
  const { server, copy, behaviors, skipped, hasChanged } = comparison;
  const different = behaviors.filter(({ result }) => result === 'different');
  const changed = behaviors.filter(({ result }) => result === 'changed');
  const equal = behaviors.length - different.length - changed.length;
  const shown = different.slice(0, mostShown).map((one) => describeDifference(one, columns));
  const lines = [
    `Server: ${server}\nCopy:   ${copy}`,
    tableOf(behaviors),
    ...shown,
    ...(different.length > shown.length
      ? [`… and ${different.length - shown.length} more differences: --json prints all.`]
      : []),
    ...changed.map(
      ({ request }) =>
        `~ ${cut(request, columns)}: the server responded differently to equal requests, so it was not compared.`,
    ),
    ...(skipped.length > 0 ? [`Not asked:\n${skipped.map((one) => `  ${one}`).join('\n')}`] : []),
    ...(hasChanged ? ['The data of the server changed during the comparison. Run it again.'] : []),
    `${equal} of ${behaviors.length} behaviors equal`,
  ];
  return lines.join('\n\n');
}

/** A line for each area of each operation. */
function tableOf(behaviors: readonly Behavior[]): string {
  const operations = new Map<string, Map<string, Behavior[]>>();
  for (const behavior of behaviors) {
    const areas = operations.get(behavior.operation) ?? new Map<string, Behavior[]>();
    operations.set(behavior.operation, areas);
    areas.set(behavior.area, [...(areas.get(behavior.area) ?? []), behavior]);
  }
  const width = Math.max(...behaviors.map(({ area }) => area.length));
  return [...operations]
    .map(([operation, areas]) => {
      const rows = [...areas].map(([area, all]) => {
        const equal = all.filter(({ result }) => result === 'equal').length;
        const mark = equal === all.length ? '✓' : '✗';
        return `  ${mark} ${area.padEnd(width)}  ${equal} of ${all.length}`;
      });
      return [operation, ...rows].join('\n');
    })
    .join('\n');
}

function describeDifference({ request, differences }: Behavior, columns: number): string {
  const rows = worthShowing(differences).map(({ path, original, copy }): Row => {
    return [path, show(original), show(copy)];
  });
  const more = differences.length - rows.length;
  const lines =
    columns < sideBySide ? rows.map((row) => stack(row, columns)) : table(rows, columns);
  const rest = more > 0 ? [`  … and ${more} more values: --json prints all.`] : [];
  return [cut(`✗ ${request}`, columns), ...lines, ...rest].join('\n');
}

/** The first differences. Where the statuses differ, so do the bodies, of which one value is enough. */
function worthShowing(differences: Behavior['differences']): Behavior['differences'] {
  const isBody = ({ path }: { path: string }) => path.startsWith('body');
  const first = differences.findIndex(isBody);
  const hasOtherStatus = differences.some(({ path }) => path === 'status');
  return differences
    .filter((one, i) => !hasOtherStatus || i === first || !isBody(one))
    .slice(0, mostLines);
}

type Row = [path: string, original: string, copy: string];

function table(rows: readonly Row[], columns: number): string[] {
  const first = Math.min(Math.max(...rows.map(([path]) => path.length)), Math.floor(columns / 3));
  const other = Math.floor((columns - first - 6) / 2);
  return [['', 'server', 'copy'] as Row, ...rows].map(([path, original, copy]) =>
    `  ${cut(path, first, true).padEnd(first)}  ${cut(original, other).padEnd(other)}  ${cut(copy, other)}`.trimEnd(),
  );
}

function stack([path, original, copy]: Row, columns: number): string {
  const width = Math.max(columns - 12, 8);
  return `  ${path}\n    server: ${cut(original, width)}\n    copy:   ${cut(copy, width)}`;
}

function show(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}

/** A text that is too long loses its end; of a path, the end is what tells. */
function cut(text: string, width: number, keepsEnd = false): string {
  if (text.length <= width) return text;
  return keepsEnd ? `…${text.slice(1 - width)}` : `${text.slice(0, width - 1)}…`;
}
