import type { Change, Verdict } from '../change/change.ts';

/** What changed in one place: an operation, a shared component, a method, or a part of the mock. */
export interface Group {
  title: string;
  /** The operations that a shared component reaches; the title says it for the others. */
  operations: string[];
  entries: Entry[];
}

/** One sentence, with every place that it is true of. */
interface Entry {
  verdict: Verdict;
  places: string[];
  message: string;
}

export interface Sections {
  spec: Group[];
  client: Group[];
  mock: Group[];
}

/** Sorts changes into groups: those with the worst changes first, a sentence that is said of many places once. */
export function sectionsOf(changes: readonly Change[]): Sections {
  const of = (test: (place: string) => boolean) =>
    groupsOf(changes.filter(({ place }) => test(place)));
  const isClient = (place: string) => place.startsWith('client.');
  const isMock = (place: string) => place.startsWith('mock › ');
  return {
    spec: of((place) => !isClient(place) && !isMock(place)),
    client: of(isClient),
    mock: of(isMock),
  };
}

/** Everything in one list, with the client and the mock after the spec. */
export function allGroups(changes: readonly Change[]): Group[] {
  const { spec, client, mock } = sectionsOf(changes);
  return [...spec, ...client, ...mock];
}

function groupsOf(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const { title, rest } = split(change);
    const group = groups.get(title) ?? { title, operations: [], entries: [] };
    groups.set(title, group);
    const isShared = change.operations && !title.includes(change.operations[0] ?? ' ');
    for (const name of isShared ? (change.operations ?? []) : []) {
      if (!group.operations.includes(name)) group.operations.push(name);
    }
    const known = group.entries.find(
      ({ verdict, message }) => verdict === change.verdict && message === change.message,
    );
    if (known) known.places.push(rest);
    else group.entries.push({ verdict: change.verdict, places: [rest], message: change.message });
  }
  return [...groups.values()];
}

/** Where only words changed, or types came and went, the sentence is the group: there may be hundreds of places. */
function split({ place, message, verdict }: Change): { title: string; rest: string } {
  const steps = place.split(' › ');
  if (verdict === 'none' && /^The `[^`]+` changed\.$/.test(message))
    return { title: 'Documentation', rest: place };
  if (steps[0] === 'components') {
    if (steps.length === 3) return { title: `components › ${steps[1]}`, rest: steps[2] ?? '' };
    return { title: steps.slice(0, 3).join(' › '), rest: steps.slice(3).join(' › ') };
  }
  if (steps[0] === 'mock') return { title: 'mock', rest: steps.slice(1).join(' › ') };
  return { title: steps[0] ?? '', rest: steps.slice(1).join(' › ') };
}

/** `a, b, c and 5 more` */
export function shortened(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  if (rest <= 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${rest} more`;
}

export function count(changes: readonly Change[], verdict: Verdict): number {
  return changes.filter((each) => each.verdict === verdict).length;
}

/** `2 breaking, 1 addition, 3 without effect` */
export function totals(changes: readonly Change[]): string {
  const additions = count(changes, 'addition');
  return `${count(changes, 'breaking')} breaking, ${additions} ${additions === 1 ? 'addition' : 'additions'}, ${count(changes, 'none')} without effect`;
}
