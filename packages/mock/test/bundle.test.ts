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

const reading = `
  (async () => {
    const schema = { type: 'object', required: ['sky'], properties: { sky: { const: 'clear' } } };
    const content = { 'application/json': { schema } };
    const responses = { 200: { description: 'OK', content } };
    const paths = { '/now': { get: { responses } } };
    const api = await loadAPI({ openapi: '3.1.0', info: { title: 'Weather' }, paths });
    const response = await createMock({ api }).fetch('http://mock.test/now');
    console.log(await response.text());
  })();
`;

test.each([
  ['read.mjs', "import { createMock, loadAPI } from './dist/index.js';"],
  ['read.cjs', "const { createMock, loadAPI } = require('./dist/index.cjs');"],
])('the build reads a document in a folder without any other package: %s', (file, line) => {
  writeFileSync(join(folder, file), `${line}\n${reading}`);
  const output = execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8' });
  expect(output.trim()).toBe('{"sky":"clear"}');
});

test('a program that reads no document loads nothing of what reads them', () => {
  const loaded = `
    import { registerHooks } from 'node:module';
    const files = [];
    registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) });
    const { createMock } = await import('./dist/index.js');
    await createMock().fetch('http://mock.test/v1/organization/users');
    console.log(files.map((url) => url.split('/').at(-1).replace(/-[^-]*$/, '')).join(' '));`;
  writeFileSync(join(folder, 'loaded.mjs'), loaded);
  const output = execFileSync(process.execPath, [join(folder, 'loaded.mjs')], { encoding: 'utf8' });
  expect(output).toContain('prism');
  expect(output.split(/\s/)).not.toEqual(expect.arrayContaining(['openapi']));
  expect(output.split(/\s/)).not.toEqual(expect.arrayContaining(['load']));
});

test('the build lists and removes users without the modules of Node.js, as in a page', () => {
  const path = join(folder, 'browser.mjs');
  const missing = ['globalThis.setImmediate', 'process.getBuiltinModule'];
  const text = `${missing.map((name) => `delete ${name};`).join('\n')}
    const { createMock } = await import('./dist/index.js');
    const mock = createMock({ data: { users: 3 } });
    const headers = { authorization: 'Bearer any' };
    const url = 'http://mock.test/v1/organization/users';
    const [user] = (await (await mock.fetch(url, { headers })).json()).data;
    await mock.fetch(\`\${url}/\${user.id}\`, { method: 'DELETE', headers });
    const { removed } = mock.changes().collections.users;
    console.log((await (await mock.fetch(url, { headers })).json()).data.length, removed.length);`;
  writeFileSync(path, text);
  expect(execFileSync(process.execPath, [path], { encoding: 'utf8' }).trim()).toBe('2 1');
});

test('the build comes with the license of everything in it', () => {
  const text = readFileSync(join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
  const names = [...text.matchAll(/^(\S+)@\d\S* \(.+\)$/gm)].map((match) => match[1]);
  expect(names).toEqual(expect.arrayContaining(['@stoplight/prism-http', 'ajv', 'lodash']));
  expect(text).toContain(`the code of ${names.length} others`);
});

test('installing the mock installs no other package', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(manifest.dependencies ?? {}).toEqual({});
  expect(manifest.optionalDependencies ?? {}).toEqual({});
  expect(manifest.peerDependencies ?? {}).toEqual({});
});

test('importing the build loads nothing of Node.js that takes long and that it does not use', () => {
  const file = join(folder, 'loaded.mjs');
  const names = "['undici', 'webcrypto', 'blocklist']";
  const lines = [
    "await import('./dist/index.js');",
    `const slow = process.moduleLoadList.filter((name) => ${names}.some((one) => name.endsWith('/' + one)));`,
    'console.log(slow.length, process.moduleLoadList.length > 50);',
  ];
  writeFileSync(file, lines.join('\n'));
  const output = execFileSync(process.execPath, [file], { encoding: 'utf8' });
  expect(output.trim()).toBe('0 true');
});
