import source from '@org/spec/openapi.json' with { type: 'json' };
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMock, loadAPI, startMock } from '../../src/index.ts';
import { petShop } from '../support/pet-shop.ts';

const shop = parse(petShop) as object;
const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
const keep = <T extends { close(): Promise<void> }>(server: T): T => {
  servers.push(server);
  return server;
};

/** A document with an operation on a path that the mock would serve itself. */
const withPath = (path: string, method = 'get') => ({
  openapi: '3.1.0',
  info: { title: 'Own', version: '1' },
  servers: [{ url: 'https://api.test/v2' }],
  // The bundler would add them.
  components: {},
  paths: {
    [path]: {
      ...(path.includes('{') && {
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      }),
      [method]: {
        responses: {
          200: { description: 'OK', content: { 'application/json': { schema: { const: 'own' } } } },
        },
      },
    },
  },
});

const paths = ['/openapi', '/v1/openapi', '/_mock/openapi'];

describe('the document of the package', () => {
  test.each(paths)(
    'is served below %s, as JSON and as YAML, over sockets as in process',
    async (path) => {
      const server = keep(await startMock());
      const mock = createMock();
      for (const ask of [(to: string) => fetch(new URL(to, server.url)), mock.fetch]) {
        // This base path is that of the package's own document.
        const at = path.replace('/v1', new URL(server.url).pathname);
        const [json, yaml] = [await ask(`${at}.json`), await ask(`${at}.yaml?any`)];
        expect([json.status, json.headers.get('content-type')]).toEqual([200, 'application/json']);
        expect([yaml.status, yaml.headers.get('content-type')]).toEqual([200, 'application/yaml']);
        const text = await json.text();
        expect(JSON.parse(text)).toEqual(source);
        // The order of keys is that of the source: a reader sees the same document.
        expect(text).toBe(JSON.stringify(source));
        expect(JSON.stringify(parse(await yaml.text()))).toBe(text);
      }
      expect(mock.requests).toEqual([]);
    },
  );

  test('answers HEAD without a body, and refuses other methods', async () => {
    const server = keep(await startMock());
    const head = await fetch(new URL('/openapi.yaml', server.url), { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
    const post = await fetch(new URL('/openapi.json', server.url), { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('gives a mock that behaves alike', async () => {
    const first = createMock();
    const served = (await (await first.fetch('/openapi.json')).json()) as object;
    const second = createMock({ api: await loadAPI(served) });
    const ask = async (mock: Pick<typeof first, 'fetch'>, path: string) => {
      const response = await mock.fetch(path, { headers: { authorization: 'Bearer any' } });
      return [response.status, await response.text()];
    };
    const operations = (await (await first.fetch('/_mock/operations')).json()) as {
      path: string;
    }[];
    for (const path of ['/nothing', ...new Set(operations.map((each) => each.path))]) {
      const address = path.replaceAll(/\{.*?\}/g, 'none');
      expect(await ask(second, address)).toEqual(await ask(first, address));
    }
    expect(await (await second.fetch('/openapi.json')).json()).toEqual(served);
  });
});

describe('a document that was loaded', () => {
  test('is served as it was read', async () => {
    const mock = createMock({ api: await loadAPI(shop) });
    for (const path of ['/openapi', '/api/v3/openapi', '/_mock/openapi']) {
      expect(await (await mock.fetch(`${path}.json`)).json()).toEqual(shop);
      expect(parse(await (await mock.fetch(`${path}.yaml`)).text())).toEqual(shop);
    }
  });

  test('keeps strings that older YAML reads as other values', async () => {
    const words = ['no', 'on', 'y', '012', '1:30', '2024-01-01', '0x1', '1_000', 'null', '', '~'];
    const info = { title: 'Norway', version: '1.10', description: 'a: b # c\n\n- d\t\u0085' };
    const document = { openapi: '3.1.0', info, paths: {}, components: {}, 'x-words': words };
    const mock = createMock({ api: await loadAPI(document) });
    const text = await (await mock.fetch('/openapi.yaml')).text();
    expect(parse(text)).toEqual(document);
    expect(parse(text, { version: '1.1' })).toEqual(document);
  });

  test.each(['/openapi.json', '/openapi.yaml', '/{name}'])(
    'takes precedence with a path of its own, %s',
    async (path) => {
      const document = withPath(path);
      const server = keep(await startMock({ api: await loadAPI(document) }));
      const name = path === '/{name}' ? '/openapi.json' : path;
      for (const at of [name, `/v2${name}`]) {
        expect(await (await fetch(new URL(at, server.url))).text()).toBe('"own"');
      }
      expect(server.requests).toHaveLength(2);
      const response = await fetch(new URL('/_mock/openapi.json', server.url));
      expect(await response.json()).toEqual(document);
    },
  );

  test('takes precedence for all methods of its path', async () => {
    const mock = createMock({ api: await loadAPI(withPath('/openapi.json', 'post')) });
    expect((await mock.fetch('/openapi.json')).status).toBe(405);
    expect((await mock.fetch('/openapi.json', { method: 'POST' })).status).toBe(200);
    expect((await mock.fetch('/openapi.yaml')).status).toBe(200);
  });
});

describe('access to the document', () => {
  test('is that of the control endpoints: pages of other origins are refused', async () => {
    const server = keep(await startMock());
    const at = new URL('/openapi.json', server.url);
    const foreign = await fetch(at, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const own = await fetch(at, { headers: { origin: at.origin } });
    expect(own.status).toBe(200);
  });

  test('is none with `control: false`', async () => {
    const mock = createMock({ control: false });
    expect((await mock.fetch('/openapi.json')).status).toBe(404);
    expect((await mock.fetch('/_mock/openapi.yaml')).status).toBe(404);
  });
});
