import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCore } from '../../src/core.ts';
import { createFetch } from '../../src/http/fetch.ts';
import { apiOf } from '../support/api-of.ts';
import type { AnyBody } from '../support/ask.ts';

// Documents whose lists look like those that people have.
const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const listOf = (items: object) => ({ type: 'array', items });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const ok = (schema: object, status = 200, headers?: object) => ({
  responses: {
    [status]: {
      description: 'OK',
      content: { 'application/json': { schema } },
      ...(headers && { headers }),
    },
  },
});
const takes = (schema: object) => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
});
const inQuery = (name: string, schema: object = integer) => ({ name, in: 'query', schema });

interface Style {
  /** The paths of the list and of an item, whose parameter is the last one. */
  list: string;
  item: string;
  id?: object;
  /** What the path's parameter says of it. */
  param?: object;
  idName?: string;
  /** The list's answer, around the array. */
  page(items: object): object;
  parameters?: object[];
  headers?: object;
  /** What a body has around the item, and an answer as well. */
  wrap?: string;
  /** Where the items are in the answer. */
  itemsOf(body: AnyBody): AnyBody[];
  /** What asks for the next page: a query, or an address. */
  next?(body: AnyBody, headers: Headers, asked: URLSearchParams): string | undefined;
}

const data = (body: AnyBody) => body.data;
const counted =
  (name: string, first: number, step: number, total: (body: AnyBody) => number) =>
  (_: AnyBody, __: Headers, asked: URLSearchParams) => {
    const at = Number(asked.get(name) ?? first);
    const seen = step === 1 ? (at - first + 1) * 4 : at + 4;
    return seen < total(_) ? `?${name}=${at + step}` : undefined;
  };

const styles: Record<string, Style> = {
  'a bare array, with pages by the header Link': {
    list: '/repos',
    item: '/repos/{repo_id}',
    id: integer,
    page: listOf,
    parameters: [
      inQuery('page', { ...integer, minimum: 1 }),
      inQuery('per_page', { ...integer, default: 4 }),
    ],
    headers: { Link: { schema: text }, 'X-Total-Count': { schema: integer } },
    itemsOf: (body) => body,
    next: (_, headers) => /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1],
  },
  'a bare array that comes whole': {
    list: '/tags',
    item: '/tags/{tag_id}',
    page: listOf,
    itemsOf: (body) => body,
  },
  'droplets by page and address': {
    list: '/v2/droplets',
    item: '/v2/droplets/{droplet_id}',
    id: integer,
    page: (items) =>
      object({
        droplets: listOf(items),
        links: object({ pages: object({ next: { ...text, format: 'uri' } }, []) }, []),
        meta: object({ total: integer }),
      }),
    parameters: [inQuery('page'), inQuery('per_page', { ...integer, default: 4 })],
    wrap: 'droplet',
    itemsOf: (body) => body.droplets,
    next: (body, headers, asked) =>
      counted('page', 1, 1, ({ meta }) => meta.total)(body, headers, asked),
  },
  'an address in the body': {
    list: '/books',
    item: '/books/{isbn}',
    idName: 'isbn',
    page: (items) =>
      object({
        count: integer,
        next: orNull({ ...text, format: 'uri' }),
        previous: orNull({ ...text, format: 'uri' }),
        results: listOf(items),
      }),
    parameters: [inQuery('limit', { ...integer, default: 4 }), inQuery('offset')],
    itemsOf: (body) => body.results,
    next: (body) => body.next ?? undefined,
  },
  'an address that names no parameter': {
    list: '/notes',
    item: '/notes/{note_id}',
    page: (items) => object({ notes: listOf(items), next_page_url: orNull(text) }),
    itemsOf: (body) => body.notes,
    next: (body) => body.next_page_url ?? undefined,
  },
  'numbers of pages': {
    list: '/users',
    item: '/users/{userId}',
    id: integer,
    page: (items) =>
      object({
        items: listOf(items),
        page: integer,
        page_size: integer,
        total: integer,
        total_pages: integer,
      }),
    parameters: [
      inQuery('page', { ...integer, default: 0, minimum: 0 }),
      inQuery('page_size', { ...integer, default: 4 }),
    ],
    itemsOf: (body) => body.items,
    next: (body) => (body.page + 1 < body.total_pages ? `?page=${body.page + 1}` : undefined),
  },
  'an offset': {
    list: '/orders',
    item: '/orders/{id}',
    page: (items) =>
      object({
        data: listOf(items),
        pagination: object({ offset: integer, limit: integer, total: integer }),
      }),
    parameters: [
      inQuery('offset', { ...integer, default: 0 }),
      inQuery('limit', { ...integer, default: 4 }),
    ],
    itemsOf: data,
    next: (body, headers, asked) =>
      counted('offset', 0, 4, ({ pagination }) => pagination.total)(body, headers, asked),
  },
  'a token': {
    list: '/messages',
    item: '/messages/{message_id}',
    param: { ...text, format: 'uuid' },
    page: (items) => object({ messages: listOf(items), nextPageToken: text }, ['messages']),
    parameters: [inQuery('pageToken', text), inQuery('pageSize', { ...integer, default: 4 })],
    itemsOf: (body) => body.messages,
    next: ({ nextPageToken: token }) =>
      token ? `?pageToken=${encodeURIComponent(token)}` : undefined,
  },
  'a token that is a number': {
    list: '/events',
    item: '/events/{event_id}',
    page: (items) => object({ events: listOf(items), next_cursor: orNull(integer) }),
    parameters: [inQuery('cursor', integer), inQuery('limit', { ...integer, default: 4 })],
    itemsOf: (body) => body.events,
    next: ({ next_cursor: cursor }) => (cursor === null ? undefined : `?cursor=${cursor}`),
  },
  'the id of the last item': {
    list: '/customers',
    item: '/customers/{customer}',
    page: (items) =>
      object({ object: { const: 'list' }, data: listOf(items), has_more: { type: 'boolean' } }),
    parameters: [inQuery('starting_after', text), inQuery('limit', { ...integer, default: 4 })],
    itemsOf: data,
    next: (body) => (body.has_more ? `?starting_after=${body.data.at(-1).id}` : undefined),
  },
  'paths that end in .json': {
    list: '/Accounts/{account}/Calls.json',
    item: '/Accounts/{account}/Calls/{Sid}.json',
    id: { ...text, pattern: '^CA[0-9a-fA-F]{32}$', minLength: 34, maxLength: 34 },
    idName: 'sid',
    page: (items) =>
      object({
        calls: listOf(items),
        page: integer,
        page_size: integer,
        next_page_uri: orNull(text),
      }),
    parameters: [
      inQuery('Page'),
      inQuery('PageSize', { ...integer, default: 4 }),
      inQuery('PageToken', text),
    ],
    itemsOf: (body) => body.calls,
    next: (body) => body.next_page_uri ?? undefined,
  },
  'paths that end in a slash': {
    list: '/tasks/',
    item: '/tasks/{key}/',
    id: { ...text, pattern: '^\\d+$' },
    idName: 'key',
    page: (items) => object({ data: listOf(items) }),
    itemsOf: data,
  },
};

async function mockOf(style: Style) {
  const { list, item: itemPath, idName = 'id', id = text, param = id, wrap } = style;
  const own = { name: text, level: { ...integer, minimum: 0, maximum: 9 } };
  const item = object({ [idName]: id, ...own });
  const wrapped = (schema: object) => (wrap ? object({ [wrap]: schema }) : schema);
  const inPath = (path: string) =>
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name], i, all) => ({
      name,
      in: 'path',
      required: true,
      schema: path === itemPath && i === all.length - 1 ? param : text,
    }));
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shapes', version: '1' },
    servers: [{ url: 'https://shapes.test/api' }],
    paths: {
      [list]: {
        parameters: inPath(list),
        get: {
          operationId: 'things.list',
          'x-mock': { seed: 10 },
          parameters: style.parameters ?? [],
          ...ok(style.page(item), 200, style.headers),
        },
        post: {
          operationId: 'things.create',
          ...takes(wrapped(object(own))),
          ...ok(wrapped(item), 201),
        },
      },
      [itemPath]: {
        parameters: inPath(itemPath),
        get: { operationId: 'things.retrieve', ...ok(wrapped(item)) },
        put: {
          operationId: 'things.replace',
          ...takes(wrapped(object(own))),
          ...ok(wrapped(item)),
        },
        patch: {
          operationId: 'things.update',
          ...takes(wrapped(object(own, []))),
          ...ok(wrapped(item)),
        },
        delete: { operationId: 'things.delete', responses: { 204: { description: 'Gone' } } },
      },
    },
  };
  const core = createCore({}, await apiOf(document));
  const fetch = createFetch(core);
  const listPath = list.replace('{account}', 'AC1');
  const send = async (method: string, path: string, given?: object) => {
    const address = path.startsWith('http') ? path : `https://shapes.test/api${path}`;
    const response = await fetch(address, {
      method,
      ...(given && {
        body: JSON.stringify(wrap ? { [wrap]: given } : given),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const raw = await response.text();
    const body: AnyBody = raw === '' ? undefined : JSON.parse(raw);
    return { status: response.status, headers: response.headers, body };
  };
  const one = (body: AnyBody) => (wrap ? body[wrap] : body);
  const pathOf = (thing: AnyBody) =>
    itemPath.replace('{account}', 'AC1').replace(/\{\w+\}/, thing[idName]);
  /** Every item, page after page. */
  const walk = async () => {
    const items: AnyBody[] = [];
    let pages = 0;
    for (let next: string | undefined = ''; next !== undefined && pages < 30; pages += 1) {
      const path: string = next.startsWith('?') || next === '' ? listPath + next : next;
      const address: string =
        path.startsWith('/') && next !== '' && !next.startsWith('?')
          ? `https://shapes.test${path}`
          : path;
      const { status, body, headers } = await send('GET', address);
      expect(status).toBe(200);
      items.push(...style.itemsOf(body));
      const asked: URLSearchParams = new URL(address, 'https://shapes.test').searchParams;
      next = style.next?.(body, headers, asked);
    }
    return { items, pages };
  };
  const errors = () =>
    core.requests
      .flatMap(({ validations }) => validations)
      .filter(({ severity }) => severity === 'error');
  return { core, send, one, walk, pathOf, listPath, errors };
}

describe.each(Object.entries(styles))('%s', (_, style) => {
  test('is walked to its end', async () => {
    const { walk, errors, core } = await mockOf(style);
    const { items, pages } = await walk();
    expect(items).toHaveLength(10);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(10);
    expect(pages > 1).toBe(style.next !== undefined && style.list !== '/notes');
    expect(errors()).toEqual([]);
    expect(core.requests.flatMap(({ validations }) => validations)).toEqual([]);
  });

  test('shows what was created, changed and deleted', async () => {
    type Command = ['create' | 'update' | 'replace' | 'delete' | 'retrieve', number, number];
    const command: fc.Arbitrary<Command> = fc.tuple(
      fc.constantFrom('create', 'update', 'replace', 'delete', 'retrieve'),
      fc.nat(20),
      fc.nat(9),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
        const { send, one, walk, pathOf, listPath, errors } = await mockOf(style);
        let model = (await walk()).items;
        for (const [kind, at, level] of commands) {
          const thing = model[at % Math.max(1, model.length)];
          if (kind === 'create') {
            const { status, body } = await send('POST', listPath, { name: 'New', level });
            expect([status, one(body).level]).toEqual([201, level]);
            model = [...model, one(body)];
          } else if (thing) {
            const path = pathOf(thing);
            if (kind === 'retrieve') expect(one((await send('GET', path)).body)).toEqual(thing);
            if (kind === 'delete') {
              expect((await send('DELETE', path)).status).toBe(204);
              expect((await send('GET', path)).status).toBe(404);
              model = model.filter((other) => other !== thing);
            }
            if (kind === 'update' || kind === 'replace') {
              const given = kind === 'update' ? { level } : { name: 'Put', level };
              const { body } = await send(kind === 'update' ? 'PATCH' : 'PUT', path, given);
              expect(one(body)).toEqual({ ...thing, ...given });
              model = model.map((other) => (other === thing ? one(body) : other));
            }
          }
        }
        expect((await walk()).items).toEqual(model);
        expect(errors()).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});

describe('an item', () => {
  const item = object({ id: integer, name: text, open: { type: 'boolean' } }, ['id', 'name']);
  const input = object({ name: text, open: { type: 'boolean', default: true } }, ['name']);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Items', version: '1' },
    paths: {
      '/items/': {
        get: { operationId: 'items.list', 'x-mock': { seed: 2 }, ...ok(listOf(item)) },
        post: { operationId: 'items.create', ...takes(input), ...ok(item, 201) },
      },
      '/items/{item_id}': {
        parameters: [{ name: 'item_id', in: 'path', required: true, schema: integer }],
        delete: { operationId: 'items.delete', ...ok({ title: 'Response' }) },
      },
    },
  };

  test('takes the defaults of its body, and is what an answer without a schema shows', async () => {
    const core = createCore({}, await apiOf(document));
    const fetch = createFetch(core);
    const headers = { 'content-type': 'application/json' };
    const post = async (given: object): Promise<AnyBody> =>
      (await fetch('/items/', { method: 'POST', body: JSON.stringify(given), headers })).json();
    expect(await post({ name: 'New' })).toEqual({ id: 3, name: 'New', open: true });
    expect(await post({ name: 'New', open: false })).toEqual({ id: 4, name: 'New', open: false });
    const deleted = await fetch('/items/4', { method: 'DELETE' });
    expect(await deleted.json()).toEqual({ id: 4, name: 'New', open: false });
  });
});

describe('a list of summaries', () => {
  const summary = object({ id: text, name: text });
  const whole = object({ id: text, name: text, notes: text, level: integer });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Summaries', version: '1' },
    paths: {
      '/projects': {
        get: {
          operationId: 'projects.list',
          'x-mock': { seed: 3 },
          ...ok(object({ projects: listOf(summary) })),
        },
        post: {
          operationId: 'projects.create',
          ...takes(object({ name: text, notes: text }, ['name'])),
          ...ok(whole, 201),
        },
      },
      '/projects/{project_id}': {
        parameters: [{ name: 'project_id', in: 'path', required: true, schema: text }],
        get: { operationId: 'projects.retrieve', ...ok(whole) },
        patch: { operationId: 'projects.update', ...takes(object({ notes: text })), ...ok(whole) },
      },
    },
  };

  test('keeps all that an item has, and shows what the list has of it', async () => {
    const core = createCore({}, await apiOf(document));
    const fetch = createFetch(core);
    const send = async (method: string, path: string, given?: object): Promise<AnyBody> => {
      const body = given && JSON.stringify(given);
      const headers = { 'content-type': 'application/json' };
      return (await fetch(path, { method, ...(body && { body, headers }) })).json();
    };
    const made = await send('POST', '/projects', { name: 'New', notes: 'Long' });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'New',
      notes: 'Long',
      level: expect.any(Number),
    });
    const path = `/projects/${made.id}`;
    expect(await send('PATCH', path, { notes: 'Longer' })).toEqual({ ...made, notes: 'Longer' });
    expect(await send('GET', path)).toEqual({ ...made, notes: 'Longer' });
    const { projects } = await send('GET', '/projects');
    expect(projects).toHaveLength(4);
    expect(projects[3]).toEqual({ id: made.id, name: 'New' });
    expect(core.requests.flatMap(({ validations }) => validations)).toEqual([]);
  });
});
