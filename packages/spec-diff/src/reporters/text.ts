import type { Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';
import { contractOf, type Group, methodsOf, sectionsOf, shortened, totals } from './groups.ts';

/** Gives a word the color of a verdict; the default leaves it as it is. */
export type Paint = (verdict: Verdict, text: string) => string;

/**
 * The report for a terminal.
 *
 * @param since What is compared with, such as a tag.
 */
export function formatText(
  { changes, notes }: Report,
  since: string,
  paint: Paint = (_, text) => text,
): string {
  const lines: string[] = [];
  if (changes.length === 0) lines.push(`No changes since ${since}.`);
  else {
    lines.push(`Since ${since}:`);
    const { spec, client, mock } = sectionsOf(changes);
    for (const group of spec) lines.push('', ...formatGroup(group, paint));
    const methods = [...methodsOf(changes)];
    if (client.length + methods.length > 0) lines.push('', 'Client');
    for (const group of client) lines.push(...formatGroup(group, paint).map(indent));
    for (const [name, { verdict, affects }] of methods) {
      lines.push(
        `  ${paint(verdict, verdict.padEnd(8))}  ${name}: ${affects.join(' and ')} changed.`,
      );
    }
    if (mock.length + methods.length > 0) lines.push('', 'Mock');
    for (const group of mock) lines.push(...formatGroup(group, paint).slice(1));
    for (const [name, { verdict, affects }] of methods) {
      lines.push(`            ${name.replace(/^client\./, '')}: ${contractOf(affects, verdict)}`);
    }
    lines.push('', `${totals(changes)}.`);
  }
  for (const note of notes) lines.push(`Note: ${note}`);
  return `${lines.join('\n')}\n`;
}

function formatGroup({ title, operations, entries }: Group, paint: Paint): string[] {
  const reach = operations.length > 0 ? `  (reaches ${shortened(operations)})` : '';
  return [
    `${title}${reach}`,
    ...entries.flatMap(({ verdict, places, message }) => {
      const named = places.filter(Boolean);
      const word = paint(verdict, verdict.padEnd(8));
      return named.length > 0
        ? [`  ${word}  ${shortened(named)}`, `            ${message}`]
        : [`  ${word}  ${message}`];
    }),
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
