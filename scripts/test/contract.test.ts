import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockServer, startMock } from '@org/mock';
import { freePort } from '@org/test-suite/free-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

const key = 'sk-admin-contract';
const folder = mkdtempSync(join(tmpdir(), 'contract-'));
let mock: MockServer;
let broken: Server;
let brokenURL: string;

beforeAll(async () => {
  mock = await startMock({ keys: [key] });
  // Says what the mock says, but for one property that is not as the spec has it.
  broken = createServer(async (request, response) => {
    const { authorization = '' } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', mock.url), {
      headers: { authorization },
    });
    const text = (await answer.text()).replace('"object":"list"', '"object":"array"');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((ready) => broken.listen(0, '127.0.0.1', ready));
  brokenURL = `http://127.0.0.1:${(broken.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  broken.closeAllConnections();
  broken.close();
  await mock.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `pnpm contract`; gives its exit code and all that it printed. */
function contract(...args: string[]): Promise<{ code: number; output: string }> {
  return runContract(args, () => {});
}

function runContract(
  args: string[],
  onOutput: (text: string) => void,
): Promise<{ code: number; output: string }> {
  const program = join(root, 'scripts/spec/contract.ts');
  const { OPENAI_ADMIN_KEY: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
    );
    child.stdout?.on('data', onOutput);
  });
}

test('--compare compares the server with a copy of it, and exits with 1 on a difference', async () => {
  const { code, output } = await contract(mock.url, '--key', key, '--compare');
  expect(output).toMatch(/^(\d+) of \1 behaviors equal$/m);
  expect(code).toBe(0);
  const wrong = await contract(brokenURL, '--key', key, '--compare');
  expect(wrong.output).toMatch(/^\d+ of \d+ behaviors equal$/m);
  expect(wrong.code).toBe(1);
}, 120_000);

test('a server that keeps to the spec passes, its refusal included', async () => {
  const { code, output } = await contract(mock.url, '--key', key);
  expect(output).toContain('✓ 200  GET /organization/users\n');
  expect(output).toMatch(/✓ 200 {2}GET \/organization\/users\/user_\w+\n/);
  expect(output).toContain('✓ 401  GET /organization/users without a key');
  expect(output).toContain(', 0 invalid');
  expect(output).not.toContain(key);
  expect(code).toBe(0);
});

test('an answer that breaks the spec fails, with the property that does', async () => {
  const { code, output } = await contract(brokenURL, '--key', key);
  expect(output).toMatch(/✗ 200 {2}GET \/organization\/users\n\s+response\.body\.object: /);
  expect(code).toBe(1);
});

test('requests recorded by a mock are repeated against another server', async () => {
  const journal = join(folder, 'journal.json');
  writeFileSync(
    journal,
    JSON.stringify([
      { method: 'GET', path: '/v1/organization/users', query: { limit: '2' } },
      { method: 'GET', path: '/v1/organization/users', query: { limit: '2' } },
      { method: 'DELETE', path: '/v1/organization/users/user_abc' },
    ]),
  );
  const { code, output } = await contract(mock.url, '--key', key, '--journal', journal);
  expect(output).toContain('✓ 200  GET /organization/users?limit=2\n');
  expect(output).toContain('1 checked');
  expect(code).toBe(0);
});

test('an item that no list gives is asked for by --param', async () => {
  const { output } = await contract(mock.url, '--key', key, '--param', 'user_id=user_nobody');
  expect(output).toContain('✓ 404  GET /organization/users/user_nobody\n');
});

test.each([
  ['an address that is not one', ['localhost'], 'such as http://127.0.0.1:4010/v1'],
  [
    'a server that is not there',
    ['http://127.0.0.1:50999/v1', '--wait', '0'],
    'No server listens at http://127.0.0.1:50999/v1. Is the server running?',
  ],
  ['a wait that is no number', ['http://127.0.0.1:1/v1', '--wait', 'long'], 'whole seconds'],
  ['a parameter without a value', ['http://127.0.0.1:1/v1', '--param', 'x'], 'name=value'],
])('%s is refused in a sentence', async (_, args, message) => {
  const { code, output } = await contract(...args);
  expect(output).toContain(message);
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
});

test('a key that the server refuses fails, although the refusal keeps to the spec', async () => {
  const { code, output } = await contract(mock.url, '--key', 'sk-admin-wrong');
  expect(output).toContain('the server refused the API key from --key or OPENAI_ADMIN_KEY');
  expect(output).not.toContain('sk-admin-wrong');
  expect(code).toBe(1);
});

test('a server that requires a key, where none is given, fails with the name of the variable', async () => {
  const { code, output } = await contract(mock.url);
  expect(output).toContain('the server requires an API key. Set OPENAI_ADMIN_KEY, or pass --key.');
  expect(code).toBe(1);
});

test('a mock that accepts any key needs none', async () => {
  await using open = await startMock();
  const { code, output } = await contract(open.url);
  expect(output).toContain('sending "any-key"');
  expect(output).toContain('✓ 200  GET /organization/users\n');
  expect(code).toBe(0);
});

test('a server that starts a moment later is waited for', async () => {
  const port = await freePort();
  let late: Promise<MockServer> | undefined;
  const { code, output } = await runContract(
    [`http://127.0.0.1:${port}/v1`, '--wait', '60'],
    (text) => {
      if (text.includes('Waiting')) late ??= startMock({ port });
    },
  );
  await (await late)?.close();
  expect(output).toContain(`Waiting up to 60 s for http://127.0.0.1:${port}/v1 …`);
  expect(code).toBe(0);
});
