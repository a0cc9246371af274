import type { Change, Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';
import { placeOf, sentenceOf } from './sentences.ts';
import { visible } from './words.ts';

/** The location of a change, with the file's path in the repository. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** GitHub shows ten annotations of each level per step. */
const mostPerLevel = 10;

interface Annotation {
  level: 'error' | 'notice';
  title: string;
  text: string;
  pointer: string | undefined;
}

const levels: Record<Verdict, Annotation['level']> = {
  breaking: 'error',
  addition: 'notice',
  none: 'notice',
};

/**
 * Workflow commands of GitHub Actions: each change is an annotation on its line, as many as GitHub shows. If there are
 * more, those of one operation or component are one, and the last one says how many are left out. Changes of words are
 * left out.
 *
 * @param locate Finds the place of a JSON pointer in the new document.
 */
export function formatGitHub(
  { changes, notes }: Report,
  locate: (pointer: string) => Location | undefined,
): string {
  const told = changes.filter(({ verdict }) => verdict !== 'none');
  const extra = notes.map(
    (note): Annotation => ({ level: 'notice', title: '', text: note, pointer: undefined }),
  );
  const isBad = ({ verdict, accepted }: Change) => verdict === 'breaking' && accepted === undefined;
  const [bad, good] = [told.filter(isBad), told.filter((change) => !isBad(change))];
  return [...limited(bad, 'error', []), ...limited(good, 'notice', extra)]
    .map((annotation) => command(annotation, locate))
    .join('');
}

function limited(
  changes: readonly Change[],
  level: Annotation['level'],
  extra: readonly Annotation[],
): Annotation[] {
  const single = changes.map((change) => annotationOf(change, level));
  const all = [...single, ...extra];
  if (all.length <= mostPerLevel) return all;
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = change.path.slice(0, change.path[0] === 'components' ? 3 : 1).join(' › ');
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const merged = [...groups].map(([title, some]): Annotation => {
    const [first] = some;
    if (some.length === 1 && first) return annotationOf(first, level);
    const text = some.map((change) => `${placeOf(change)}: ${sentenceOf(change)}`).join('\n');
    const name = first?.verdict ?? 'breaking';
    return { level, title: `${some.length} × ${name}: ${title}`, text, pointer: first?.pointer };
  });
  const shown = [...merged, ...extra];
  if (shown.length <= mostPerLevel) return shown;
  const left = shown.length - mostPerLevel + 1;
  const text = `Changes in ${left} other places are not shown here: see the report on the pull request.`;
  return [
    ...shown.slice(0, mostPerLevel - 1),
    { level, title: `${left} more`, text, pointer: undefined },
  ];
}

function annotationOf(change: Change, level = levels[change.verdict]): Annotation {
  const { verdict, pointer, accepted } = change;
  const word = accepted === undefined ? verdict : `${verdict}, accepted`;
  const reason = accepted === undefined ? '' : ` Accepted: ${visible(accepted)}`;
  return {
    level,
    title: `${word}: ${placeOf(change)}`,
    text: `${sentenceOf(change)}${reason}`,
    pointer,
  };
}

function command(
  { level, title, text, pointer }: Annotation,
  locate: (pointer: string) => Location | undefined,
): string {
  const at = pointer === undefined ? undefined : locate(pointer);
  const properties = [
    ...(at ? [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`] : []),
    ...(title ? [`title=${property(visible(title))}`] : []),
  ];
  const lines = text.split('\n').map(visible).join('\n');
  return `::${level}${properties.length > 0 ? ` ${properties.join(',')}` : ''}::${data(lines)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
