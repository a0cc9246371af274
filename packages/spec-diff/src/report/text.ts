import type { Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';
import { effectsOf, namesIn } from './effects.ts';
import { type Group, sectionsOf, shortened, titleOf, totals } from './groups.ts';
import { inText, visible } from './words.ts';

/** Gives a word the color of a verdict. Default: no color. */
export type Paint = (verdict: Verdict, text: string) => string;

/**
 * The report for a terminal.
 *
 * @param since The base of the comparison, such as a tag.
 */
export function formatText(
  { changes, notes }: Report,
  since: string,
  paint: Paint = (_, text) => text,
): string {
  const lines: string[] = [];
  if (changes.length === 0) lines.push(`No changes since ${visible(since)}.`);
  else {
    lines.push(`Since ${visible(since)}:`);
    const { spec, client, mock } = sectionsOf(changes);
    for (const group of spec) lines.push('', ...formatGroup(group, paint));
    const effects = effectsOf(changes);
    if (client.length + effects.client.length > 0) lines.push('', 'Client');
    for (const group of client) lines.push(...formatGroup(group, paint).map(indent));
    for (const effect of effects.client) {
      const { verdict, message } = effect;
      lines.push(`  ${paint(verdict, verdict.padEnd(8))}  ${namesIn(effect, visible)}: ${message}`);
    }
    if (mock.length + effects.mock.length > 0) lines.push('', 'Mock');
    for (const group of mock) lines.push(...formatGroup(group, paint).slice(1));
    for (const effect of effects.mock)
      lines.push(`            ${namesIn(effect, visible)}: ${effect.message}`);
    lines.push('', `${totals(changes)}.`);
  }
  for (const note of notes) lines.push(`Note: ${visible(note)}`);
  return `${lines.join('\n')}\n`;
}

function formatGroup(group: Group, paint: Paint): string[] {
  const { operations, entries } = group;
  const reach =
    operations.length > 0
      ? `  (reaches ${shortened(operations.map((each) => visible(each)))})`
      : '';
  return [
    `${titleOf(group, visible)}${reach}`,
    ...entries.flatMap(({ verdict, places, words, accepted, fingerprints }) => {
      const named = places.filter(Boolean).map((each) => visible(each));
      const isAccepted = accepted !== undefined;
      const word = isAccepted ? paint('addition', 'accepted') : paint(verdict, verdict.padEnd(8));
      const reason = isAccepted ? ` Accepted: ${visible(accepted)}` : '';
      const name = verdict === 'breaking' && !isAccepted ? ` [${shortened(fingerprints, 20)}]` : '';
      const message = `${inText(words)}${name}${reason}`;
      return named.length > 0
        ? [`  ${word}  ${shortened(named)}`, `            ${message}`]
        : [`  ${word}  ${message}`];
    }),
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
