import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const home = new URL('../', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'bundle-'));

/** Prints the statuses of a page, and of a fake that Prism's mocker makes. */
const program = `
  (async () => {
    const mock = createMock();
    const ask = (headers) =>
      mock.fetch('http://mock.test/v1/organization/users', { headers: { authorization: 'Bearer any', ...headers } });
    const listed = await ask({});
    const faked = await ask({ prefer: 'dynamic=true' });
    console.log(listed.status, faked.status, (await faked.json()).object);
  })();
`;

beforeAll(() => {
  cpSync(new URL('dist', home), join(folder, 'dist'), { recursive: true });
  cpSync(new URL('package.json', home), join(folder, 'package.json'));
  writeFileSync(
    join(folder, 'esm.mjs'),
    `import { createMock } from './dist/index.js';\n${program}`,
  );
  writeFileSync(
    join(folder, 'commonjs.cjs'),
    `const { createMock } = require('./dist/index.cjs');\n${program}`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['esm.mjs', 'commonjs.cjs'])(
  'the build lists users and fakes answers in a folder without any other package: %s',
  (file) => {
    const output = execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8' });
    expect(output.trim()).toBe('200 200 list');
  },
);

test('the build lists users without the modules of Node.js, as in a page', () => {
  const path = join(folder, 'browser.mjs');
  const missing = ['globalThis.setImmediate', 'process.getBuiltinModule'];
  const text = `${missing.map((name) => `delete ${name};`).join('\n')}
    const { createMock } = await import('./dist/index.js');
    const mock = createMock({ data: { users: 3 } });
    const headers = { authorization: 'Bearer any' };
    const response = await mock.fetch('http://mock.test/v1/organization/users', { headers });
    console.log((await response.json()).data.length);`;
  writeFileSync(path, text);
  expect(execFileSync(process.execPath, [path], { encoding: 'utf8' }).trim()).toBe('3');
});

test('the build comes with the license of everything in it', () => {
  const text = readFileSync(join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
  const names = [...text.matchAll(/^(\S+)@\d\S* \(.+\)$/gm)].map((match) => match[1]);
  expect(names).toEqual(expect.arrayContaining(['@stoplight/prism-http', 'ajv', 'lodash']));
  expect(text).toContain(`the code of ${names.length} others`);
});

test('whoever installs the mock installs no other package', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(manifest.dependencies ?? {}).toEqual({});
  expect(manifest.optionalDependencies ?? {}).toEqual({});
  expect(manifest.peerDependencies ?? {}).toEqual({});
});
