import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  notes,
  object,
  takes,
  text,
} from '../support/paths.ts';

const item = { parameters: inPath('id') };
const user = object({ id: integer, name: text });
const users = {
  '/users': { get: gives(listOf(user)) },
  '/users/{id}': { ...item, get: gives(user), delete: givesNothing },
};
const or404 = (operation: { responses?: object }) => ({
  ...operation,
  responses: { ...operation.responses, 404: { description: 'Not found' } },
});

test('what is below an item that does not exist is a 404, though the mock has no state for it', async () => {
  const mock = await mockOfPaths({
    ...users,
    '/users/{id}/avatar': { ...item, get: gives(object({ url: text })), put: givesNothing },
    '/users/{id}/reset-password': { ...item, post: givesNothing },
    '/users/{id}:export': { ...item, post: gives(object({ job: text })) },
    '/logins/{id}/avatar': { ...item, get: gives(object({ url: text })) },
  });
  const targets = [
    'GET /users/7/avatar',
    'PUT /users/7/avatar',
    'POST /users/7/reset-password',
    'POST /users/7:export',
  ];
  for (const target of targets) expect((await askFor(mock, target)).status).toBeLessThan(300);
  await askFor(mock, 'DELETE /users/7');
  for (const target of targets) {
    expect((await askFor(mock, target)).status).toBe(404);
    expect((await askFor(mock, target.replace('7', '999'))).status).toBe(404);
    expect((await askFor(mock, target.replace('7', '8'))).status).toBeLessThan(300);
  }
  // The mock knows no logins.
  expect((await askFor(mock, 'GET /logins/7/avatar')).status).toBe(200);
});

test('what is below an item that no list shows is a 404 once the item is deleted', async () => {
  const mock = await mockOfPaths({
    '/users/{id}': { ...item, get: gives(user), delete: givesNothing },
    '/users/{id}/avatar': { ...item, get: gives(object({ url: text })) },
  });
  expect((await askFor(mock, 'GET /users/7/avatar')).status).toBe(200);
  await askFor(mock, 'DELETE /users/7');
  expect((await askFor(mock, 'GET /users/7/avatar')).status).toBe(404);
});

test('a list of items of elsewhere is a 404 below what does not exist', async () => {
  const team = object({ id: integer, name: text });
  const repo = object({ id: integer, title: text, team: integer });
  const place = { parameters: inPath('org', 'team') };
  const mock = await mockOfPaths({
    '/orgs': { get: gives(listOf(object({ id: integer }))) },
    '/orgs/{org}': { parameters: inPath('org'), get: gives(object({ id: integer })) },
    '/orgs/{org}/teams': { parameters: inPath('org'), get: gives(listOf(team)) },
    '/orgs/{org}/teams/{team}': { ...place, get: gives(team) },
    '/orgs/{org}/teams/{team}/repos': {
      ...place,
      get: gives(listOf(repo)),
      post: { ...takes(object({ title: text })), ...gives(repo, 201) },
    },
    '/repos': { get: gives(listOf(repo)) },
    '/repos/{id}': { ...item, get: gives(repo) },
  });
  const { body: teams } = await askFor(mock, 'GET /orgs/1/teams');
  const added = await askFor(mock, `POST /orgs/1/teams/${teams[0].id}/repos`, { title: 'a' });
  expect(added.body).toMatchObject({ title: 'a', team: teams[0].id });
  for (const place of ['orgs/1/teams/0', `orgs/999/teams/${teams[0].id}`]) {
    expect((await askFor(mock, `GET /${place}/repos`)).status).toBe(404);
    expect((await askFor(mock, `POST /${place}/repos`, { title: 'b' })).status).toBe(404);
  }
  const { body: all } = await askFor(mock, 'GET /repos');
  expect(all.filter(({ title }: { title: string }) => title === 'b')).toEqual([]);
});

test('who does not exist becomes no member of a group', async () => {
  const group = object({ id: integer, title: text });
  const mock = await mockOfPaths({
    ...users,
    '/groups': { get: gives(listOf(group)) },
    '/groups/{id}': { ...item, get: gives(group) },
    '/groups/{id}/members': {
      ...item,
      get: gives(listOf(user)),
      post: or404({ ...takes(object({ user_id: integer })), ...givesNothing }),
    },
    '/groups/{id}/members/{user_id}': {
      parameters: inPath('id', 'user_id'),
      get: gives(user),
      put: or404(givesNothing),
    },
  });
  expect((await askFor(mock, 'PUT /groups/1/members/999')).status).toBe(404);
  expect((await askFor(mock, 'POST /groups/1/members', { user_id: 999 })).status).toBe(404);
  expect((await askFor(mock, 'PUT /groups/999/members/5')).status).toBe(404);
  expect((await askFor(mock, 'GET /groups/1/members/999')).status).toBe(404);
  expect((await askFor(mock, 'PUT /groups/1/members/5')).status).toBe(204);
  const { body: found } = await askFor(mock, 'GET /users/5');
  expect((await askFor(mock, 'GET /groups/1/members/5')).body).toEqual(found);
});

test('an item is not another one of the same schema unless the document says so', async () => {
  const place = { parameters: inPath('id', 'label_id') };
  const mock = await mockOfPaths({
    ...users,
    '/issues': { get: gives(listOf(object({ id: integer, title: text }))) },
    '/issues/{id}': { ...item, get: gives(object({ id: integer, title: text })) },
    '/issues/{id}/labels': { ...item, get: gives(listOf(user)) },
    '/issues/{id}/labels/{label_id}': { ...place, get: gives(user), put: or404(givesNothing) },
  });
  const { body: ada } = await askFor(mock, 'GET /users/5');
  expect((await askFor(mock, 'PUT /issues/1/labels/5')).status).toBe(204);
  expect(notes(mock)).toEqual([]);
  expect((await askFor(mock, 'GET /issues/1/labels/5')).body.name).not.toBe(ada.name);
  expect((await askFor(mock, 'PUT /issues/1/labels/999')).status).toBe(204);
});
