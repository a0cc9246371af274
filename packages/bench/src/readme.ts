import { readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from './report.ts';

/** The figures that a README shows, by name, and how it calls them. */
export type Rows = Record<string, string>;

const columns =
  /<!-- bench:\w+ .*?-->\n\n\|(?<head>[^\n]*)\|\n\|[-:| ]*\|\n(?<rows>(?:\|[^\n]*\n)*)/;

/**
 * Writes figures into the table of a README that stands below a comment `<!-- bench:… -->`. The head of the table says
 * whose figures they are; rows of figures that were not measured stay.
 */
export function updateReadme(path: string, figures: readonly Figure[], rows: Rows): void {
  const text = readFileSync(path, 'utf8');
  const { head = '', rows: body = '' } = columns.exec(text)?.groups ?? {};
  const contenders = cells(head);
  if (contenders.length === 0)
    throw new Error(`Expected a table below <!-- bench:… --> in ${path}.`);
  const known = new Map(
    body
      .split('\n')
      .filter(Boolean)
      .map((row) => [cells(row)[0], row]),
  );
  for (const figure of figures) {
    const label = rows[figure.name];
    if (!label) continue;
    const values = contenders.map((name) => show(figure.values[name], figure.unit));
    known.set(label, `| ${[label, ...values].join(' | ')} |`);
  }
  const ordered = Object.values(rows).flatMap((label) => known.get(label) ?? []);
  writeFileSync(
    path,
    text.replace(body || /(?<=\|[-: |]*\|\n)(?=\n<!-- \/bench)/, `${ordered.join('\n')}\n`),
  );
}

function cells(row: string): string[] {
  return row
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean);
}

function show(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const digits = value < 100 ? 1 : 0;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`.trim();
}
