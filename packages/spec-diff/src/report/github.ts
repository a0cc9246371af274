import type { Verdict } from '../change/change.ts';
import type { Report } from '../diff.ts';

/** Where a change stands: the file as it is called in the repository. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

const levels: Record<Verdict, string> = { breaking: 'error', addition: 'notice', none: 'notice' };

/**
 * Workflow commands of GitHub Actions: each change is an annotation on its line. Changes of words are left out.
 *
 * @param locate Finds the place of a JSON pointer in the new document.
 */
export function formatGitHub(
  { changes, notes }: Report,
  locate: (pointer: string) => Location | undefined,
): string {
  const lines = changes
    .filter(({ verdict }) => verdict !== 'none')
    .map(({ verdict, place, message, pointer }) => {
      const at = pointer === undefined ? undefined : locate(pointer);
      const properties = [
        ...(at ? [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`] : []),
        `title=${property(`${verdict}: ${place}`)}`,
      ];
      return `::${levels[verdict]} ${properties.join(',')}::${data(message)}`;
    });
  return [...lines, ...notes.map((note) => `::notice::${data(note)}`)]
    .map((line) => `${line}\n`)
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
