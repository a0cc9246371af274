import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@org/test-suite/free-port';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A project that has the package installed, as npx sees it.
const folder = mkdtempSync(join(tmpdir(), 'npx-'));
const running: ChildProcess[] = [];
beforeAll(() => {
  const scripts = { mock: 'org-mock --log none' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts }));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(
    resolve(import.meta.dirname, '../dist/cli.js'),
    join(folder, 'node_modules/.bin/org-mock'),
  );
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function isServed(port: number): Promise<boolean> {
  const health = await fetch(`http://127.0.0.1:${port}/_mock/health`).catch(() => undefined);
  return health?.ok ?? false;
}

async function become(served: boolean, port: number): Promise<void> {
  await expect.poll(() => isServed(port), { timeout: 30_000, interval: 100 }).toBe(served);
}

/** Fails unless a mock is still serving after a second; `stop` ends it in any case. */
async function expectToStay(port: number, stop: () => void): Promise<void> {
  try {
    await become(true, port);
    await new Promise((later) => setTimeout(later, 1_000));
    expect(await isServed(port)).toBe(true);
  } finally {
    stop();
  }
  await become(false, port);
}

/** Starts a program that runs org-mock on a free port, and waits until it listens. */
async function start(program: string, ...args: string[]) {
  const port = await freePort();
  const filled = [...args, '--port', String(port), '--log', 'none'];
  const child = spawn(program, filled, { cwd: folder, stdio: 'ignore' });
  running.push(child);
  await become(true, port);
  return { child, port };
}

const isLinux = process.platform === 'linux';

test.each(['SIGTERM', ...(isLinux ? ['SIGKILL' as const] : [])] as const)(
  '%s to `npx --no -- org-mock` frees the port',
  async (signal) => {
    const { child, port } = await start('npx', '--no', '--', 'org-mock');
    child.kill(signal);
    await become(false, port);
  },
);

test('`npx --no -- org-mock &` keeps serving after the shell that started it has ended', async () => {
  const port = await freePort();
  const line = `npx --no -- org-mock --port ${port} --log none >/dev/null 2>&1 & echo $!`;
  const { stdout } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
  await expectToStay(port, () => process.kill(Number(stdout), 'SIGTERM'));
});

test
  .skipIf(spawnSync('python3', ['--version']).status !== 0)
  .each(isLinux ? ['terminate', 'kill'] : ['terminate'])(
  "subprocess.%s() of Python frees npx's port",
  async (method) => {
    const port = await freePort();
    const program = `
import subprocess, sys
process = subprocess.Popen(sys.argv[1:])
sys.stdin.read()
process.${method}()
process.wait()
`;
    const command = ['npx', '--no', '--', 'org-mock', '--port', String(port), '--log', 'none'];
    const child = spawn('python3', ['-c', program, ...command], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    running.push(child);
    await become(true, port);
    child.stdin?.end();
    await become(false, port);
  },
);

// The shell does not wait for npx: it may be killed before the mock has started.
test.each([0.3, 0.5, 0.6, 0.7, 0.8, 1, 1.5])(
  '`npx --no -- org-mock & sleep %d; kill $!` in a script leaves nothing behind',
  async (seconds) => {
    const port = await freePort();
    const script = `npx --no -- org-mock --port ${port} --log none & sleep ${seconds}; kill $!; sleep 2`;
    spawnSync('bash', ['-c', script], { cwd: folder, stdio: 'ignore' });
    await become(false, port);
    // A mock that npx started at the last moment ends once it sees that npx is gone.
    await expect.poll(() => processesWith(`--port ${port} `), { timeout: 30_000 }).toEqual([]);
  },
);

test('`npm run mock & kill $!` in a script frees the port', async () => {
  const { child, port } = await start('npm', 'run', 'mock', '--');
  child.kill('SIGKILL');
  await become(false, port);
});

test.each(['nohup node_modules/.bin/org-mock', 'setsid node_modules/.bin/org-mock'])(
  '`%s &` keeps serving after the shell that started it has ended',
  async (command) => {
    const port = await freePort();
    const line = `${command} --port ${port} --log none >/dev/null 2>&1 & echo $!`;
    // The variables of a runner above the shell are inherited.
    const env = { ...process.env, npm_config_user_agent: 'npm/11', npm_lifecycle_script: 'test' };
    const { stdout } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env });
    await expectToStay(port, () => process.kill(Number(stdout), 'SIGTERM'));
  },
);

test.runIf(isLinux)(
  'a script of package.json that ends with & keeps serving after npm has ended',
  async () => {
    const port = await freePort();
    const scripts = { mock: `nohup org-mock --port ${port} --log none > /dev/null 2>&1 &` };
    const project = mkdtempSync(join(tmpdir(), 'npm-'));
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, scripts }));
    symlinkSync(join(folder, 'node_modules'), join(project, 'node_modules'));
    spawnSync('npm', ['run', 'mock'], { cwd: project, stdio: 'ignore' });
    await expectToStay(port, () => {
      for (const pid of processesWith(`--port ${port} `)) process.kill(pid, 'SIGTERM');
      rmSync(project, { recursive: true });
    });
  },
);

/** The ids of the processes whose command has a text. */
function processesWith(text: string): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => `${line} `.includes(text))
    .map((line) => Number.parseInt(line, 10));
}
