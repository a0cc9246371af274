import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { freePort } from '@org/test-suite/free-port';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

/** A document that no test edits. */
const original = 'packages/test-suite/fixtures/spec/openapi.yaml';
let clone: Clone;
const running: ChildProcess[] = [];
beforeAll(() => {
  clone = new Clone();
});
afterEach(stopAll);
afterAll(() => clone.remove());

/** A signal that they can pass on: SIGKILL would leave their mocks behind. */
async function stopAll(): Promise<void> {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
}

/** Waits for a text in the output since the last one that was found. */
function readerOf(child: ChildProcess): (text: RegExp) => Promise<RegExpExecArray> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  return async (text) => {
    for (let i = 0; i < 4_000; i += 1) {
      const found = text.exec(output);
      if (found) {
        output = output.slice(found.index + found[0].length);
        return found;
      }
      await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error(`It never said ${text}, but: ${output}`);
  };
}

/** The mock of the clone, once it listens. */
async function start(...flags: string[]) {
  const child = spawn(
    process.execPath,
    [join(clone.path, 'scripts/dev/mock.ts'), '--port', '0', '--log', 'none', ...flags],
    { cwd: clone.path, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.push(child);
  const said = readerOf(child);
  const [, url = ''] = await said(/listening on (http:\/\/\S+)/);
  const headers = { authorization: 'Bearer x' };
  const ask = (path: string, method = 'GET') =>
    fetch(`${url}/organization/users${path}`, { method, headers });
  return { url, said, ask, status: async (path: string) => (await ask(path)).status };
}

test('pnpm mock serves the spec as it changes, with the data that it had', {
  timeout: 300_000,
}, async () => {
  const { said, ask, status } = await start();
  const { data } = (await (await ask('?limit=1')).json()) as { data: { id: string }[] };
  const id = data[0]?.id ?? '';
  expect((await ask(`/${id}`, 'DELETE')).status).toBe(200);
  expect(await status('?limit=60')).toBe(200);

  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: [');
  await said(/Invalid spec in spec\/openapi\.yaml:\nspec\/openapi\.yaml:\d+:\d+: Invalid YAML/);
  await said(/The mock keeps serving the previous version/);
  expect(await status('?limit=60')).toBe(200);
  clone.edit('spec/openapi.yaml', 'maximum: [', 'maximum: 50');
  await said(/spec\/openapi\.yaml is valid again: the mock serves it, and keeps the data/);
  expect(await status('?limit=60')).toBe(400);
  expect(await status(`/${id}`)).toBe(404);
  // Nothing is generated for it, or written.
  expect(clone.read('packages/mock/src/api.gen.json')).toContain('"maximum":100');
});

test('pnpm mock applies the overlay of the spec, and watches it', {
  timeout: 300_000,
}, async () => {
  const overlay = (maximum: number) =>
    `overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n  - target: $.paths['/organization/users'].get.parameters[?@.name == 'limit'].schema\n    update: { maximum: ${maximum} }\n`;
  clone.write('spec/overlay.yaml', overlay(30));
  const { said, status } = await start();
  expect(await status('?limit=40')).toBe(400);
  clone.write('spec/overlay.yaml', overlay(45));
  await said(/spec\/openapi\.yaml changed/);
  expect(await status('?limit=40')).toBe(200);

  // It is the overlay of this repository's spec, not of another document.
  const other = await start('--spec', original);
  expect(await other.status('?limit=60')).toBe(200);
});

test('pnpm mock changes, compare and record work as --help says', {
  timeout: 300_000,
}, async () => {
  const { url, ask } = await start('--key', 'x', '--spec', original);
  const { data } = (await (await ask('?limit=1')).json()) as { data: { id: string }[] };
  expect((await ask(`/${data[0]?.id}`, 'DELETE')).status).toBe(200);
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, [join(root, 'scripts/dev/mock.ts'), ...args], {
      cwd: root,
      env: { ...process.env, OPENAI_ADMIN_KEY: 'x' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    return readerOf(child);
  };
  await run('--help')(/--spec <file>[^-]*\(default: +spec\/openapi\.yaml,/);
  await run('changes', '--url', new URL(url).origin)(/1 removed/);
  await run('compare', url)(/(\d+) of \1 behaviors equal/);
  clone.write(
    'fails.mjs',
    "await fetch(process.env.OPENAI_BASE_URL + '/organization/users'); process.exit(1);",
  );
  const program = [process.execPath, join(clone.path, 'fails.mjs')];
  await run('record', '--out', join(clone.path, 'recorded'), '--', ...program)(/Wrote .*test\.ts/);
});

test('pnpm mock says its own name in messages', async () => {
  const child = spawn(process.execPath, [join(root, 'scripts/dev/mock.ts'), '--latncy', '5'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  await readerOf(child)(/Did you mean --latency\?\nRun `pnpm mock --help` for all flags/);
});

async function isServed(port: number): Promise<boolean> {
  const health = await fetch(`http://127.0.0.1:${port}/_mock/health`).catch(() => undefined);
  return health?.ok ?? false;
}

test.each([
  ['pnpm mock', 'SIGTERM'],
  ['pnpm mock', 'SIGKILL'],
  ['node scripts/dev/mock.ts', 'SIGKILL'],
] as const)('`%s & kill $!` with %s in a script frees the port', async (command, signal) => {
  const port = await freePort();
  const script = `${command.replace(/^node/, process.execPath)} --port ${port} --log none & echo $!; wait`;
  const shell = spawn('bash', ['-c', script], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(shell);
  const [pid] = await once(shell.stdout, 'data');
  await expect.poll(() => isServed(port), { timeout: 60_000 }).toBe(true);
  process.kill(Number(pid), signal);
  await expect.poll(() => isServed(port), { timeout: 30_000 }).toBe(false);
});
