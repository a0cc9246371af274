/** Where something stands in the source of the spec. */
export interface Location {
  /** Relative to the folder of the spec: `openapi.yaml`. */
  file: string;
  line: number;
  column: number;
}

/** A path into the document, such as `['paths', '/users', 'get', 'operationId']`. */
export type Pointer = readonly (string | number)[];

/** Finds the location in the source that a path of the bundled document comes from. */
export type Locate = (pointer: Pointer) => Location | undefined;

/** A spec that cannot be mapped to a client and a mock. Each problem has its location and says what to do. */
export class SpecProblems extends Error {
  override readonly name = 'SpecProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Collects problems, so that one run reports all of them. */
export class Problems {
  readonly #found = new Set<string>();
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  add(pointer: Pointer, sentence: string): void {
    const location = this.#locate(pointer);
    const place = location
      ? `${location.file}:${location.line}:${location.column}`
      : pointer.join(' › ');
    this.#found.add(`${place}: ${sentence}`);
  }

  /** @throws {SpecProblems} if there are any */
  throwIfAny(): void {
    if (this.#found.size > 0) throw new SpecProblems([...this.#found]);
  }
}
