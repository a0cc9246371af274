import { expect, test } from 'vitest';
import type { AnyBody } from '../support/ask.ts';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

// Items that have no id of their own in their path: their name, two parameters, or an object with a name in it.

const repo = object({ id: integer, name: text, owner: object({ login: text }) });
const lists = { ...gives(listOf(repo)), parameters: [inQuery('per_page', integer)] };
const creates = { ...takes(object({ name: text })), ...gives(repo, 201) };
const repos = {
  '/user/repos': { get: lists, post: creates },
  '/orgs/{org}/repos': { parameters: inPath('org'), get: lists, post: creates },
  '/repos/{owner}/{repo}': {
    parameters: inPath('owner', 'repo'),
    get: gives(repo),
    patch: { ...takes(object({ name: text })), ...gives(repo) },
    delete: givesNothing,
  },
};

test('what two parameters name is in the lists of other paths, until it is deleted', async () => {
  const mock = await mockOfPaths(repos);
  const names = async (path: string) =>
    (await askFor(mock, `GET ${path}`)).body.map(
      ({ owner, name }: AnyBody) => `${owner.login}/${name}`,
    );
  const created = await askFor(mock, 'POST /orgs/acme/repos', { name: 'site' });
  expect(created.body).toMatchObject({ name: 'site', owner: { login: 'acme' } });
  expect((await askFor(mock, 'GET /repos/acme/site')).body).toEqual(created.body);
  expect(await names('/orgs/acme/repos')).toContain('acme/site');
  expect(await names('/orgs/other/repos')).not.toContain('acme/site');
  expect(await names('/user/repos?per_page=100')).toContain('acme/site');
  expect((await askFor(mock, 'DELETE /repos/acme/site')).status).toBe(204);
  expect((await askFor(mock, 'GET /repos/acme/site')).status).toBe(404);
  expect(await names('/user/repos?per_page=100')).not.toContain('acme/site');
});

test('what is created at a path without an owner belongs to the same one', async () => {
  const mock = await mockOfPaths(repos);
  const { body } = await askFor(mock, 'POST /user/repos', { name: 'mine' });
  expect((await askFor(mock, `GET /repos/${body.owner.login}/mine`)).body).toEqual(body);
  expect((await askFor(mock, 'GET /user/repos')).body).toContainEqual(body);
  expect((await askFor(mock, 'POST /user/repos', { name: 'mine' })).status).toBe(400);
});

const described = object({ name: text, namespace: text, labels: { type: 'object' } }, ['name']);
const pod = object({ metadata: described, node: text }, ['metadata']);
const pods = object({ items: listOf(pod), continue: text }, ['items']);
const named = object({ metadata: described });
const namespaces = {
  '/namespaces': {
    get: gives(object({ items: listOf(named) })),
    post: { ...takes(named), ...gives(named, 201) },
  },
  '/namespaces/{name}': { parameters: inPath('name'), get: gives(named), delete: givesNothing },
  '/pods': { get: { ...gives(pods), parameters: [inQuery('limit', integer)] } },
  '/namespaces/{namespace}/pods': {
    parameters: inPath('namespace'),
    get: gives(pods),
    post: { ...takes(pod), ...gives(pod, 201) },
  },
  '/namespaces/{namespace}/pods/{name}': {
    parameters: inPath('namespace', 'name'),
    get: gives(pod),
    put: { ...takes(pod), ...gives(pod) },
    delete: givesNothing,
  },
};

test('a name in `metadata` identifies an item, and its namespace stands there too', async () => {
  const mock = await mockOfPaths(namespaces);
  const name = (items: AnyBody[]) => items.map(({ metadata }) => metadata.name);
  await askFor(mock, 'POST /namespaces', { metadata: { name: 'shop' } });
  const web = { metadata: { name: 'web', labels: { tier: 'front' } } };
  const created = await askFor(mock, 'POST /namespaces/shop/pods', web);
  expect(created.body.metadata).toEqual({ ...web.metadata, namespace: 'shop' });
  expect((await askFor(mock, 'POST /namespaces/shop/pods', web)).status).toBe(400);
  const put = { metadata: { name: 'web', labels: {} }, node: 'n1' };
  await askFor(mock, 'PUT /namespaces/shop/pods/web', put);
  expect((await askFor(mock, 'GET /namespaces/shop/pods/web')).body).toEqual({
    metadata: { name: 'web', namespace: 'shop', labels: {} },
    node: 'n1',
  });
  expect(name((await askFor(mock, 'GET /namespaces/shop/pods')).body.items)).toEqual(['web']);
  expect((await askFor(mock, 'DELETE /namespaces/shop')).status).toBe(204);
  expect((await askFor(mock, 'GET /namespaces/shop/pods/web')).status).toBe(404);
});

test('a list of all scopes shows the items of each once', async () => {
  const mock = await mockOfPaths(namespaces);
  await askFor(mock, 'POST /namespaces', { metadata: { name: 'shop' } });
  await askFor(mock, 'POST /namespaces/shop/pods', { metadata: { name: 'web' } });
  const { items } = (await askFor(mock, 'GET /pods?limit=1000')).body;
  const addresses = items.map(({ metadata }: AnyBody) => `${metadata.namespace}/${metadata.name}`);
  expect(addresses).toContain('shop/web');
  expect(new Set(addresses).size).toBe(100 * 3 + 1);
});

const post = object({ id: integer, title: text, user_id: integer });
const user = object({ id: integer, name: text });
const nested = {
  '/users': { get: gives(listOf(user)) },
  '/users/{id}': { parameters: inPath('id'), get: gives(user) },
  '/users/{id}/posts': {
    parameters: inPath('id'),
    get: gives(listOf(post)),
    post: { ...takes(object({ title: text })), ...gives(post, 201) },
  },
  '/posts/{post_id}': { parameters: inPath('post_id'), get: gives(post), delete: givesNothing },
};

test('a list below a parent shows the items of another path that belong to it', async () => {
  const mock = await mockOfPaths(nested);
  expect((await askFor(mock, 'GET /users/1/posts')).body).toHaveLength(3);
  const { body } = await askFor(mock, 'POST /users/2/posts', { title: 'Hello' });
  expect(body).toMatchObject({ title: 'Hello', user_id: 2 });
  expect((await askFor(mock, `GET /posts/${body.id}`)).body).toEqual(body);
  expect((await askFor(mock, 'GET /users/2/posts')).body).toContainEqual(body);
  expect((await askFor(mock, 'GET /users/1/posts')).body).toHaveLength(3);
  await askFor(mock, `DELETE /posts/${body.id}`);
  expect((await askFor(mock, 'GET /users/2/posts')).body).not.toContainEqual(body);
  expect((await askFor(mock, 'GET /users/999/posts')).status).toBe(404);
});

test('an object of an item may say what it belongs to', async () => {
  const item = object({ id: integer, title: text, user: object({ id: integer }) });
  const mock = await mockOfPaths({
    ...nested,
    '/posts': { get: gives(listOf(item)) },
    '/posts/{post_id}': { parameters: inPath('post_id'), get: gives(item) },
    '/users/{id}/posts': {
      parameters: inPath('id'),
      get: gives(listOf(item)),
      post: { ...takes(object({ title: text })), ...gives(item, 201) },
    },
  });
  const { body } = await askFor(mock, 'POST /users/2/posts', { title: 'Hello' });
  expect(body.user).toEqual({ id: 2 });
  expect((await askFor(mock, 'GET /posts')).body).toContainEqual(body);
  expect((await askFor(mock, 'GET /users/2/posts')).body).toContainEqual(body);
});

test('an item says what it is below, also where the parameter is called `id`', async () => {
  const issue = object({ iid: integer, user_id: integer, title: text });
  const mock = await mockOfPaths({
    ...nested,
    '/users/{id}/issues': {
      parameters: inPath('id'),
      get: gives(listOf(issue)),
      post: { ...takes(object({ title: text })), ...gives(issue, 201) },
    },
    '/users/{id}/issues/{issue_iid}': { parameters: inPath('id', 'issue_iid'), get: gives(issue) },
  });
  const { body } = await askFor(mock, 'POST /users/7/issues', { title: 'x' });
  expect(body).toMatchObject({ user_id: 7, title: 'x' });
  const { body: all } = await askFor(mock, 'GET /users/7/issues');
  expect(all.map((one: AnyBody) => one.user_id)).toEqual([7, 7, 7, 7]);
});

test('an owner that is an object is named by its login, whole or missing', async () => {
  const owner = object({ id: integer, login: text, url: text });
  const owned = object({ id: integer, name: text, owner }, ['id', 'name']);
  const team = { parameters: inPath('org', 'team', 'owner', 'repo') };
  const mock = await mockOfPaths({
    '/orgs/{org}/teams/{team}/repos/{owner}/{repo}': {
      ...team,
      get: gives(owned),
      delete: givesNothing,
    },
    '/repos/{owner}/{repo}': {
      parameters: inPath('owner', 'repo'),
      get: gives(owned),
      delete: givesNothing,
    },
    '/user/repos': { get: gives(listOf(owned)) },
    '/orgs/{org}/repos': {
      parameters: inPath('org'),
      get: gives(listOf(owned)),
      post: { ...takes(object({ name: text })), ...gives(owned, 201) },
    },
  });
  const { body } = await askFor(mock, 'POST /orgs/acme/repos', { name: 'site' });
  expect((await askFor(mock, 'GET /repos/acme/site')).body).toEqual(body);
  for (const path of ['/orgs/acme/repos', '/user/repos']) {
    const { body: all } = await askFor(mock, `GET ${path}`);
    expect(all).toContainEqual(body);
    expect(mock.requests.at(-1)?.validations).toEqual([]);
    for (const one of all) if (one.owner) expect(one.owner.url).toBeTypeOf('string');
  }
});

test.each<[string, object, object[]]>([
  ['by addresses', { Link: { schema: text } }, []],
  ['by numbers', { Link: { schema: text } }, [inQuery('page', integer)]],
])(
  'a list of every scope whose items have numbers is walked %s to its end',
  async (_, headers, pages) => {
    const task = object({ id: integer, name: text });
    const user = object({ id: integer });
    const list = { get: gives(listOf(task)) };
    const content = { 'application/json': { schema: listOf(task) } };
    const mock = await mockOfPaths({
      '/users': { get: gives(listOf(user)) },
      '/users/{user_id}': { parameters: inPath('user_id'), get: gives(user) },
      '/users/{user_id}/tasks': { parameters: inPath('user_id'), ...list },
      '/users/{user_id}/tasks/{task_id}': {
        parameters: inPath('user_id', 'task_id'),
        get: gives(task),
        delete: givesNothing,
      },
      '/tasks': {
        get: { parameters: pages, responses: { 200: { description: 'Done', headers, content } } },
      },
    });
    const found: [id: number, name: string][] = [];
    let next: string | undefined = '/tasks';
    while (next !== undefined && found.length < 1_000) {
      const response: Response = await mock.fetch(`http://mock.test${next}`);
      for (const { id, name } of (await response.json()) as AnyBody[]) found.push([id, name]);
      next = /<(?:http:\/\/mock\.test)?([^>]+)>; rel="next"/.exec(
        response.headers.get('link') ?? '',
      )?.[1];
    }
    expect(found).toHaveLength(300);
    expect(new Set(found.map(([id]) => id)).size).toBe(300);
    const { body: own } = await askFor(mock, 'GET /users/7/tasks');
    const [id] = found[18] ?? [];
    expect(own[0].id).toBe(id);
    expect((await askFor(mock, `GET /users/7/tasks/${id}`)).body).toEqual(own[0]);
    expect((await askFor(mock, `GET /users/8/tasks/${id}`)).status).toBe(404);
  },
);
