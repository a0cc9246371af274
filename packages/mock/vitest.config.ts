import { readFileSync } from 'node:fs';
import { suite } from '@org/test-suite';

/** These compare the mock with a second implementation of this API, or know all of its collections. */
const ofThisAPI = ['test/compare/**', 'test/copy/**', 'test/record/**'];
/** The collections, parameters, headers and tags that they were written for. */
const expected =
  'Retry-After Search Users after body emails limit order params query roleID role_id userID user_id users users.roles x-request-id';
const api = readFileSync(new URL('src/api.gen.json', import.meta.url), 'utf8');
const names = new Set([...api.matchAll(/"name":\s*"([\w.-]+)"/g)].map(([, name]) => name));
const isThisAPI = [...names].sort().join(' ') === expected;
if (!isThisAPI)
  console.log(`The spec has other collections or parameters: without ${ofThisAPI.join(', ')}.`);

export default suite('mock', {
  exclude: ['test/load/**', 'node_modules/**', ...(isThisAPI ? [] : ofThisAPI)],
  // As Node.js itself imports CommonJS: the default export is `module.exports`.
  deps: { interopDefault: false },
  typecheck: { enabled: true, checker: 'tsc' },
});
