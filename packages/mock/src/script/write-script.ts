import type { OperationInfo } from '@org/inspector/api';
import { jsonOf, text } from '@org/inspector/copy-as/literal';
import type { API } from '../api/api.ts';
import { describeOperations } from '../control/operations.ts';
import { type ChangeReport, subjectKey } from '../state/change-report.ts';
import type { Cause, Write } from '../state/history.ts';
import type { Marks } from '../state/marks.ts';
import { isCallable, writeCall } from './calls.ts';
import { type GuardParts, isGiven, writeGuards } from './guards.ts';
import { References } from './references.ts';
import { helpers } from './runtime.ts';

/** The most lines about changes that are not in a script. */
const mostNotes = 20;

export interface ScriptParts {
  api: API;
  /** Whether the API is the one that `@org/client` was generated from. */
  isOwn: boolean;
  marks: Marks;
}

/**
 * The calls that changed the data since a mark, in their order, as a program for the generated client. Each is made only
 * if what it found in the mock is what it finds again.
 *
 * @throws {TypeError} if there is no such mark, or too much was changed to remember all of it
 */
export function writeScript({ api, isOwn, marks }: ScriptParts, since?: string): string {
  const { writes, isComplete } = marks.writes(since);
  if (!isComplete) {
    throw new TypeError(
      'The mock remembers the last 20,000 changes or 32 MB of them, and there were more. Set a mark before what the script is to do, and name it.',
    );
  }
  const calls = new Map<Cause, Write[]>();
  for (const write of writes) {
    if (write.cause) calls.set(write.cause, [...(calls.get(write.cause) ?? []), write]);
  }
  const infos = new Map(describeOperations(api).map((info) => [info.id, info]));
  const parts: GuardParts & { earlier: Write[] } = {
    api,
    before: marks.before(since),
    infos,
    references: new References(),
    earlier: [],
  };
  const steps = [...calls].map(([cause, done], i) => {
    const step = writeStep(parts, infos.get(cause.operation), cause, done, i + 1);
    parts.earlier.push(...done);
    return step;
  });
  const unmade = notes(marks.changes(since), writes);
  if (steps.length + unmade.length === 0)
    return `// Nothing has changed in the mock since ${startOf(since)}.\n`;
  return [
    ...head(api.title, isOwn, since, steps.length),
    ...unmade,
    "import { isDeepStrictEqual } from 'node:util';",
    "import OrgClient from '@org/client';",
    '',
    helpers(steps.length),
    ...steps,
    "if (!stopped) console.log('Done.');",
    '',
  ].join('\n');
}

function startOf(since: string | undefined): string {
  return since === undefined ? 'the start' : `the mark ${jsonOf(since)}`;
}

function head(title: string, isOwn: boolean, since: string | undefined, count: number): string[] {
  const calls = count === 1 ? 'The call' : `The ${count} calls`;
  return [
    `// ${calls} that changed ${jsonOf(title)} in the mock since ${startOf(since)}, in order. Read this before you run it: it`,
    '// changes the API that the environment of the client names. A step whose guard finds something else than the mock',
    '// had stops the script. What you know to differ, such as a time, can be removed from a guard.',
    ...(isOwn
      ? []
      : [
          '// `@org/client` must be the client that was generated from this document; the base URL and the key may have to',
          '// be given to it below.',
        ]),
  ];
}

/** What no call did: the script does not do it either. */
function notes(report: ChangeReport, writes: readonly Write[]): string[] {
  const names = new Map<string, string>();
  for (const write of writes) {
    if (!write.cause)
      names.set(subjectKey(write), `${write.name} ${[...write.scope, write.id ?? ''].join('/')}`);
  }
  const add = (name: string, change: { scope: object; requests: string[]; id?: string }) => {
    if (change.requests.length > 0) return;
    const scope = Object.values(change.scope) as string[];
    const key = subjectKey({ name, scope, id: change.id });
    names.set(key, `${name} ${[...scope, change.id ?? ''].join('/')}`);
  };
  for (const [name, { added, changed, removed }] of Object.entries(report.collections))
    for (const change of [...added, ...changed, ...removed]) add(name, change);
  for (const [name, changes] of Object.entries(report.singletons))
    for (const change of changes) add(name, change);
  const list = [...names.values()];
  const more = list.length - mostNotes;
  return [
    ...(list.length > 0
      ? ['// Not included, because it was not an API call that changed them:']
      : []),
    ...list.slice(0, mostNotes).map((name) => `//   ${jsonOf(name)}`),
    ...(more > 0 ? [`//   and ${more} more`] : []),
  ];
}

function writeStep(
  parts: GuardParts,
  info: OperationInfo | undefined,
  cause: Cause,
  writes: readonly Write[],
  number: number,
): string {
  const { api, references } = parts;
  const title = info ? `${info.method} ${cause.path}` : cause.operation;
  const isReplaced = api.behavior(cause.operation).kind.endsWith('replace');
  const guards = writes.flatMap((write) => writeGuards(parts, write, isReplaced));
  const reason = !info
    ? `The document has no operation ${cause.operation} any more`
    : info.call === ''
      ? 'The client has no method for it: send the request in another way, and remove this step'
      : isCallable(info)
        ? undefined
        : 'It needs headers, which the mock does not record: add them, and remove this guard';
  if (reason !== undefined) guards.unshift(`() => unchecked(${text(reason)})`);
  const call = info?.call ? writeCall(api, info, cause, references) : 'undefined';
  const isUsed = nameCreated(references, cause, writes, `created${number}`);
  return [
    '',
    `${isUsed ? `const created${number} = ` : ''}await step(`,
    `  ${text(title)},`,
    `  [${guards.length === 1 ? guards[0] : `${guards.map((guard) => `\n    ${guard},`).join('')}\n  `}],`,
    `  () => ${call},`,
    ');',
  ].join('\n');
}

/** Lets later calls refer to the ids that the server makes in this one. Returns whether there are any. */
function nameCreated(
  references: References,
  { added, idPath }: Cause,
  writes: readonly Write[],
  variable: string,
): boolean {
  let isUsed = false;
  for (const write of writes) {
    const { id } = write;
    if (id === undefined || write.before || isGiven(write)) continue;
    const isKnown = id === added && idPath !== undefined;
    const path = isKnown ? idPath.map((name) => `[${text(name)}]`).join('') : '';
    const plain = path.replaceAll(/\['([A-Za-z_$][\w$]*)'\]/g, '.$1');
    references.add({ ...write, id }, isKnown ? `${variable}${plain}` : `noID(${text(id)})`);
    isUsed ||= isKnown;
  }
  return isUsed;
}
