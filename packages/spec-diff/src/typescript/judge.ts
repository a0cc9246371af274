import { generateTypes } from '@org/codegen/types';
import { parsePointer } from '@org/openapi';
import type { Change, Direction } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { type Json, record } from '../document/json.ts';
import type { Spec } from '../document/spec.ts';
import { hasAmbiguousNull } from '../document/version.ts';
import { check } from './checker.ts';
import { type ChangedOperation, documentOf, type OperationPair, representatives } from './scope.ts';

/** The maximum number of operations to check, because the checker's time grows with the types. */
const mostOperations = 100;
/** The number of operations to check among those that changed through the same components. */
const mostAlike = 3;

export interface Judgement {
  changes: Change[];
  notes: string[];
}

/**
 * Predicts the errors of consumers' compilers with the TypeScript checker: whether requests written against the old
 * types still fit the new ones, and whether the new types of responses fit code written for the old. It is
 * asked about changed operations that are not known to be broken. If it fails, the report has a note.
 */
export async function judgeTypes(
  before: Spec,
  after: Spec,
  changed: readonly ChangedOperation[],
): Promise<Judgement> {
  // Types cannot leave open whether null is allowed.
  if (before.isUpgraded !== after.isUpgraded && [before, after].some(hasAmbiguousNull))
    return { changes: [], notes: [] };
  const chosen = representatives(changed, mostAlike);
  const asked = chosen.slice(0, mostOperations);
  const notes =
    asked.length < chosen.length
      ? [`TypeScript checked ${asked.length} of ${chosen.length} changed operations.`]
      : [];
  try {
    const changes = [
      ...(await ask(before, after, asked, 'request')),
      ...(await ask(before, after, asked, 'response')),
    ];
    return { changes: once(changes, changed), notes };
  } catch (error) {
    const [reason] = String((error as Error).message ?? error).split('\n');
    notes.push(`The TypeScript check failed, so only the rules were applied: ${reason}`);
    return { changes: [], notes };
  }
}

/** A change through the same components is reported once, with all operations that it reaches. */
function once(changes: readonly Change[], changed: readonly ChangedOperation[]): Change[] {
  const alikes = new Map(changed.map(({ pair: [{ name }], alike }) => [name, alike]));
  const said = new Set<string>();
  return changes.flatMap((change): Change[] => {
    const alike = alikes.get(change.operations[0] ?? '');
    if (alike === undefined || change.surface === 'client') return [change];
    if (said.has(`${alike} ${change.id}`)) return [];
    said.add(`${alike} ${change.id}`);
    const operations = [...alikes].flatMap(([name, other]) => (other === alike ? [name] : []));
    const [reference = ''] = (JSON.parse(alike) as string[][]).flat();
    const pointer = reference.replace(/^#/, '');
    return [{ ...change, path: parsePointer(reference), operations, pointer }];
  });
}

interface Question {
  id: ChangeID;
  path: readonly string[];
  operation: string;
  /** The type that has to be assignable to the other. */
  from: string;
  to: string;
  /** The new media types of a success: `data` of `createFetchClient` is what any of them is. */
  added?: readonly string[];
}

async function ask(
  before: Spec,
  after: Spec,
  pairs: readonly OperationPair[],
  direction: Direction,
): Promise<Change[]> {
  const questions = pairs.flatMap((pair) => [...questionsAbout(pair, before, after, direction)]);
  if (questions.length === 0) return [];
  const [old, now] = await Promise.all([
    generateTypes(
      documentOf(
        before,
        pairs.map(([each]) => each),
        direction,
      ),
    ),
    generateTypes(
      documentOf(
        after,
        pairs.map(([, each]) => each),
        direction,
      ),
    ),
  ]);
  const lines = [
    "import type { paths as Old } from './before';",
    "import type { paths as New } from './after';",
    ...questions.map(({ from, to }, i) => `export const _${i}: ${to} = null! as ${from};`),
  ];
  const errors = check(lines.join('\n'), old, now);
  return questions.flatMap(({ id, path, operation, added }, i): Change[] => {
    const reason = errors.get(i + 2);
    if (reason === undefined) return [];
    const args = added ? { types: added } : { reason: sentence(reason) };
    const affects = [direction === 'request' ? ('arguments' as const) : ('result' as const)];
    const reach = { operations: [operation], methods: [], affects: added ? [] : affects };
    const surface = added ? 'client' : 'spec';
    return [{ id, verdict: 'breaking', path, args, surface, ...reach }];
  });
}

function* questionsAbout(
  [then, current]: OperationPair,
  before: Spec,
  after: Spec,
  direction: Direction,
): Generator<Question> {
  const [old, now] = [
    `Old[${text(then.path)}][${text(then.method)}]`,
    `New[${text(current.path)}][${text(current.method)}]`,
  ];
  const { name: operation } = then;
  if (direction === 'request') {
    if (then.path === current.path) {
      const [from, to] = [`${old}['parameters']`, `${now}['parameters']`];
      yield { id: 'parameters-do-not-compile', path: [operation], operation, from, to };
    }
    const [body, other] = [
      before.resolve(then.node['requestBody']),
      after.resolve(current.node['requestBody']),
    ];
    // OpenAPI 3.0 and 3.1 describe the files of a form in other words, which have other types.
    const isUpgrade = before.isUpgraded !== after.isUpgraded;
    for (const type of sharedTypes(body, other)) {
      if (isUpgrade && type.startsWith('multipart/')) continue;
      const of = (side: string) => `NonNullable<${side}['requestBody']>['content'][${text(type)}]`;
      const path = [operation, 'request body'];
      yield { id: 'body-does-not-compile', path, operation, from: of(old), to: of(now) };
    }
    return;
  }
  const [answers, others] = [record(then.node['responses']), record(current.node['responses'])];
  for (const status of Object.keys(answers)) {
    const [answer, other] = [before.resolve(answers[status]), after.resolve(others[status])];
    const key = /^\d+$/.test(status) ? status : text(status);
    for (const type of sharedTypes(answer, other)) {
      const of = (side: string) => `${side}['responses'][${key}]['content'][${text(type)}]`;
      const path = [operation, `response ${status}`];
      yield { id: 'result-does-not-compile', path, operation, from: of(now), to: of(old) };
    }
    const types = record(answer?.['content']);
    const added = Object.keys(record(other?.['content'])).filter(
      (type) => !Object.hasOwn(types, type),
    );
    if (!/^[23]/.test(status) || added.length === 0 || Object.keys(types).length === 0) continue;
    const data = (side: string) => {
      const content = `${side}['responses'][${key}]['content']`;
      return `${content}[keyof ${content}]`;
    };
    const path = ['createFetchClient', operation];
    const [from, to] = [data(now), data(old)];
    yield { id: 'fetch-data-changed', path, operation, from, to, added };
  }
}

/** The media types of both sides that programs read or write as values, and not as bytes. */
function sharedTypes(before: Json | undefined, after: Json | undefined): string[] {
  const now = record(after?.['content']);
  return Object.keys(record(before?.['content'])).filter(
    (type) => Object.hasOwn(now, type) && /json|xml|^text\/|form/i.test(type),
  );
}

/** The last line of the checker's explanation names the cause. */
function sentence(reason: string): string {
  return reason.split('\n').at(-1)?.trim() ?? reason;
}

function text(value: string): string {
  return JSON.stringify(value);
}
