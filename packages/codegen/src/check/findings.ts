import { type Locate, type Problem, Problems } from '@org/openapi';

/** What the client cannot do of a document: what would go wrong, and what is merely not generated. */
export class Findings {
  readonly problems: Problems;
  readonly listed: Problems;

  constructor(locate: Locate) {
    this.problems = new Problems(locate);
    this.listed = new Problems(locate);
  }

  /** @throws {SpecProblems} if there are problems */
  list(): Problem[] {
    this.problems.throwIfAny();
    return this.listed.found;
  }
}
