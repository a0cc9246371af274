import type { Locate, Problem } from '@org/openapi';
import { checkClient } from './check/check-client.ts';
import { emitAuth } from './emit/auth.ts';
import { emitErrors } from './emit/errors.ts';
import { emitDocument, emitMock } from './emit/mock.ts';
import { emitReference } from './emit/reference.ts';
import { emitResources } from './emit/resources.ts';
import { emitServer } from './emit/server.ts';
import { emitTypes } from './emit/types.ts';
import { type BuiltModel, buildModel } from './infer/build-model.ts';
import { placeOperations } from './infer/place-operations.ts';
import { repairHTTPNames } from './read/http-names.ts';
import { pathBelowBase, servedPath } from './read/own-server.ts';
import { repairPaths } from './read/path-templates.ts';

/** The files that are generated from a document. */
export interface Generated extends BuiltModel {
  /** The content of each file, by path in the repository. */
  files: Record<string, string>;
  /** The parts of the document that are not generated. */
  listed: Problem[];
}

/**
 * Generates all files from a document. Writes nothing.
 *
 * @throws {SpecProblems} if the document cannot be mapped
 */
export async function generate(
  bundled: object,
  locate: Locate = () => undefined,
): Promise<Generated> {
  const read = buildModel(bundled, locate);
  const listed = checkClient(read, locate);
  const built = placeOperations(read, pathBelowBase);
  const files = {
    ...(await emitTypes(built)),
    ...emitResources(built),
    ...emitServer(built),
    ...emitAuth(built),
    ...emitErrors(built),
    ...emitReference(built),
    ...(await emitMock(withServable(placeOperations(read, servedPath)))),
    ...emitDocument(bundled),
  };
  return { ...built, files, listed };
}

/** Only operations that the client ignores may have parts that the mock has to repair. */
function withServable(built: BuiltModel): BuiltModel {
  if (built.model.ignored.length === 0) return built;
  const document = structuredClone(built.document);
  repairHTTPNames(document);
  repairPaths(document);
  return { ...built, document };
}
