import type { MockAPI } from '@org/codegen/model';
import { type API, createAPI } from './api/api.ts';
import generated from './api.gen.json' with { type: 'json' };

/** The API of this package's spec. */
// JSON cannot say that its strings are the members of unions.
export const api: API = createAPI(generated as unknown as MockAPI, async () => {
  const { default: file } = await import('./document.gen.json', { with: { type: 'json' } });
  return JSON.stringify(file.document);
});
