import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCompare } from '../../src/cli/compare.ts';
import { report } from '../../src/cli/compare-report.ts';
import { UsageError } from '../../src/cli/flags.ts';
import type { Behavior } from '../../src/compare/compare.ts';
import { startMock } from '../../src/index.ts';

const program = resolve(import.meta.dirname, '../../dist/cli.js');
const key = 'sk-admin-secret-of-the-environment';

/** Runs the built command to its end. */
function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, OPENAI_ADMIN_KEY: key };
  return new Promise((done) =>
    execFile(process.execPath, [program, 'compare', ...args], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );
}

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function forward(
  url: string,
  { url: target = '', method = '' }: Pick<IncomingMessage, 'url' | 'method'>,
) {
  const response = await fetch(new URL(target, url), {
    method,
    headers: { authorization: `Bearer ${key}` },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers.get('content-type') ?? '', text };
}

const list = (data: object[], last: string | null, hasMore: boolean) =>
  JSON.stringify({ object: 'list', data, first_id: null, last_id: last, has_more: hasMore });

test('`org-mock compare` exits with 0 where a server and its copy are equal, and shows no key', async () => {
  await using server = await startMock({ data: { users: 3 }, keys: [key] });
  const { code, stdout, stderr } = await run(server.url);
  expect(stdout).toMatch(/\n(\d+) of \1 behaviors equal\n$/);
  expect(code).toBe(0);
  expect(stdout + stderr).not.toContain(key);
});

test('`org-mock compare --with --json` exits with 1, and has every difference', async () => {
  await using server = await startMock({ data: { users: [{ id: 'user_a', name: `Has ${key}` }] } });
  await using copy = await startMock({ data: { users: [{ id: 'user_a', name: 'Other' }] } });
  const { code, stdout } = await run(server.url, '--with', copy.url, '--json');
  const { behaviors, copy: name } = JSON.parse(stdout);
  expect(name).toBe(copy.url);
  const found = behaviors.find(
    (one: Behavior) =>
      one.result === 'different' && one.request === 'GET /organization/users/user_a',
  );
  expect(found.differences).toContainEqual({
    path: 'body.name',
    original: 'Has ***',
    copy: 'Other',
  });
  // The table shortens values.
  const { stdout: table } = await run(server.url, '--with', copy.url);
  expect(table).toMatch(/body\.name +"Has \*\*\*" +"Other"/);
  expect(table).not.toContain(key.slice(0, 12));
  expect(stdout).not.toContain(key);
  expect(code).toBe(1);
});

describe('`org-mock compare` exits with 2 and says why', () => {
  test.each([
    ['for a server that responds with HTML', '<h1>Hi</h1>', 'text/html', '200 and text/html'],
    ['for a list that is none', '{"data":5}', 'application/json', '200 and application/json'],
    ['for JSON that is none', '{"data":', 'application/json', '200 and application/json'],
  ])('%s', async (_, body, type, text) => {
    await using server = await serve((_, response) =>
      response.setHeader('content-type', type).end(body),
    );
    const { code, stderr } = await run(server.url);
    expect(stderr).toContain(`has no list for GET /organization/users`);
    expect(stderr).toContain(text);
    expect(code).toBe(2);
  });

  test('for cursors that lead in a circle', async () => {
    const page = list([{ object: 'organization.user', id: 'user_a', added_at: 1 }], 'user_a', true);
    await using server = await serve((_, response) =>
      response.setHeader('content-type', 'application/json').end(page),
    );
    const { code, stderr } = await run(server.url);
    expect(stderr).toContain('Pagination loop');
    expect(code).toBe(2);
  });

  test('for a server that is down', async () => {
    const server = await serve(() => {});
    await server[Symbol.asyncDispose]();
    const { code, stderr } = await run(server.url);
    expect(stderr).toContain('did not answer GET /organization/users?limit=100: ECONNREFUSED');
    expect(code).toBe(2);
  });
});

describe('`org-mock compare --write-tests`', () => {
  test('changes nothing on a server that is not named as disposable', async () => {
    await using server = await startMock({ data: { users: 3 } });
    // As a server without sessions.
    await using other = await serve(async (request, response) => {
      const { status, headers, text } = await forward(server.url, request);
      response.writeHead(status, { 'content-type': headers }).end(text);
    });
    const { code, stderr } = await run(other.url, '--write-tests');
    expect(stderr).toContain(`add --disposable ${other.url}`);
    expect(code).toBe(2);
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('changes a server that is named as disposable', async () => {
    await using server = await startMock({ data: { users: 4 }, keys: [key] });
    const { code, stdout } = await run(server.url, '--write-tests', '--disposable', server.url);
    expect(stdout).toMatch(/✓ writes/);
    expect(stdout).toMatch(/\n(\d+) of \1 behaviors equal\n$/);
    expect(code).toBe(0);
    expect(server.data.users.size).toBeLessThan(4);
  });
});

describe('an invalid command line is refused', () => {
  test.each([
    ['without an address', [], 'name the address of a server'],
    [
      'for an address with a password',
      ['http://user:hunter2@127.0.0.1/v1'],
      'no name and no password',
    ],
    ['for an address of another protocol', ['ftp://127.0.0.1'], 'must be an address such as'],
    [
      'for a flag that does not exist',
      ['http://127.0.0.1:1', '--key', 'x'],
      "Unknown option '--key'",
    ],
    [
      'for --disposable alone',
      ['http://127.0.0.1:1', '--disposable', 'http://127.0.0.1:1'],
      'add --write-tests',
    ],
    [
      'for another disposable server',
      ['http://127.0.0.1:1', '--write-tests', '--disposable', 'http://127.0.0.1:2'],
      'must be the address of the server itself',
    ],
    [
      'for --write-tests on two servers',
      ['http://127.0.0.1:1', '--write-tests', '--with', 'http://127.0.0.1:2'],
      'leave --with out',
    ],
    [
      'for two documents',
      ['http://127.0.0.1:1', '--spec', 'a.yaml', '--spec', 'b.yaml'],
      '--spec is there several times',
    ],
    ['for --root without --spec', ['http://127.0.0.1:1', '--root', '.'], 'add --spec <file>'],
  ])('%s', async (_, args, text) => {
    const error = await runCompare('org-mock', args, new URL(import.meta.url)).catch((one) => one);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(text);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('the report', () => {
  const behavior: Behavior = {
    ...{
      operation: 'users.list',
      area: 'pages',
      request: 'GET /users?limit=2',
      result: 'different',
    },
    differences: [
      { path: 'status', original: 200, copy: 404 },
      {
        path: 'body.data[0].a_property_with_a_long_name',
        original: 'x'.repeat(90),
        copy: undefined,
      },
    ],
  };
  const parts = {
    server: 'http://a',
    copy: 'http://b',
    behaviors: [behavior],
    skipped: [],
    hasChanged: false,
  };

  test.each([80, 100])('puts two answers side by side in %d columns', (columns) => {
    const text = report(parts, columns);
    expect(text).toMatch(/\n {2}\s+server\s+copy\n {2}status\s+200\s+404\n/);
    expect(text).toContain('y_with_a_long_name');
    expect(text).toContain('0 of 1 behaviors equal');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
  });

  const values = Array.from({ length: 300 }, (_, i) => ({
    ...{ path: `body.data[${i}].id`, original: `user_${i}`, copy: undefined },
  }));
  const long = {
    ...behavior,
    request: `POST /users, ${JSON.stringify({ name: 'x'.repeat(500) })}`,
  };

  test('shortens a long request, and bodies of responses with different statuses', () => {
    const differences = [{ path: 'status', original: 200, copy: 401 }, ...values];
    const text = report({ ...parts, behaviors: [{ ...long, differences }] }, 80);
    expect(text).toContain('body.data[0].id');
    expect(text).not.toContain('body.data[1].id');
    expect(text).toContain('  … and 299 more values: --json prints all.');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBe(80);
  });

  test('shows more of the bodies of responses with the same status', () => {
    const text = report({ ...parts, behaviors: [{ ...long, differences: values }] }, 80);
    expect(text).toContain('body.data[7].id');
    expect(text).toContain('  … and 292 more values: --json prints all.');
  });

  test('puts them below each other in a narrow terminal', () => {
    const text = report(parts, 40);
    expect(text).toContain('  status\n    server: 200\n    copy:   404\n');
    expect(text).toMatch(/server: "x+…\n {4}copy: {3}\(none\)/);
  });
});
