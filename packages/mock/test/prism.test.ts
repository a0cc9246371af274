import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as validator from '@stoplight/prism-http/dist/validator/index.js';
import { expect, test } from 'vitest';
import { createCore } from '../src/core.ts';
import { createFetch } from '../src/http/fetch.ts';
import { createMock } from '../src/index.ts';
import { Schemas } from '../src/prism/schemas.ts';
import { createValidator } from '../src/prism/validate.ts';
import { api } from '../src/spec.ts';
import { apiOf } from './support/api-of.ts';
import { growthOf } from './support/heap.ts';

const load = createRequire(import.meta.url);
const folder = new URL('../src/prism/', import.meta.url);
const imports = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .flatMap((source) => [...source.matchAll(/'(@stoplight\/[^']+\/dist\/[^']+)'/g)])
  .map((match) => match[1] ?? '');

test('Prism is pinned exactly, since its private modules are used', () => {
  const workspace = readFileSync(new URL('../../../pnpm-workspace.yaml', import.meta.url), 'utf8');
  expect(workspace).toMatch(/"@stoplight\/prism-http": \d+\.\d+\.\d+$/m);
});

test.each([...new Set(imports)])('%s is there, with what is used of it', (path) => {
  const module = load(path);
  const used = ['default', 'validateInput', 'validateAgainstSchema', 'fmtDef', 'header'];
  expect(used.some((name) => name in module)).toBe(true);
});

const list = api.operation('admin.organization.users.list');
if (!list) throw new Error('The spec has no list of users.');
const request = {
  method: 'get' as const,
  url: { path: '/organization/users', query: { limit: '5' } },
  headers: { authorization: 'Bearer x' },
};

test('Prism’s validators use our Ajv instances, and not those that it keeps for ever', () => {
  const validate = () => validator.validateInput({ resource: list, element: request });
  expect(validate).toThrow('outside of Schemas.run');
});

test('the schemas that were compiled for a document go with it', async () => {
  const compile = () => {
    const validate = createValidator({ ...api }, { accepts: () => true, strict: false });
    validate.input(structuredClone(list), request);
    const body = { object: 'list', data: [], has_more: false };
    const headers = { 'content-type': 'application/json' };
    validate.output(structuredClone(list), { statusCode: 200, headers, body });
  };
  compile();
  const growth = await growthOf(() => {
    for (let i = 0; i < 20; i += 1) compile();
  });
  // Megabytes; one compiled document is half of one.
  expect(growth).toBeLessThan(2);
});

test('an unacceptable Accept does not spoil the calls that follow', async () => {
  const mock = createMock();
  const ask = async (accept: string) => {
    const headers = { authorization: 'Bearer x', accept };
    return (await mock.fetch('/organization/users', { headers })).status;
  };
  expect(await ask('text/html')).toBe(406);
  expect(await ask('*/*')).toBe(200);
});

test('every item of emails is checked, not just the last: the array is exploded', () => {
  expect(list.request?.query?.find(({ name }) => name === 'emails')).toMatchObject({
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

test('an answer that breaks the schema is reported', () => {
  const { output } = createValidator(api, { accepts: () => true, strict: false });
  const found = output(list, {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: { object: 'list', data: [{ id: 'x' }], has_more: 'no' },
  });
  const messages = found.map(({ message }) => message).join('\n');
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

test.each([
  ['a body', false],
  ['a text', true],
])('a schema that is none accepts any value of %s, and says that it checks none', (_, coerce) => {
  const schemas = Schemas.of({});
  const problems = (schema: object) => schemas.validate('7', schema, coerce, undefined);
  expect(problems({ type: ['integer', 'string'], maximum: '5' })).toEqual({
    flaw: 'schema/maximum must be number',
  });
  expect(problems({ $ref: '#/nowhere' })).toEqual({
    flaw: expect.stringContaining("can't resolve reference #/nowhere"),
  });
  expect(schemas.validate('x', { type: 'integer' }, coerce, undefined)).toHaveLength(1);
});

test('what cannot be checked is answered, with a warning', async () => {
  const schema = { type: 'object', properties: { name: { type: 'string' } } };
  const content = { 'application/json': { schema } };
  const post = { requestBody: { content }, responses: { 200: { description: 'Done', content } } };
  const info = { title: 'Things', version: '1' };
  const api = await apiOf({ openapi: '3.1.0', info, paths: { '/thing': { post } } });
  const [operation] = api.operations;
  const [given] = operation?.request?.body?.contents ?? [];
  Object.assign(given?.schema ?? {}, { minProperties: 'some' });
  const core = createCore({}, api);
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: '{"name":1}' };
  expect((await createFetch(core)('/thing', init)).status).toBe(200);
  expect(core.requests[0]?.validations).toContainEqual({
    location: ['body'],
    message: expect.stringMatching(/cannot be checked, because its schema is wrong: schema\/min/),
    severity: 'warning',
  });
});
