import { mockAPIOf } from '@org/codegen/mock-api';
import { type API, createAPI } from '../../src/api/api.ts';

/** The API of a document that is bundled already. */
export async function apiOf(document: object): Promise<API> {
  return createAPI(await mockAPIOf(document), async () => JSON.stringify(document));
}
