import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseFlags, UsageError } from '../../src/cli/flags.ts';
import { checkSave } from '../../src/cli/save.ts';
import { startMock } from '../../src/index.ts';
import { writeFileWhole } from '../../src/lib/write-file.ts';
import { endCommands, startCommand } from '../support/command.ts';
import { noRoles, page, serve, user } from './scripted-server.ts';

const key = 'sk-admin-command-0123456789';
let folder: string;

beforeAll(() => {
  vi.stubEnv('OPENAI_ADMIN_KEY', key);
  folder = mkdtempSync(join(tmpdir(), 'copy-'));
});
afterEach(endCommands);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => startCommand(folder, '--log', 'none', ...args);
const usersOf = async (url: string) => {
  const response = await fetch(`${url}/organization/users?limit=100`, {
    headers: { authorization: 'Bearer any' },
  });
  return ((await response.json()) as { data: unknown[] }).data;
};

test('org-mock --from serves a copy, and --data what --save wrote', async () => {
  await using real = await startMock({ data: { users: 30 }, keys: [key], latency: [0, 3] });
  const copy = run('--from', real.url, '--save', 'copy.json', '--port', '0');
  const copied = await usersOf(await copy.url());
  expect(copied).toEqual(real.data.users.list());
  const said = copy.output.stderr;
  expect(said).toMatch(
    /Copied from http:\S+: 30 users, 90 users\.roles \(31 requests in [\d.]+ s\)\n/,
  );
  expect(said).toContain('Saved to copy.json: start from it with --data copy.json');
  expect(said).not.toContain('Not in the copy');

  const text = readFileSync(join(folder, 'copy.json'), 'utf8');
  expect(text).not.toContain(key);
  expect(JSON.parse(text)).toMatchObject({ snapshot: 1 });
  // It may have real names in it.
  expect(statSync(join(folder, 'copy.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['copy.json']);

  const again = run('--data', 'copy.json', '--port', '0');
  const url = await again.url();
  expect(await usersOf(url)).toEqual(copied);
  await fetch(new URL('/_mock/reset', url), { method: 'POST' });
  expect(await usersOf(url)).toEqual(copied);
});

test('what is not in the copy is printed, with item and reason', async () => {
  await using server = await serve(({ pathname }) =>
    pathname.endsWith('/roles')
      ? { status: 403, body: { error: { message: `No roles for ${key}\u001b[2J.` } } }
      : { body: page([user('user_a', { name: 5 }), user('user_b')]) },
  );
  const { output, url } = run('--from', server.url, '--port', '0');
  await url();
  expect(output.stderr).toContain('Not in the copy, or not as the server has it:');
  expect(output.stderr).toMatch(/ {2}users: `name` must be string.* \(user_a\)\n/);
  expect(output.stderr).toContain('users.roles: Not read to the end: 403 No roles for ***');
  expect(output.stderr).toContain('(user_a, user_b)');
  // A terminal shows what it says, and does nothing else.
  expect(output.stderr).not.toContain('\u001b');
  expect(output.stdout + output.stderr).not.toContain(key);
});

test.skipIf(process.platform === 'win32')(
  'Ctrl-C ends a copy, and says what was read',
  async () => {
    await using real = await startMock({ data: { users: 500 }, latency: 30 });
    const command = run('--from', real.url, '--save', 'stopped.json', '--port', '0');
    while (real.requests.length < 10) await new Promise((soon) => setTimeout(soon, 20));
    command.child.kill('SIGINT');
    expect(await command.ended).toEqual({ code: 130, signal: null });
    expect(command.output.stderr).toMatch(
      /^Stopped\. Read so far: 500 users, \d+ users\.roles, \d+ requests\. Nothing was saved, and no mock was started\.\n$/,
    );
    expect(readdirSync(folder)).not.toContain('stopped.json');
  },
);

describe('a copy that cannot begin', () => {
  test.each<[string[], string]>([
    [['--from', 'api.openai.com'], '--from must be an http(s) URL'],
    [['--from', `https://:${key}@a.test/`], '--from must be a URL without credentials'],
    [['--from', `https://a.test/?key=${key}`], '--from must be a URL without query'],
    [['--from', 'http://a.test', '--data', 'users=3'], '--from and --data contradict'],
    [['--from', 'http://a.test', '--map-ids'], '--map-ids is a part of --anonymize'],
    [['--from', 'http://a.test', '--limit', '0'], '--limit must be a whole number from 1'],
    [['--from', 'http://a.test', '--concurrency', '65'], '--concurrency must be a whole number'],
    [['--from', 'http://a.test', '--only', ''], '--only must not be empty'],
    [['--only', 'users'], '--only is about the server of --from'],
    [['--save', 'x.json'], '--save is about the server of --from'],
  ])('because of its flags says why: %j', (args, message) => {
    const parse = () => parseFlags(args);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(key);
  });

  test('because of its file says why, before anything is read', () => {
    expect(() => checkSave(join(folder, 'no/x.json'))).toThrow(/the folder .*no does not exist/);
    expect(() => checkSave(folder)).toThrow('expected a file, not a folder.');
  });

  test.skipIf(process.platform === 'win32')('because of a pipe or a device says why', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => checkSave(pipe)).toThrow('expected a file, not a device or a pipe.');
    expect(() => writeFileWhole(pipe, ['x'])).toThrow('is not a file');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test('because of the collection names similar ones', async () => {
    const { ended, output } = run('--from', 'http://127.0.0.1:9', '--only', 'user', '--port', '0');
    expect((await ended).code).toBe(1);
    expect(output.stderr).toContain('Did you mean users?');
  });

  test('asks for the key by the name of its variable', async () => {
    vi.stubEnv('OPENAI_ADMIN_KEY', '');
    const { ended, output } = run('--from', 'http://127.0.0.1:1', '--port', '0');
    vi.stubEnv('OPENAI_ADMIN_KEY', key);
    expect((await ended).code).toBe(1);
    expect(output.stderr).toBe(
      'The key of the server is missing: set OPENAI_ADMIN_KEY in the environment.\n',
    );
  });

  test('finds out first whether it can listen', async () => {
    await using real = await startMock();
    const { port } = new URL(real.url);
    const { ended, output } = run('--from', real.url, '--port', port);
    expect((await ended).code).toBe(1);
    expect(output.stderr).toContain(`Port ${port} on 127.0.0.1 is in use.`);
    expect(real.requests).toEqual([]);
  });
});

test('a file that cannot be written whole stays as it was', () => {
  const path = join(folder, 'whole.json');
  writeFileSync(path, 'before', { mode: 0o640 });
  const broken = function* () {
    yield 'x'.repeat(2_000_000);
    throw new Error('broken off');
  };
  expect(() => writeFileWhole(path, broken())).toThrow('broken off');
  expect(readFileSync(path, 'utf8')).toBe('before');
  writeFileWhole(path, ['af', 'ter']);
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'a link where the temporary file will be is not followed',
  () => {
    const [path, other] = [join(folder, 'linked.json'), join(folder, 'other.json')];
    writeFileSync(other, 'of somebody else');
    symlinkSync(other, join(folder, `.linked.json.${process.pid}.tmp`));
    writeFileWhole(path, ['copy']);
    expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual([
      'copy',
      'of somebody else',
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  },
);

test('a snapshot and items contradict each other', async () => {
  writeFileSync(join(folder, 'one.json'), '{ "snapshot": 1 }');
  const { ended, output } = run('--data', 'one.json', '--data', 'users=3', '--port', '0');
  expect((await ended).code).toBe(2);
  expect(output.stderr).toContain('so --data users=3 would have no effect');
});

test('progress is told while a copy takes long', async () => {
  await using server = await serve(({ pathname }) => ({
    body: pathname.endsWith('/roles') ? noRoles : page([user('user_a')]),
  }));
  const seen: object[] = [];
  await using _ = await startMock({
    from: { url: server.url, onProgress: (progress) => seen.push(progress) },
  });
  expect(seen.at(-1)).toEqual({
    collection: 'users.roles',
    items: 0,
    lists: { read: 1, all: 1 },
    requests: 2,
    retries: 0,
  });
});
