import { readFileSync } from 'node:fs';
import { writeWhole } from '@org/test-suite/write-file';
import type { Figure } from './report.ts';

/** The figures that a README shows, by name, with their labels. */
export type Labels = Record<string, string>;

const table = /(?<=<!-- bench:\w+ .*-->\n\n)(?:\|.*\n)+/;

/**
 * Writes figures into the table of a README that stands below a comment `<!-- bench:… -->`. The head of the table says
 * whose figures they are. Rows of figures that were not measured stay.
 */
export function updateReadme(path: string, figures: readonly Figure[], labels: Labels): void {
  const text = readFileSync(path, 'utf8');
  const [head = [], , ...body] = (table.exec(text)?.[0] ?? '').trimEnd().split('\n').map(cells);
  if (head.length < 2) throw new Error(`Expected a table below <!-- bench:… --> in ${path}.`);
  const rows = new Map(body.map((row) => [row[0], row]));
  for (const { name, values, unit } of figures) {
    const label = labels[name];
    if (label) rows.set(label, [label, ...head.slice(1).map((each) => show(values[each], unit))]);
  }
  const ordered = Object.values(labels).flatMap((label) => [rows.get(label) ?? []]);
  writeWhole(path, text.replace(table, print([head, ...ordered.filter((row) => row.length > 0)])));
}

function cells(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** A table as the formatter wants it: the first column to the left, figures to the right. */
function print([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |\n`;
  const rule = widths.map((width, i) =>
    i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('');
}

function show(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const maximumFractionDigits = value < 100 ? 1 : 0;
  return `${value.toLocaleString('en', { maximumFractionDigits })} ${unit}`.trim();
}
