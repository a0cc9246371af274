import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetchClient } from '../src/fetch.ts';
import { answer, type Reply, ScriptedServer } from './support/scripted-server.ts';

// The patterns of openapi-fetch's documentation, each with openapi-fetch itself and with ours, against one server: what
// the program gets and what goes over the wire must be the same.
const server = new ScriptedServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const adminAPIKey = 'sk-admin-middleware';
/** Middleware knows nothing of the spec: neither do these clients. */
// biome-ignore lint/suspicious/noExplicitAny: openapi-fetch's own parameter for paths that are not typed
type Untyped = Client<any>;
type Program = (client: Untyped) => Promise<unknown>;

interface Pattern {
  middleware: Middleware | (() => Middleware);
  script?: Reply[];
  program?: Program;
}

const list: Program = (client) => client.GET('/things', { params: { query: { limit: 1 } } });
const update: Program = (client) => client.POST('/things', { body: { name: 'Ada' } });

const patterns: Record<string, Pattern> = {
  'sets a header on the request': {
    middleware: { onRequest: ({ request }) => request.headers.set('x-traced', 'yes') },
  },
  'returns the request': {
    middleware: {
      onRequest: ({ request }) => {
        request.headers.set('x-traced', 'yes');
        return request;
      },
    },
  },
  'returns a copy of the request': {
    middleware: { onRequest: ({ request }) => new Request(request) },
    program: update,
  },
  'returns a copy of the request with other headers': {
    middleware: {
      onRequest: ({ request }) =>
        new Request(request, { headers: { ...Object.fromEntries(request.headers), 'x-own': '1' } }),
    },
    program: update,
  },
  'sends the request to another path': {
    middleware: {
      onRequest: ({ request }) => new Request(request.url.replace('/things', '/others'), request),
    },
  },
  'clones the request and reads its body': {
    middleware: {
      onRequest: async ({ request }) => {
        request.headers.set('x-length', String((await request.clone().text()).length));
      },
    },
    program: update,
  },
  'replaces the body of the request': {
    middleware: {
      onRequest: async ({ request }) =>
        new Request(request, { body: (await request.text()).replace('Ada', 'Grace') }),
    },
    program: update,
  },
  'asks what the request is': {
    middleware: {
      onRequest: ({ request, schemaPath, params, id, options }) => {
        const { method, url, body } = request;
        const facts = {
          is: request instanceof Request,
          text: String(request),
          signal: request.signal instanceof AbortSignal,
          hasBody: body !== null,
          id: typeof id,
          ...{ method, path: new URL(url).pathname, schemaPath, params, parseAs: options.parseAs },
        };
        request.headers.set('x-facts', JSON.stringify(facts));
      },
    },
  },
  'answers without a request': {
    middleware: { onRequest: () => Response.json({ id: 'cached' }) },
  },
  'answers with an error without a request': {
    middleware: { onRequest: () => Response.json({ error: 'no' }, { status: 403 }) },
  },
  'throws before the request': {
    middleware: {
      onRequest: () => {
        throw new TypeError('Not signed in');
      },
    },
  },
  'returns what is neither request nor response': {
    middleware: { onRequest: () => ({ url: 'x', headers: {} }) as unknown as Request },
  },
  'reads a clone of the response': {
    middleware: () => {
      const seen: unknown[] = [];
      return {
        onResponse: async ({ response }) => {
          seen.push(await response.clone().json(), await response.clone().text());
          return new Response(JSON.stringify(seen), response);
        },
      };
    },
  },
  'looks at a clone of the response, and leaves it alone': {
    middleware: { onResponse: async ({ response }) => void (await response.clone().json()) },
  },
  'replaces the response': {
    middleware: {
      onResponse: ({ response: { body, ...options } }) =>
        new Response(body, { ...options, status: 201, headers: { 'x-new': '1' } }),
    },
  },
  'makes a response of the old one': {
    middleware: {
      onResponse: async ({ response }) =>
        Response.json({ wrapped: await response.json() }, { status: response.status }),
    },
  },
  'throws for an error status': {
    script: [answer(404, { error: { message: 'No.' } })],
    middleware: {
      onResponse: ({ response }) => {
        if (!response.ok) throw new Error(`${response.status} ${new URL(response.url).pathname}`);
      },
    },
  },
  'sends the request again with a new token': {
    script: [answer(401, { error: 1 }), answer(200, { id: 'again' })],
    middleware: {
      onResponse: ({ request, response }) => {
        if (response.status !== 401) return undefined;
        request.headers.set('x-token', 'new');
        return fetch(request.clone());
      },
    },
  },
  'takes an error for an answer': {
    script: [(response) => response.socket?.destroy()],
    middleware: { onError: () => Response.json({ id: 'offline' }) },
  },
  'takes an error for another': {
    script: [(response) => response.socket?.destroy()],
    middleware: { onError: () => new RangeError('Offline') },
  },
};

const middlewareOf = ({ middleware }: Pattern) =>
  typeof middleware === 'function' ? middleware() : middleware;

function clients(): Record<'theirs' | 'mine', Untyped> {
  const headers = { authorization: `Bearer ${adminAPIKey}`, 'idempotency-key': 'same' };
  const baseURL = `${server.origin}/v1`;
  const options = { adminAPIKey, baseURL, maxRetries: 0, defaultHeaders: headers };
  return {
    theirs: createClient({ baseUrl: baseURL, headers }),
    mine: createFetchClient(options) as unknown as Untyped,
  };
}

/** What a program sees of a call: what it gave, or the error that it threw. */
async function outcome(run: () => Promise<unknown>) {
  try {
    const { data, error, response } = (await run()) as Record<string, unknown> & {
      response: Response;
    };
    const { status, headers } = response;
    return { data, error, status, added: headers.get('x-new'), type: headers.get('content-type') };
  } catch (thrown) {
    const { name, message } = thrown as Error;
    return { thrown: `${name}: ${message}` };
  }
}

/** What goes over the wire, apart from the headers that name the program. */
function sent() {
  return server.requests.map(({ method, url, headers, body }) => {
    const told = Object.entries(headers).filter(([name]) => !/^(user-agent|accept.*)$/.test(name));
    return { method, url, body, headers: Object.fromEntries(told) };
  });
}

describe.each(Object.entries(patterns))('a middleware that %s', (_, pattern) => {
  const { script = [answer(200, { id: 'a' })], program = list } = pattern;

  test.each<[string, (client: Untyped) => Promise<unknown>]>([
    [
      'for all requests',
      (client) => {
        client.use(middlewareOf(pattern));
        return program(client);
      },
    ],
    [
      'for one request',
      (client) => {
        const [method, path, init] =
          program === list ? ['GET', '/things', {}] : ['POST', '/things', { body: {} }];
        return client[method as 'GET'](
          path as never,
          { ...(init as object), middleware: [middlewareOf(pattern)] } as never,
        );
      },
    ],
    [
      'and then no more',
      (client) => {
        const middleware = middlewareOf(pattern);
        client.use(middleware);
        client.eject(middleware);
        return program(client);
      },
    ],
  ])('does what it does with openapi-fetch: %s', async (when, run) => {
    const seen: Record<string, unknown> = {};
    for (const [name, client] of Object.entries(clients())) {
      server.play(...script);
      seen[name] = { ...(await outcome(() => run(client))), sent: sent() };
    }
    if (when === 'and then no more' && seen['theirs'] && 'thrown' in (seen['theirs'] as object)) {
      // Without middleware, a failed connection is an error of this package.
      expect(seen['mine']).toHaveProperty('thrown', 'APIConnectionError: Connection error.');
    } else {
      expect(seen['mine']).toEqual(seen['theirs']);
    }
  });
});

describe.each(['json', 'text', 'arrayBuffer', 'blob', 'stream'] as const)(
  'parseAs: %s',
  (parseAs) => {
    test('gives what openapi-fetch gives', async () => {
      const seen: Record<string, unknown> = {};
      for (const [name, client] of Object.entries(clients())) {
        server.play(answer(200, { id: 'ü' }));
        const { data } = (await client.GET('/things', { parseAs })) as { data?: unknown };
        seen[name] =
          data instanceof ReadableStream || data instanceof Blob || data instanceof ArrayBuffer
            ? [data.constructor.name, await new Response(data as Blob).text()]
            : data;
      }
      expect(seen['mine']).toEqual(seen['theirs']);
    });

    test('ends with the timeout in mid-body', async () => {
      if (parseAs === 'stream') return;
      server.play((response) => void response.writeHead(200).write('{'));
      const client = createFetchClient({
        adminAPIKey,
        baseURL: server.origin,
        timeout: 60,
        maxRetries: 0,
      });
      const call = (client as unknown as Untyped).GET('/things', { parseAs });
      await expect(call).rejects.toMatchObject({ name: 'APIConnectionTimeoutError' });
    });
  },
);

test('a form goes out as openapi-fetch sends it', async () => {
  const seen: Record<string, unknown> = {};
  for (const [name, client] of Object.entries(clients())) {
    const body = new FormData();
    body.set('name', 'Ada');
    server.play(answer(200, {}));
    await client.POST('/things', { body: body as never });
    const [request] = server.requests;
    const boundary = /boundary=(.*)/.exec(request?.headers['content-type'] ?? '')?.[1] ?? '';
    seen[name] = [boundary.length > 0, request?.body.replaceAll(boundary, '')];
  }
  expect(seen['mine']).toEqual(seen['theirs']);
});
