import { buildModel } from './build-model.ts';
import { buildMockAPI } from './emit/mock.ts';
import type { MockAPI } from './model.ts';

/**
 * What the mock knows of a bundled OpenAPI document: for tests of the mock with documents of their own.
 *
 * @throws {SpecProblems} if the document cannot be mapped
 */
export async function mockAPIOf(bundled: object): Promise<MockAPI> {
  return buildMockAPI(buildModel(bundled));
}
