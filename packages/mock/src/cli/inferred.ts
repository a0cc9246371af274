import type { LoadedAPI } from '../index.ts';
import { printable } from './printable.ts';

/** How many operations without state are named one by one. */
const named = 3;
/** How many flaws of the document are listed. */
const listed = 5;

/**
 * What the mock made of a document: a line for each collection, and one for what it has no state for.
 *
 * @param name how the document was named
 * @param options.verbose a line for each operation instead, which says why
 */
export function describeInferred(
  { title, operations, warnings }: LoadedAPI,
  name: string,
  { verbose = false } = {},
): string {
  const count = `${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}`;
  const lines = verbose
    ? operations.map(describeOperation)
    : [
        ...describeSubjects(operations),
        ...describeOthers(operations),
        ...describeLimits(operations),
        ...describeUnused(operations),
      ];
  lines.push(...describeWarnings(warnings, verbose));
  return [`${title || 'Untitled'} (${name}): ${count}`, ...lines.map((line) => `  ${line}`)]
    .map((line) => printable(line))
    .join('\n');
}

type Operations = LoadedAPI['operations'];

function describeOperation({
  id,
  given,
  method,
  path,
  behavior,
  subject,
  reason,
}: Operations[number]): string {
  const what = subject === undefined ? behavior : `${behavior} ${subject}`;
  const name = given === undefined ? id : `${id} (${given} in the document)`;
  return `${method.toUpperCase()} ${path}: ${name}. ${what}: ${reason}.`;
}

/** `pets: list, create, retrieve` for each collection, `settings (one object): retrieve, update`. */
function describeSubjects(operations: Operations): string[] {
  const subjects = new Map<string, string[]>();
  for (const { subject, behavior, id } of operations) {
    if (subject === undefined) continue;
    const isSingle = behavior.startsWith('singleton.');
    const key = isSingle ? `${subject} (one object)` : subject;
    const kind = behavior.replace('singleton.', '').replace('.many', ' several');
    const verb = behavior === 'action' ? id.split('.').at(-1) : kind;
    subjects.set(key, [...(subjects.get(key) ?? []), verb ?? '']);
  }
  return [...subjects].map(([name, verbs]) => `${name}: ${[...new Set(verbs)].join(', ')}`);
}

function describeOthers(operations: Operations): string[] {
  const others = idsOf(operations.filter(({ behavior }) => behavior === 'mocker'));
  if (others === '') return [];
  return [`Without state, responding with examples: ${others}. For reasons, pass --verbose`];
}

/** The operations that have state and change nothing, and lists whose items are apart from those they look like. */
function describeLimits(operations: Operations): string[] {
  const inert = idsOf(operations.filter((one) => one.inert));
  const apart = idsOf(operations.filter((one) => one.apart));
  return [
    ...(inert === ''
      ? []
      : [`Without an effect on the data: ${inert}. To name their changes, use x-mock.set`]),
    ...(apart === ''
      ? []
      : [`Apart from the items of the same name: ${apart}. For reasons, pass --verbose`]),
  ];
}

/** `users.list, teams.list, 3 more` */
function idsOf(operations: Operations): string {
  const more = operations.length - named;
  const ids = operations.slice(0, named).map(({ id }) => id);
  return [...ids, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** The parameters without an effect: of the query, and the header `Range`. */
function describeUnused(operations: Operations): string[] {
  const found = operations.flatMap(({ id, unused = [] }) =>
    unused.length === 0 ? [] : [`${id} (${unused.join(', ')})`],
  );
  if (found.length === 0) return [];
  const more = found.length - named;
  const shown = [...found.slice(0, named), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [
    `Parameters without an effect: ${shown}${more > 0 ? '. To see all, pass --verbose' : ''}`,
  ];
}

/** Flaws of the document that it is served with. */
function describeWarnings(warnings: readonly string[], verbose: boolean): string[] {
  const shown = verbose ? warnings : warnings.slice(0, listed);
  const more = warnings.length - shown.length;
  return [
    ...shown.map((line) => `Warning: ${line}`),
    ...(more > 0
      ? [`${more} more ${more === 1 ? 'warning' : 'warnings'}. To see all, pass --verbose`]
      : []),
  ];
}
