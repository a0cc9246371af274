import { type Change, effectiveVerdict, type Surface, type Verdict } from '../change/change.ts';
import { shortened } from './groups.ts';
import { placeOf, wordsOf } from './sentences.ts';
import { codeSpan, inMarkdown, type Words } from './words.ts';

/** One screen: for more changes, only their number is printed. */
const mostLines = 20;

/** Whom the lines are for: each package has those that concern it. */
export const audiences = ['types', 'client', 'mock'] as const;
export type Audience = (typeof audiences)[number];

const surfaces: Record<Audience, readonly Surface[]> = {
  types: ['spec'],
  client: ['spec', 'client'],
  mock: ['spec', 'mock'],
};

/** Whether a change concerns the users of a package. Those of the spec do, if its code has what changed. */
function concerns({ id, surface, absentFrom = [] }: Change, audience: Audience): boolean {
  // createFetchClient is made of the types.
  if (id === 'fetch-data-changed') return audience !== 'mock';
  return surfaces[audience].includes(surface) && !absentFrom.some((each) => each === audience);
}

/** One line: a sentence and its subjects. */
interface Line {
  verdict: Verdict;
  accepted: string | undefined;
  subjects: string[];
  /** The places below the operations. */
  ends: string[];
  /** The facts that make the sentence. */
  sentence: string;
  words: Words;
  methods: Set<string>;
  places: number;
}

/**
 * The changes as a list for a changelog, breaking ones first, at most a screen long. Each line names what a user
 * types: `User.name`, and `client.users.list` or `GET /users`. Changes of words are left out.
 *
 * @param audience The package that the list is for; by default, everything that programs notice.
 */
export function summaryOf(changes: readonly Change[], audience?: Audience): string[] {
  const told = changes.filter(
    (change) =>
      change.verdict !== 'none' &&
      (audience === undefined ? change.surface !== 'mock' : concerns(change, audience)),
  );
  const kept = keptMethods(told);
  const lines = linesOf(withoutTwins(told).map((change) => calledBy(change, audience, kept)));
  const sorted = [
    ...lines.filter(({ verdict }) => verdict === 'breaking'),
    ...lines.filter(({ verdict }) => verdict !== 'breaking'),
  ];
  if (sorted.length <= mostLines) return sorted.map(written);
  const shown = sorted.slice(0, mostLines - 1);
  const rest = sorted.slice(mostLines - 1);
  const left = rest.reduce((sum, { places }) => sum + places, 0);
  const breaking = rest
    .filter(({ verdict }) => verdict === 'breaking')
    .reduce((sum, { places }) => sum + places, 0);
  const bad = breaking > 0 ? `, ${breaking} of them **breaking**` : '';
  return [...shown.map(written), `- And ${left} more changes${bad}: see \`pnpm spec:diff\`.`];
}

/** Only the client has methods: users of the types and of the mock know operations. */
function calledBy(
  change: Change,
  audience: Audience | undefined,
  kept: ReadonlySet<string>,
): Change {
  const isClient = audience === undefined || audience === 'client';
  const isKept =
    (change.id === 'operation-removed' || change.id === 'operation-added') &&
    change.methods.some((method) => kept.has(method));
  return isClient && !isKept ? change : { ...change, methods: change.operations };
}

/** The methods whose operation was removed and added again, such as with another HTTP method. */
function keptMethods(changes: readonly Change[]): Set<string> {
  const methodsOf = (kind: Change['id']) =>
    new Set(changes.flatMap(({ id, methods }) => (id === kind ? methods : [])));
  const added = methodsOf('operation-added');
  return new Set([...methodsOf('operation-removed')].filter((method) => added.has(method)));
}

/** If a client method was added or removed with its operation, that is one change. */
function withoutTwins(changes: readonly Change[]): Change[] {
  const isPresence = ({ affects }: Change) => affects.includes('presence');
  const said = new Set(
    changes
      .filter((change) => change.surface === 'client' && isPresence(change))
      .flatMap(({ operations }) => operations),
  );
  return changes.filter(
    (change) =>
      change.surface !== 'spec' ||
      !isPresence(change) ||
      !change.operations.every((name) => said.has(name)),
  );
}

/** The changes that concern an audience. */
export function changesFor(changes: readonly Change[], audience: Audience): Change[] {
  return changes.filter((change) => concerns(change, audience));
}

/**
 * The same sentence about several places of one operation or type is one line, and so is a sentence about the same places
 * of several operations.
 */
function linesOf(changes: readonly Change[]): Line[] {
  const lines = new Map<string, Line>();
  for (const change of changes) {
    const { id, args, path, methods, accepted, affects } = change;
    const verdict = effectiveVerdict(change);
    // Whatever else came with a type or an operation is the same line.
    const isName = id === 'type-name-added' || id === 'type-name-removed';
    // So is a key that every operation needs now.
    const scope = affects.includes('request') ? '' : scopeOf(path);
    const sentence = JSON.stringify([verdict, id, args, accepted]);
    const key = isName ? id : `${sentence} ${scope}`;
    const line = lines.get(key) ?? {
      ...{ verdict, accepted, sentence, words: wordsOf(change) },
      ...{ subjects: [], ends: [], methods: new Set(), places: 0 },
    };
    line.subjects.push(subjectOf(change));
    if (path[0] !== 'components') line.ends.push(path.slice(1).join('\n'));
    for (const method of methods) line.methods.add(method.replace(/^client\./, ''));
    line.places += 1;
    lines.set(key, line);
  }
  const merged = new Map<string, Line>();
  for (const [key, line] of lines) {
    const alike = line.ends.length > 0 ? JSON.stringify([line.sentence, line.ends]) : key;
    const known = merged.get(alike);
    if (!known) merged.set(alike, line);
    else {
      known.subjects.push(...line.subjects);
      for (const method of line.methods) known.methods.add(method);
      known.places += line.places;
    }
  }
  return [...merged.values()];
}

function scopeOf(path: readonly string[]): string {
  return path.slice(0, path[0] === 'components' ? 3 : 1).join('\n');
}

/** The name that a user knows: `User.name`, `client.users.list`, or else the place in the spec. */
function subjectOf(change: Change): string {
  const [first, section, name = '', ...rest] = change.path;
  if (first === 'components' && section === 'schemas')
    return [name, ...rest].join('.').replaceAll('.[', '[');
  if (first === 'components') return placeOf({ path: [name, ...rest] });
  const [method] = change.methods;
  const isOne = change.surface === 'spec' && change.methods.length === 1 && method !== undefined;
  return placeOf(isOne ? { path: [method, ...change.path.slice(1)] } : change);
}

function written({ verdict, accepted, subjects, words, methods }: Line): string {
  const mark = verdict === 'breaking' ? '**Breaking:** ' : '';
  const named = shortened(subjects.map(codeSpan), 5);
  // A subject that begins with the method names it already.
  const calls = [...methods].filter(
    (method) =>
      !subjects.some((each) =>
        `${each} `.replace(/^client\.|^createFetchClient › /, '').startsWith(`${method} `),
      ),
  );
  const reach = calls.length > 0 ? ` (${shortened(calls.map(codeSpan))})` : '';
  const reason =
    accepted === undefined
      ? ''
      : ` Not counted as breaking: ${inMarkdown([{ data: accepted, isCode: false }])}`;
  return `- ${mark}${named}: ${inMarkdown(words)}${reach}${reason}`;
}
