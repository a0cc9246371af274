import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OrgClient from '@org/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MockServer, startMock } from '../src/index.ts';
import { bodyOf } from './support/ask.ts';
import { endCommands, startCommand } from './support/command.ts';
import { gadgets } from './support/gadgets.ts';
import { anyClient, runScript } from './support/run-script.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'changes-'));
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `org-mock changes` to its end. */
async function changes(...args: string[]) {
  const { output, ended } = startCommand(folder, 'changes', ...args);
  const { code } = await ended;
  return { ...output, code };
}

const data = { users: 5, 'users.roles': 1 };
const clientOf = ({ url }: MockServer) => new OrgClient({ adminAPIKey: 'any', baseURL: url });

/** Removes a user, makes another one an owner and gives a third one a role. */
async function offboard(mock: MockServer): Promise<[string, string, string]> {
  const { users } = clientOf(mock).admin.organization;
  const [first, second, third] = mock.data.users.list().map(({ id }) => id) as [
    string,
    string,
    string,
  ];
  await users.update(second, { role: 'rehearsed' });
  await users.roles.create(third, { role_id: 'role_new' });
  await users.delete(first);
  return [first, second, third];
}

test('changes of a running mock are a table, JSON or a script, also since a mark', async () => {
  await using mock = await startMock({ data });
  const [first, second, third] = await offboard(mock);
  const [{ id: request = '' } = {}] = mock.requests;
  const table = await changes('--url', mock.url);
  expect(table).toMatchObject({ code: 0, stderr: '' });
  const lines = table.stdout.split('\n');
  expect(lines[0]).toBe('Since the start: users: 1 changed, 1 removed; users.roles: 1 added');
  expect(lines).toContain(`  - ${first}  with 1 users.roles`);
  expect(lines).toContain(`  + ${third}/role_new`);
  expect(lines.find((line) => line.startsWith(`  ~ ${second}  role: "`))).toMatch(
    / → "rehearsed"$/,
  );
  expect(lines).toContain(`      ${request}`);

  const set = await fetch(new URL('/_mock/marks', mock.url), {
    method: 'POST',
    body: '{"name":"later"}',
    headers: { 'content-type': 'application/json' },
  });
  expect([set.status, await bodyOf(set)]).toEqual([201, { name: 'later' }]);
  const since = await changes('--url', mock.url, '--since', 'later', '--json');
  expect(JSON.parse(since.stdout)).toEqual({ since: 'later', collections: {}, singletons: {} });
  expect(await changes('--url', mock.url, '--since', 'latr')).toMatchObject({
    code: 1,
    stderr: 'No mark is named "latr". Did you mean "later"?\n',
  });
});

test('changes of a session are those of the requests that name it', async () => {
  await using mock = await startMock({ data });
  const [id = ''] = mock.data.users.list().map((user) => user.id);
  const session = { headers: { 'x-mock-session': 'test-7' } };
  await clientOf(mock).admin.organization.users.delete(id, session);
  const own = await changes('--url', mock.url, '--session', 'test-7');
  expect(own.stdout).toMatch(/^Since the start: users: 1 removed\n/);
  const others = await changes('--url', mock.url);
  expect(others.stdout).toBe('Since the start: no changes\n');
  const wrong = await changes('--url', mock.url, '--session', 'tést');
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('The name of a session must be 1 to 64 letters');
});

test("the script repeats the mock's changes on another server, and refuses to run twice", async () => {
  await using mock = await startMock({ data });
  await using other = await startMock({ data });
  await offboard(mock);
  const { stdout: script } = await changes('--url', mock.url, '--script');
  const first = await runScript(script, other.url);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^1 of 3: POST .*\n2 of 3: POST .*\n3 of 3: DELETE .*\nDone\.\n$/);
  expect(other.snapshot()).toEqual(mock.snapshot());
  const again = await runScript(script, other.url);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(
    /^Stopped before step 1 of 3, .*: role is "rehearsed", but was ".*" in the mock\.\nDone so far: 0 of 3 steps\.\n$/,
  );
});

test.each([
  {
    name: 'a changed property',
    change: (other: MockServer, [, second]: string[]) =>
      other.data.users.update(second ?? '', { role: 'somebody else' }),
    done: 0,
    problem: 'role is "somebody else", but was',
  },
  {
    name: 'a role that is there already',
    change: (other: MockServer, [, , third]: string[]) =>
      other.data['users.roles'].add({ id: 'role_new' }, { user_id: third ?? '' }),
    done: 1,
    problem: 'it exists already',
  },
  {
    name: 'an item to remove that is not as it was',
    change: (other: MockServer, [first]: string[]) =>
      other.data.users.update(first ?? '', { name: 'Somebody else' }),
    done: 2,
    problem: 'name is "Somebody else", but was',
  },
  {
    name: 'an item to remove that is gone',
    change: (other: MockServer, [first]: string[]) => other.data.users.remove(first ?? ''),
    done: 2,
    problem: 'it does not exist',
  },
  {
    name: 'an item to remove with another one below it',
    change: (other: MockServer, [first]: string[]) =>
      other.data['users.roles'].add({ id: 'role_later' }, { user_id: first ?? '' }),
    done: 2,
    problem: 'users.roles has "role_later", which the mock did not have',
  },
  {
    name: 'an item to remove without what was below it',
    change: (other: MockServer, [first]: string[]) => {
      const [{ id } = { id: '' }] = other.data['users.roles'].list({ user_id: first ?? '' });
      other.data['users.roles'].remove(id, { user_id: first ?? '' });
    },
    done: 2,
    problem: 'users.roles lacks {"id":"role_',
  },
])('the script stops at $name, and says what it did so far', async ({ change, done, problem }) => {
  await using mock = await startMock({ data });
  await using other = await startMock({ data });
  change(other, await offboard(mock));
  const before = other.requests.length;
  const script = await (await fetch(new URL('/_mock/changes/script', mock.url))).text();
  const { code, stdout, stderr } = await runScript(script, other.url);
  expect(code).toBe(1);
  expect(stderr).toContain(`Stopped before step ${done + 1} of 3, `);
  expect(stderr).toContain(problem);
  expect(stderr).toContain(`Done so far: ${done} of 3 steps`);
  expect(stdout.split('\n').filter(Boolean)).toHaveLength(done);
  const writes = other.requests.slice(before).filter(({ method }) => method !== 'GET');
  expect(writes).toHaveLength(done);
});

test('the script removes what it emptied before, and counts what it added below', async () => {
  await using mock = await startMock({ data });
  await using other = await startMock({ data });
  const { users } = clientOf(mock).admin.organization;
  const [id = ''] = mock.data.users.list().map((user) => user.id);
  const [role] = mock.data['users.roles'].list({ user_id: id });
  await users.roles.create(id, { role_id: 'role_new' });
  await users.roles.delete(role?.id ?? '', { user_id: id });
  await users.delete(id);
  const { stdout: script } = await changes('--url', mock.url, '--script');
  expect(await runScript(script, other.url)).toMatchObject({ code: 0, stderr: '' });
  expect(other.data.users.get(id)).toBeUndefined();
});

test('with --spec, later calls refer to the ids that the server made', async () => {
  writeFileSync(join(folder, 'gadgets.json'), JSON.stringify(gadgets));
  const spec = join(folder, 'gadgets.json');
  await using mock = await startMock({ spec, data: { gadgets: 1 } });
  await using other = await startMock({ spec, data: { gadgets: 1 } });
  const send = async (method: string, path: string, body?: object) =>
    bodyOf(
      await fetch(mock.url + path, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }),
    ).catch(() => undefined);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the script must write it as a text.
  const { gadget } = await send('POST', '/gadgets', { name: "It's `${new}`" });
  const part = await send('POST', `/gadgets/${gadget.id}/parts`, { label: 'wheel' });
  await send('POST', `/gadgets/${gadget.id}/parts`, { label: 'axle' });
  await send('PATCH', `/gadgets/${gadget.id}`, { size: { width: gadget.id } });
  await send('PATCH', `/gadgets/${gadget.id}/settings`, { theme: 'light' });
  await send('PATCH', `/gadgets/${gadget.id}/settings`, { theme: 'dark' });
  await send('DELETE', `/gadgets/${gadget.id}/parts/${part.id}`);
  const { stdout: script } = await changes('--url', mock.url, '--script');
  expect(script).toContain('generated from this document');
  // The other server makes other ids.
  other.data['gadgets']?.add({ id: 4711, name: 'Taken' });
  const made = await runScript(script, other.url, anyClient);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const [, , resized] = other.data['gadgets']?.list() ?? [];
  const id = String(resized?.['id']);
  expect(resized).toMatchObject({ size: { width: gadget.id } });
  expect(other.data['gadgets.parts']?.list({ gadgetId: id })).toMatchObject([{ label: 'axle' }]);
  const again = await runScript(script, other.url, anyClient);
  expect(again.stderr).toContain('Stopped before step 1');
});

test('a script stops before a call that the client ignores, and says what to do', async () => {
  const spec = structuredClone(gadgets);
  Object.assign(spec.paths['/gadgets'].post, { 'x-client': { ignore: true } });
  writeFileSync(join(folder, 'ignored.json'), JSON.stringify(spec));
  await using mock = await startMock({ spec: join(folder, 'ignored.json') });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'New' });
  expect((await fetch(`${mock.url}/gadgets`, { method: 'POST', headers, body })).ok).toBe(true);
  const script = await (await fetch(new URL('/_mock/changes/script', mock.url))).text();
  const { code, stderr } = await runScript(script, mock.url, anyClient);
  expect(code).toBe(1);
  expect(stderr).toContain('The client has no method for it');
});

test('changes without an API call are listed in the script, but not made by it', async () => {
  await using mock = await startMock({ data });
  await using other = await startMock({ data });
  const [first, , , fourth] = mock.data.users.list().map(({ id }) => id);
  mock.data.users.update(fourth ?? '', { name: 'By hand\u2028*/\n' });
  await clientOf(mock).admin.organization.users.delete(first ?? '');
  const script = await (await fetch(new URL('/_mock/changes/script', mock.url))).text();
  expect(script).toContain(`//   "users ${fourth}"`);
  expect((await runScript(script, other.url)).code).toBe(0);
  expect(other.changes().collections['users']).toMatchObject({ changed: [], removed: [{}] });
});

test('no item turns the direction of a script or of the table around', async () => {
  await using mock = await startMock({ data });
  await using other = await startMock({ data });
  const id = mock.data.users.list()[0]?.id ?? '';
  const role = "owner\u202e;'} nimda\u2066";
  for (const { data: each } of [mock, other]) each.users.update(id, { role: `${role}\u200b` });
  await clientOf(mock).admin.organization.users.update(id, { role });
  await clientOf(mock).admin.organization.users.update(id, { role: 'reader' });
  const { stdout } = await changes('--url', mock.url);
  expect(stdout).not.toMatch(/\p{Bidi_Control}/u);
  const script = await changes('--url', mock.url, '--script');
  expect(script.stdout).not.toMatch(/\p{Cf}/u);
  expect(await runScript(script.stdout, other.url)).toMatchObject({ code: 0, stderr: '' });
  expect(other.data.users.get(id)?.role).toBe('reader');
});

test('without a change, the script is a comment', async () => {
  await using mock = await startMock({ data });
  const { code, stdout } = await changes('--url', mock.url, '--script');
  expect([code, stdout]).toEqual([0, '// Nothing has changed in the mock since the start.\n']);
});

test('a script with a key in it is refused', async () => {
  await using mock = await startMock({ data, keys: ['sk-admin-secret-1'] });
  const [user] = mock.data.users.list();
  const client = new OrgClient({ adminAPIKey: 'sk-admin-secret-1', baseURL: mock.url });
  await client.admin.organization.users.update(user?.id ?? '', { role: 'sk-admin-secret-1' });
  const { code, stdout, stderr } = await changes('--url', mock.url, '--script');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('had an API key in its path, query or body');
  expect((await changes('--url', mock.url, '--json')).stdout).not.toContain('sk-admin-secret');
});

test.each([
  { args: ['--urll', 'x'], code: 2, says: "Unknown option '--urll'" },
  { args: ['--url', 'mock'], code: 2, says: '--url must be an address such as' },
  { args: ['--json', '--script'], code: 2, says: '--json and --script contradict each other' },
  {
    args: ['--url', 'http://127.0.0.1:1'],
    code: 1,
    says: 'No mock responds at http://127.0.0.1:1',
  },
])('changes $args is refused with the reason', async ({ args, code, says }) => {
  const result = await changes(...args);
  expect([result.code, result.stdout]).toEqual([code, '']);
  expect(result.stderr).toContain(says);
});
