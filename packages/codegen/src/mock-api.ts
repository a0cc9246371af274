import { buildMockAPI } from './emit/mock.ts';
import { buildModel } from './infer/build-model.ts';
import type { MockAPI } from './model/model.ts';

/**
 * What the mock knows of a bundled OpenAPI document: for tests of the mock with documents of their own.
 *
 * @throws {SpecProblems} if the document cannot be mapped
 */
export async function mockAPIOf(bundled: object): Promise<MockAPI> {
  return buildMockAPI(buildModel(bundled));
}
