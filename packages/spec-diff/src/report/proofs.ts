import { visible } from '@org/openapi';
import type { Change } from '../change/change.ts';
import type { Example } from '../change/proof.ts';
import { shortened } from './groups.ts';
import { placeOf } from './sentences.ts';
import { codeSpan, fenced, inMarkdown } from './words.ts';

/** Room for the frame and the number of programs that are left out. */
const frame = 250;

/**
 * The programs that breaking changes break, collapsed: each once, with all changes that it shows, and then the reasons why
 * other changes have none.
 *
 * @param room The most characters; programs that do not fit are counted.
 */
export function formatProofs(changes: readonly Change[], room: number): string {
  const programs = new Map<string, { example: Example; places: string[] }>();
  const reasons = new Map<string, string[]>();
  for (const change of changes) {
    const { proof } = change;
    if (!proof) continue;
    const place = placeOf(change);
    if ('none' in proof) reasons.set(proof.none, [...(reasons.get(proof.none) ?? []), place]);
    else {
      const known = programs.get(proof.program) ?? { example: proof, places: [] };
      known.places.push(place);
      programs.set(proof.program, known);
    }
  }
  const blocks = [
    ...[...programs.values()].map(({ example, places }) => block(example, places)),
    ...[...reasons].map(([none, places]) => `No program for ${named(places)}: ${none}`),
  ];
  const shown: string[] = [];
  let left = room - frame;
  for (const each of blocks) {
    left -= each.length + 2;
    if (left < 0) break;
    shown.push(each);
  }
  if (shown.length === 0) return '';
  const rest = blocks.length - shown.length;
  if (rest > 0) shown.push(`${rest} more left out: run \`pnpm spec:diff --format json\`.`);
  return `<details><summary>Programs that break</summary>\n\n${shown.join('\n\n')}\n\n</details>`;
}

function block({ program, after }: Example, places: readonly string[]): string {
  const lines = program.split('\n').map(visible).join('\n');
  const error = inMarkdown([{ data: after, isCode: false }]);
  return `${named(places)}\n\n${fenced(lines, 'ts')}\n\n${error}`;
}

function named(places: readonly string[]): string {
  return shortened([...new Set(places)].map(codeSpan));
}
