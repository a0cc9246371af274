import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { api } from '../src/api/api.ts';
import { prismMocker } from '../src/prism/mocker.ts';
import { createEngine, type EngineOptions } from '../src/prism/prism.ts';

const load = createRequire(import.meta.url);
const imports = ['prism', 'mocker']
  .map((name) => readFileSync(new URL(`../src/prism/${name}.ts`, import.meta.url), 'utf8'))
  .flatMap((source) => [...source.matchAll(/'(@stoplight\/[^']+\/dist\/[^']+)'/g)])
  .map((match) => match[1] ?? '');

test('Prism is pinned exactly, since its private modules are used', () => {
  const workspace = readFileSync(new URL('../../../pnpm-workspace.yaml', import.meta.url), 'utf8');
  expect(workspace).toMatch(/"@stoplight\/prism-http": \d+\.\d+\.\d+$/m);
});

test.each(imports)('%s is there, with what is used of it', (path) => {
  const module = load(path);
  const used = ['default', 'factory', 'validateInput', 'validateAgainstSchema'].filter(
    (name) => name in module,
  );
  expect(used.length).toBeGreaterThan(0);
});

const request = {
  method: 'get' as const,
  url: { path: '/organization/users', query: {} },
  headers: { authorization: 'Bearer x' },
};
const engineOf = (mock: EngineOptions['mock'], memoized = true) =>
  createEngine({ operations: api.operations, mock, memoized, strict: false, knowsKey: () => true });

test.each([true, false])(
  'a component that throws is an error, and no request hangs (memoized: %s)',
  async (memoized) => {
    const engine = engineOf(
      () => () => {
        throw new Error('broken');
      },
      memoized,
    );
    await expect(engine(request, {})).rejects.toThrow('broken');
  },
);

test('an unacceptable Accept does not spoil the calls that follow', async () => {
  const engine = engineOf(prismMocker);
  const html = { ...request, headers: { ...request.headers, accept: 'text/html' } };
  await expect(engine(html, {})).rejects.toMatchObject({ status: 406 });
  await expect(engine(request, {})).resolves.toMatchObject({ output: { statusCode: 200 } });
});

test('every item of emails is checked, not just the last: the array is exploded', () => {
  const list = api.operation('admin.organization.users.list');
  expect(list?.request?.query?.find(({ name }) => name === 'emails')).toMatchObject({
    style: 'form',
    explode: true,
  });
});

test('the operations hold no empty lists, which Prism would validate at every call', () => {
  for (const { request: described } of api.operations) {
    for (const part of ['headers', 'cookie', 'path'] as const) {
      expect(described?.[part]).not.toEqual([]);
    }
  }
});

test('an answer that breaks the schema is reported', async () => {
  const engine = engineOf(() => () => ({
    _tag: 'Right',
    right: {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: { object: 'list', data: [{ id: 'x' }], has_more: 'no' },
    },
  }));
  const { validations } = await engine(request, {});
  const messages = validations.output.map(({ message }) => message).join('\n');
  expect(messages).toMatch(/added_at/);
  expect(messages).toMatch(/has_more/);
});

test('importing the mock does not load Prism’s own mocker, which takes longer than all the rest', async () => {
  const { execFile } = await import('node:child_process');
  const script = `
    await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    console.log(loaded.filter((path) => path.includes('prism-http/dist/mocker/index')).length, loaded.length);
  `;
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
  const [mockers, all] = output.trim().split(' ').map(Number);
  expect(mockers).toBe(0);
  expect(all).toBeGreaterThan(10);
});
