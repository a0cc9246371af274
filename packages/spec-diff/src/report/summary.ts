import type { Change } from '../change/change.ts';
import { allGroups, count, type Group, shortened } from './groups.ts';

/** A screen: what is longer is told by group, and then by number. */
const mostLines = 20;

/** The changes as a list for a changelog, at most a screen long. Changes of words are left out. */
export function summaryOf(changes: readonly Change[]): string[] {
  const told = changes.filter(
    ({ verdict, place }) => verdict !== 'none' && !place.startsWith('mock › '),
  );
  const groups = allGroups(told);
  const lines = groups.flatMap(sentences);
  if (lines.length <= mostLines) return lines;
  const short = groups.map(shortSentence);
  if (short.length <= mostLines) return short;
  const shown = groups.slice(0, mostLines - 1);
  const titles = new Set(shown.flatMap(({ entries }) => entries));
  const rest = groups.flatMap(({ entries }) => entries).filter((entry) => !titles.has(entry));
  const left = rest.reduce((sum, { places }) => sum + places.length, 0);
  const breaking = rest
    .filter(({ verdict }) => verdict === 'breaking')
    .reduce((sum, { places }) => sum + places.length, 0);
  const bad = breaking > 0 ? `, ${breaking} of them **breaking**` : '';
  return [...shown.map(shortSentence), `- And ${left} more changes${bad}: see \`pnpm spec:diff\`.`];
}

function sentences({ title, entries }: Group): string[] {
  return entries.map(({ verdict, places, message }) => {
    const where = places.map((place) => [title, place].filter(Boolean).join(' › '));
    const named =
      places.length === 1
        ? `\`${where[0]}\``
        : `\`${title}\` › ${shortened(
            places.map((place) => `\`${place}\``),
            5,
          )}`;
    return `- ${mark(verdict)}${named}: ${message}`;
  });
}

function shortSentence({ title, entries }: Group): string {
  const [first] = entries;
  const changes = entries.flatMap(({ verdict, places, message }) =>
    places.map((place): Change => ({ verdict, place, message })),
  );
  if (!first || changes.length === 1) return sentences({ title, operations: [], entries })[0] ?? '';
  const breaking = count(changes, 'breaking');
  const bad = breaking > 0 ? `, ${breaking} of them breaking` : '';
  const place = first.places[0] ? `\`${first.places[0]}\`: ` : '';
  return `- ${mark(first.verdict)}\`${title}\`: ${changes.length} changes${bad}, such as ${place}${first.message}`;
}

function mark(verdict: string): string {
  return verdict === 'breaking' ? '**Breaking:** ' : '';
}
