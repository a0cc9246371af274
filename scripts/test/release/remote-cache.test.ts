import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { freePort } from '@org/test-suite/free-port';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'remote-cache-'));
const clones: Clone[] = [];
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  const manifest = { private: true, dependencies: { 'turborepo-remote-cache': '2.12.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
    {
      cwd: folder,
    },
  );
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  mkdirSync(join(folder, 'storage'));
  server = spawn(join(folder, 'node_modules/.bin/turborepo-remote-cache'), {
    cwd: folder,
    stdio: 'ignore',
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      TURBO_TOKEN: 'token-of-this-test',
      // Without it, the server forgets the signatures.
      TURBO_REMOTE_CACHE_SIGNATURE_KEY: 'a signature key',
      STORAGE_PROVIDER: 'local',
      STORAGE_PATH: join(folder, 'storage'),
      STORAGE_PATH_USE_TMP_FOLDER: 'false',
    },
  });
  for (let i = 0; i < 200; i += 1) {
    const answered = await fetch(`${url}/v8/artifacts/status`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error('The cache server did not start.');
}, 120_000);
afterAll(() => {
  server?.kill();
  for (const clone of clones) clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Builds in a new clone, whose own cache is empty, and says which share of its tasks came out of a cache. */
function build(key: string, token = 'token-of-this-test'): number {
  const clone = new Clone();
  clones.push(clone);
  const output = execFileSync(join(clone.path, 'node_modules/.bin/turbo'), ['run', 'build'], {
    cwd: clone.path,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...borrowedPackages,
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_API: url,
      TURBO_TEAM: 'team_test',
      TURBO_TOKEN: token,
      TURBO_REMOTE_CACHE_SIGNATURE_KEY: key,
    },
  });
  expect(clone.has('packages/client/dist/index.js')).toBe(true);
  const [, cached, total] = /Cached:\s+(\d+) cached, (\d+) total/.exec(output) ?? [];
  if (!Number(total)) throw new Error(`Turbo printed no count of tasks:\n${output}`);
  return Number(cached) / Number(total);
}

test('the second clone builds from the server', () => {
  expect(build('a signature key')).toBe(0);
  expect(readdirSync(join(folder, 'storage'), { recursive: true }).length).toBeGreaterThan(3);
  expect(build('a signature key')).toBe(1);
}, 120_000);

test('artifacts that another key has signed are refused, and built anew', () => {
  expect(build('another key')).toBe(0);
}, 120_000);

test('an unknown token gets nothing, and the build continues', () => {
  expect(build('a signature key', 'another token')).toBe(0);
}, 120_000);
