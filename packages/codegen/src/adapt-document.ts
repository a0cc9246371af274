import {
  type Document,
  formatPointer,
  type Locate,
  type Pointer,
  type Problem,
  SpecProblems,
  valueAt,
} from '@org/openapi';
import { checkClient } from './check/check-client.ts';
import { operationsOf } from './check/operations.ts';
import { buildModel } from './infer/build-model.ts';
import { type NamedOperation, nameOperations } from './infer/name-operations.ts';
import { isIgnored, isObject } from './read/read-client.ts';

/** A change of a document, and the problems that it solves. */
export interface Adaptation {
  /** The path of the changed part. */
  pointer: Pointer;
  /** The properties that are added to it; without them, it is removed. */
  update?: object;
  problems: Problem[];
}

/** A document with the changes that give it a client, and what they do not solve. */
export interface AdaptedDocument {
  document: Document;
  named: NamedOperation[];
  /** The arguments that got a name of their own. */
  renamed: Adaptation[];
  /** The operations, and paths, that were left out. */
  leftOut: Adaptation[];
  /** Problems of the document itself. */
  problems: Problem[];
}

/** Each step of the generator reports its problems alone, and a name may clash with another one. */
const mostRounds = 20;

/**
 * Changes a document whose owner is somebody else, so that it has a client: derives the ids that are missing, gives
 * arguments that clash other names, and leaves out the operations whose problems remain. What the mock cannot serve
 * either is removed.
 *
 * @param bundled is not changed
 */
export function adaptDocument(bundled: Document, locate: Locate): AdaptedDocument {
  let document = structuredClone(bundled);
  const named = nameOperations(document);
  const renamed = new Map<string, Adaptation>();
  const leftOut = new Map<string, Adaptation>();
  let problems = problemsOf(document, locate);
  for (let round = 0; round < mostRounds && problems.length > 0; round += 1) {
    // A name that is given again and again does not solve the problem.
    const solved = problems.filter(({ solution }) => solution && round < mostRounds / 2);
    const changes = solved.length > 0 ? solutionsOf(solved) : exclusionsOf(document, problems);
    const changed = structuredClone(document);
    for (const change of changes) apply(changed, change);
    // A client without methods is none.
    const isLeft = operationsOf(changed).some(({ object }) => !isIgnored(object));
    if (changes.length === 0 || !isLeft) break;
    document = changed;
    for (const change of changes)
      (solved.length > 0 ? renamed : leftOut).set(formatPointer(change.pointer), change);
    problems = problemsOf(document, locate);
  }
  // What was removed with its path is not left out on its own as well.
  const isThere = ({ pointer, update }: Adaptation) => !update || valueAt(document, pointer);
  return {
    document,
    named: named.filter(({ path, method }) => valueAt(document, ['paths', path, method])),
    renamed: [...renamed.values()].filter(isThere),
    leftOut: [...leftOut.values()].filter(isThere),
    problems,
  };
}

function problemsOf(document: Document, locate: Locate): Problem[] {
  try {
    checkClient(buildModel(document, locate), locate);
    return [];
  } catch (error) {
    if (error instanceof SpecProblems) return [...error.problems];
    throw error;
  }
}

function solutionsOf(problems: readonly Problem[]): Adaptation[] {
  return problems.flatMap((problem) =>
    problem.solution ? [{ ...problem.solution, problems: [problem] }] : [],
  );
}

/** Leaves the operations that have problems out of the client, or, where they were left out already, out of the document. */
function exclusionsOf(document: Document, problems: readonly Problem[]): Adaptation[] {
  const found = new Map<string, Adaptation>();
  for (const problem of problems) {
    const [section, path = '', method = ''] = problem.pointer ?? [];
    if (section !== 'paths') continue;
    const own = operationsOf(document).filter((each) => each.path === path);
    const isShared = own.every((each) => each.method !== method);
    const concerned = own.filter((each) => isShared || each.method === method);
    const kept = concerned.filter(({ object }) => !isIgnored(object));
    const shared = isShared ? [['paths', path]] : concerned.map(({ pointer }) => pointer);
    const pointers = kept.length > 0 ? kept.map(({ pointer }) => pointer) : shared;
    for (const pointer of pointers) {
      const key = formatPointer(pointer);
      const before = found.get(key)?.problems ?? [];
      found.set(key, {
        pointer,
        ...(kept.length > 0 && { update: { 'x-client': { ignore: true } } }),
        problems: [...before, problem],
      });
    }
  }
  return [...found.values()];
}

/** As an overlay does: objects are merged. */
function apply(document: Document, { pointer, update }: Adaptation): void {
  const parent = valueAt(document, pointer.slice(0, -1)) as Record<string | number, unknown>;
  const key = pointer.at(-1) ?? '';
  if (!update) delete parent[key];
  else parent[key] = merge(parent[key], update);
}

function merge(value: unknown, update: unknown): unknown {
  if (!isObject(value) || !isObject(update)) return update;
  const merged = Object.entries(update).map(([key, part]) => [key, merge(value[key], part)]);
  return { ...value, ...Object.fromEntries(merged) };
}
