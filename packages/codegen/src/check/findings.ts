import { type Locate, type Problem, Problems } from '@org/openapi';

/** The parts of a document that the client cannot map: problems, and parts that are not generated. */
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
