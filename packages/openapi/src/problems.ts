import { visible } from './escape.ts';
import type { Pointer } from './pointer.ts';

/** A location in the source of a document. */
export interface Location {
  /** Relative to the folder that the files were read from: `openapi.yaml`. */
  file: string;
  line: number;
  column: number;
}

/** Finds the location in the source that a path of the bundled document comes from. */
export type Locate = (pointer: Pointer) => Location | undefined;

/** Something in a document that has to be changed. */
export interface Problem {
  /** A stable name of the kind of problem: `unresolved-ref`. */
  id: string;
  /** The problem and the fix, in one or two sentences. */
  message: string;
  /** The location in the source; without it, `place` is the path in the bundled document. */
  location: Location | undefined;
  /** Such as `paths › /users › get`. */
  place: string;
  /**
   * The path of the part with the problem, in a document that was read without one. If the part is shared, that of the
   * operation for which it is a problem.
   */
  pointer?: Pointer;
  /** A change of the document that solves the problem, if there is one that changes no request. */
  solution?: Solution;
}

/** Properties to add to an object of a document. */
export interface Solution {
  pointer: Pointer;
  update: object;
}

/** `openapi.yaml:3:5: The sentence. (id)`, on one line of visible characters. */
export function formatProblem({ id, message, location, place }: Problem): string {
  const where = location ? `${location.file}:${location.line}:${location.column}` : place;
  return visible(`${where}: ${message} (${id})`);
}

/** A document that cannot be used. Each problem has its location and the fix. */
export class SpecProblems extends Error {
  override readonly name = 'SpecProblems';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super([...new Set(problems.map(formatProblem))].join('\n'));
    this.problems = problems;
  }
}

/** Collects problems, so that one run reports all of them. */
export class Problems {
  readonly #found = new Map<string, Problem>();
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  /**
   * @param operation the operation that has the problem, if `pointer` is that of a part which others may share
   */
  add(
    id: string,
    pointer: Pointer,
    message: string,
    {
      operation = pointer,
      solution,
    }: { operation?: Pointer; solution?: Solution | undefined } = {},
  ): void {
    const location = this.#locate(pointer);
    const problem = {
      ...{ id, message, location, place: pointer.join(' › '), pointer: operation },
      ...(solution && { solution }),
    };
    this.#found.set(formatProblem(problem), problem);
  }

  /** The problems found so far. */
  get found(): Problem[] {
    return [...this.#found.values()];
  }

  /** @throws {SpecProblems} if there are any */
  throwIfAny(): void {
    if (this.#found.size > 0) throw new SpecProblems([...this.#found.values()]);
  }
}
