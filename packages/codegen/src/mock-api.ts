import type { Locate } from '@org/openapi';
import { buildMockAPI } from './emit/mock.ts';
import { buildModel } from './infer/build-model.ts';
import { placeOperations } from './infer/place-operations.ts';
import type { MockAPI } from './model/model.ts';
import { servedPath } from './read/own-server.ts';

/** The mock's behavior for one operation, and the reason. */
export interface InferredOperation {
  /** How rules and handlers name it: `pets.list`. */
  id: string;
  /** The document's `operationId`, if it differs from the id: `listPets`. */
  given?: string;
  method: string;
  path: string;
  /** `list`, `create`, `retrieve` …; `mocker` if the mock has no state for it and responds with an example. */
  behavior: string;
  /** The collection or the single object that it reads or changes: `pets`. */
  subject?: string;
  /** One sentence. */
  reason: string;
  /** The query parameters without an effect. */
  unused?: string[];
  /** Whether it changes nothing, although the mock has state for it. */
  inert?: true;
  /** Whether its items look like those of another list, and are others: a change of one does not show in the other. */
  apart?: true;
}

/** The mock's model of a document, with reasons. */
export interface InferredAPI {
  api: MockAPI;
  operations: InferredOperation[];
}

/**
 * The mock's model of a bundled OpenAPI document. Missing and invalid ids are derived, and problems of the client
 * are ignored.
 *
 * @throws {SpecProblems} if the document cannot be mapped
 */
export async function inferAPI(bundled: object, locate?: Locate): Promise<InferredAPI> {
  const built = placeOperations(buildModel(bundled, locate, 'mock'), servedPath);
  const given = new Map(built.named.map((operation) => [operation.id, operation.given]));
  const { model } = built;
  const operations = [...model.operations, ...model.ignored].map(
    ({ id, method, path, behavior, reason, unused, inert, apart }) => {
      const subject =
        'collection' in behavior
          ? behavior.collection
          : 'singleton' in behavior
            ? behavior.singleton
            : undefined;
      const before = given.get(id);
      return {
        id,
        method,
        path,
        behavior: behavior.kind,
        reason,
        ...(before === undefined ? {} : { given: before }),
        ...(subject === undefined ? {} : { subject }),
        ...(unused === undefined ? {} : { unused }),
        ...(inert === undefined ? {} : { inert }),
        ...(apart === undefined ? {} : { apart }),
      };
    },
  );
  return { api: await buildMockAPI(built), operations };
}

/** {@link inferAPI} without the reasons, for tests of the mock with other documents. */
export async function mockAPIOf(bundled: object): Promise<MockAPI> {
  return (await inferAPI(bundled)).api;
}
