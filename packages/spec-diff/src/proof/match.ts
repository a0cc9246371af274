import type { Change } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import type { Candidate } from './programs.ts';
import { namesOf } from './steps.ts';

/** The properties that lead to a change's place, from its component or from the request or response. */
export function tailOf({ path }: Pick<Change, 'path'>): string[] {
  const [root] = path;
  return path
    .slice(root === 'components' ? 3 : 2)
    .filter((step) => step !== '[]' && !/^\(|\//.test(step));
}

/** The relevance of a program that is about a change only if the compiler's error names the changed value. */
export const inError = 0.5;

/** How well a program is about a change: 0 if it is not. */
export function relevance(change: Change, { direction, difference }: Candidate): number {
  const { affects, path, surface, id } = change;
  const affected = direction === 'request' ? 'arguments' : 'result';
  if (affects.includes('presence')) return difference ? 0 : 1;
  if (!affects.includes(affected)) return 0;
  if (surface === 'client') return difference ? 1 : 2;
  const tail = tailOf(change);
  if (!difference) return tail.length === 0 || id.includes('required') ? 1 : 0;
  const [root, section, name = ''] = path;
  const { steps, names } = difference;
  if (root === 'components' && section === 'schemas') {
    const anchors = names.filter((each) => isNamed(each.name, name));
    const found = anchors.map(({ at }) => near(id, tail, namesOf(steps.slice(at))));
    // The name of an enum is lost beside null or undefined.
    const isNameless = tail.length === 0 && id.startsWith('enum-') && difference.kind === 'type';
    return Math.max(isNameless ? inError : 0, ...found);
  }
  const whole = namesOf(steps);
  if (tail.length > 0 && isEnd(whole, tail)) return 4;
  // In a page, the items are `data`, whatever the response calls them.
  const isInItems = whole[0] === 'data' && path[3] === '[]';
  if (isInItems && isEqual(whole.slice(1), tail.slice(1))) return 4;
  return near(id, tail, whole);
}

/** `User`, and `UserWritable` for the part of it that requests have. */
function isNamed(type: string, component: string): boolean {
  const plain = component.replaceAll(/\W/g, '').toLowerCase();
  return [plain, `${plain}writable`].includes(type.toLowerCase());
}

function near(id: ChangeID, tail: readonly string[], names: readonly string[]): number {
  if (isEqual(tail, names)) return 4;
  // A change of the values themselves does not count as a change of their parts.
  const hasParts = !/^(alternative|enum)-/.test(id);
  if (hasParts && isEqual(tail, names.slice(0, tail.length))) return 2;
  return names.length > 0 && isEqual(names, tail.slice(0, names.length)) ? 1 : 0;
}

function isEnd(names: readonly string[], end: readonly string[]): boolean {
  return names.length >= end.length && isEqual(names.slice(-end.length), end);
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
