import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import getPort from 'get-port';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

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

test('pnpm mock serves the new contract as soon as the spec has one, with the data that it had', {
  timeout: 600_000,
}, async () => {
  const child = spawn(process.execPath, [join(clone.path, 'scripts/dev/mock.ts'), '--port', '0'], {
    cwd: clone.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = readerOf(child);
  const [, url = ''] = await said(/listening on (http:\/\/\S+)/);
  const headers = { authorization: 'Bearer x' };
  const ask = (path: string, method = 'GET') =>
    fetch(`${url}/organization/users${path}`, { method, headers });
  const status = async (path: string) => (await ask(path)).status;
  const { data } = (await (await ask('?limit=1')).json()) as { data: { id: string }[] };
  const id = data[0]?.id ?? '';
  expect((await ask(`/${id}`, 'DELETE')).status).toBe(200);
  expect(await status('?limit=60')).toBe(200);

  // Neither invalid YAML nor an invalid operationId ends it.
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: [');
  await said(/the mock keeps serving the previous contract/);
  expect(await status('?limit=60')).toBe(200);
  clone.edit('spec/openapi.yaml', 'maximum: [', 'maximum: 100');
  clone.edit('spec/openapi.yaml', 'admin.organization.users.list', 'admin.organization.users');
  await said(/`admin\.organization\.users` is the beginning of/);
  await said(/the mock keeps serving the previous contract/);

  // An operation that is renamed, and a bound in a file of its own.
  clone.edit(
    'spec/openapi.yaml',
    'operationId: admin.organization.users\n',
    'operationId: admin.organization.users.listAll\n',
  );
  clone.edit(
    'spec/openapi.yaml',
    'type: integer\n            minimum: 1\n            maximum: 100\n            default: 20',
    '$ref: limit.yaml',
  );
  clone.write('spec/limit.yaml', 'type: integer\nmaximum: 50\ndefault: 20\n');
  await said(/Restarted with the new contract; the data is kept/);
  expect(await status('?limit=60')).toBe(400);
  expect(await status(`/${id}`)).toBe(404);

  clone.write('spec/limit.yaml', 'type: integer\nmaximum: 70\ndefault: 20\n');
  await said(/Restarted with the new contract; the data is kept/);
  expect(await status('?limit=60')).toBe(200);
  expect(await status(`/${id}`)).toBe(404);

  // A defect of the generator is not a problem of the spec.
  const start = 'const { document, locate, warnings } = await readOwnSpec();';
  clone.edit('scripts/spec/generate.ts', start, `throw new TypeError('Broken'); ${start}`);
  clone.write('spec/limit.yaml', 'type: integer\nmaximum: 80\ndefault: 20\n');
  await said(/TypeError: Broken/);
  await said(
    /^`pnpm generate` failed \(see above\): the mock keeps serving the previous contract/m,
  );
  expect(await status('?limit=60')).toBe(200);

  const ended = new Promise((done) => child.on('close', done));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('pnpm mock says at once what is invalid or not generated, and takes what is generated meanwhile', {
  timeout: 600_000,
}, async () => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq', 'spec');
  const addition = [
    '  /organization/ping:',
    '    get:',
    '      operationId: admin.organization.ping',
    '      tags: [Users]',
    '      summary: Ping',
    '      description: Answers.',
    '      responses:',
    '        "204": { description: Done. }',
    '        "401": { $ref: "#/components/responses/Unauthorized" }',
    '',
  ].join('\n');
  const start = (): ((text: RegExp) => Promise<RegExpExecArray>) => {
    const child = spawn(
      process.execPath,
      [join(clone.path, 'scripts/dev/mock.ts'), '--port', '0'],
      { cwd: clone.path, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    running.push(child);
    return readerOf(child);
  };

  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximun: 100');
  const saidInvalid = start();
  await saidInvalid(/listening on/);
  await saidInvalid(/^spec\/openapi\.yaml:\d+:\d+: Property `maximun` is not expected here\./m);
  await saidInvalid(/the mock serves what was generated last/);
  // It would generate from the next edit before the other one has looked.
  await stopAll();

  clone.git('checkout', '-q', 'spec');
  clone.edit('spec/openapi.yaml', '\ncomponents:\n', `\n${addition}components:\n`);
  const said = start();
  const [, url = ''] = await said(/listening on (http:\/\/\S+)/);
  await said(/^spec\/openapi\.yaml:\d+:\d+: GET \/organization\/ping is not generated yet\.$/m);
  await said(/^Run: pnpm generate$/m);
  const status = async () =>
    (await fetch(`${url}/organization/ping`, { headers: { authorization: 'Bearer x' } })).status;
  expect(await status()).toBe(404);
  expect(clone.script('spec/generate.ts').code).toBe(0);
  await said(/The generated contract changed/);
  await said(/Restarted with the new contract; the data is kept/);
  expect(await status()).toBe(204);
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
  const port = await getPort({ host: '127.0.0.1' });
  const script = `${command.replace(/^node/, process.execPath)} --port ${port} --log none & echo $!; wait`;
  const shell = spawn('bash', ['-c', script], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(shell);
  const [pid] = await once(shell.stdout, 'data');
  await expect.poll(() => isServed(port), { timeout: 60_000 }).toBe(true);
  process.kill(Number(pid), signal);
  await expect.poll(() => isServed(port), { timeout: 30_000 }).toBe(false);
});
