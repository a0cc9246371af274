import type { Change, Verdict } from '../change/change.ts';
import { fingerprintOf } from '../change/fingerprint.ts';
import { placeOf, wordsOf } from './sentences.ts';
import type { Words } from './words.ts';

/** The changes in one place: an operation, a shared component, a method, or a part of the mock. */
export interface Group {
  /** Several operations if each has the same changes. */
  titles: string[];
  /** The operations that a shared component reaches; for other groups, the titles name the operations. */
  operations: string[];
  entries: Entry[];
}

/** One sentence, with every place that it is true of. */
interface Entry {
  verdict: Verdict;
  places: string[];
  words: Words;
  /** Why a breaking change was accepted. */
  accepted: string | undefined;
  /** The fingerprint of each change, for `spec/diff.yaml`. */
  fingerprints: string[];
}

export interface Sections {
  spec: Group[];
  client: Group[];
  mock: Group[];
}

/** Sorts changes into groups: those with the worst changes first, and a sentence about many places once. */
export function sectionsOf(changes: readonly Change[]): Sections {
  const of = (surface: Change['surface']) =>
    groupsOf(changes.filter((change) => change.surface === surface));
  return { spec: of('spec'), client: of('client'), mock: of('mock') };
}

function groupsOf(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Group>();
  const known = new Map<string, Entry>();
  for (const change of changes) {
    const { title, rest } = split(change);
    const group = groups.get(title) ?? { titles: [title], operations: [], entries: [] };
    groups.set(title, group);
    const isShared =
      change.surface !== 'client' && !`${title} ${rest}`.includes(change.operations[0] ?? ' ');
    for (const name of isShared ? change.operations : []) {
      if (!group.operations.includes(name)) group.operations.push(name);
    }
    const { verdict, id, args, accepted } = change;
    const key = JSON.stringify([title, verdict, id, args, accepted]);
    const entry = known.get(key);
    const fingerprint = fingerprintOf(change);
    if (entry) {
      entry.places.push(rest);
      entry.fingerprints.push(fingerprint);
    } else {
      const words = wordsOf(change);
      const added = { verdict, places: [rest], words, accepted, fingerprints: [fingerprint] };
      known.set(key, added);
      group.entries.push(added);
    }
  }
  return merged([...groups.values()]);
}

/** Operations with the same changes, such as another key, are one group. */
function merged(groups: readonly Group[]): Group[] {
  const alike = new Map<string, Group>();
  for (const group of groups) {
    const isPart =
      group.operations.length === 0 && group.entries.every(({ places }) => places.every(Boolean));
    const facts = group.entries.map(({ fingerprints: _, ...entry }) => entry);
    const key = isPart ? JSON.stringify(facts) : `${group.titles}`;
    const known = alike.get(key);
    if (!known) alike.set(key, group);
    else {
      known.titles.push(...group.titles);
      for (const [i, { fingerprints }] of group.entries.entries())
        known.entries[i]?.fingerprints.push(...fingerprints);
    }
  }
  return [...alike.values()];
}

/** The names of a group's operations, or of its component. */
export function titleOf({ titles }: Group, write: (name: string) => string): string {
  return shortened(titles.map(write), 8);
}

/** Changed texts, and added or removed types, are grouped by sentence: there may be hundreds of places. */
function split(change: Change): { title: string; rest: string } {
  const { id, path, surface } = change;
  if (id === 'documentation-changed') return { title: 'Documentation', rest: placeOf(change) };
  if (surface === 'mock') return { title: 'mock', rest: placeOf(change) };
  const length = path[0] !== 'components' ? 1 : path.length === 3 ? 2 : 3;
  const part = (steps: readonly string[]) => placeOf({ path: steps });
  return { title: part(path.slice(0, length)), rest: part(path.slice(length)) };
}

/** `a, b, c and 5 more` */
export function shortened(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  if (rest <= 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${rest} more`;
}

function count(changes: readonly { verdict: Verdict }[], verdict: Verdict): number {
  return changes.filter((each) => each.verdict === verdict).length;
}

/** `2 breaking, 1 addition, 3 without effect` */
export function totals(changes: readonly Change[]): string {
  const additions = count(changes, 'addition');
  const accepted = changes.filter((each) => each.accepted !== undefined).length;
  return [
    `${count(changes, 'breaking')} breaking${accepted > 0 ? ` (${accepted} accepted)` : ''}`,
    `${additions} ${additions === 1 ? 'addition' : 'additions'}`,
    `${count(changes, 'none')} without effect`,
  ].join(', ');
}
