import { readFileSync } from 'node:fs';
import { suite } from '@org/test-suite';

/** These compare the mock with a second implementation of this API, or know all of its collections. */
const ofThisAPI = ['test/compare/**', 'test/copy/**', 'test/record/**'];
const { collections } = JSON.parse(
  readFileSync(new URL('src/api.gen.json', import.meta.url), 'utf8'),
) as { collections: { name: string }[] };
const isThisAPI = collections.map(({ name }) => name).join() === 'users,users.roles';

export default suite('mock', {
  exclude: ['test/load/**', 'node_modules/**', ...(isThisAPI ? [] : ofThisAPI)],
  // As Node.js itself imports CommonJS: the default export is `module.exports`.
  deps: { interopDefault: false },
  typecheck: { enabled: true, checker: 'tsc' },
});
