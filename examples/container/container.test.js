// No container engine is needed: this runs the steps of the Dockerfile, one after the other, in a clean folder.
import assert from 'node:assert/strict';
import { execSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

const lines = readFileSync('Dockerfile', 'utf8').split('\n');
/** The arguments of each use of an instruction. */
const all = (instruction) =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));
const one = (instruction) => {
  const found = all(instruction);
  assert.equal(found.length, 1, `expected one ${instruction}`);
  return found[0];
};

const folder = mkdtempSync(join(tmpdir(), 'container-'));
const image = join(folder, 'image');
after(() => rmSync(folder, { recursive: true, force: true }));

test('the first stage installs the mock, and nothing else', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = devDependencies['@org/mock'];
  assert.equal(one('ARG'), 'MOCK=@org/mock@latest');
  const MOCK = version.startsWith('file:') ? version : `@org/mock@${version}`;
  mkdirSync(join(folder, 'install'));
  const env = { ...process.env, MOCK };
  execSync(one('RUN'), {
    cwd: join(folder, 'install'),
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
});

test('the second stage holds the mock, and does not run as root', () => {
  const [from, to] = one('COPY').replace('--from=install /app/', '').split(' ');
  cpSync(join(folder, 'install', from), join(image, to), { recursive: true });
  assert(statSync(join(image, 'dist/cli.js')).isFile());
  assert.equal(one('USER'), 'node');
});

test('the entry point serves, and the health check says so', async () => {
  const port = String(await freePort());
  const [program, ...entry] = JSON.parse(one('ENTRYPOINT'));
  const flags = JSON.parse(one('CMD')).map((flag) =>
    flag === '0.0.0.0' ? '127.0.0.1' : flag === one('EXPOSE') ? port : flag,
  );
  const check = one('HEALTHCHECK')
    .replace(/^.* CMD /, '')
    .replace(one('EXPOSE'), port);
  const mock = spawn(program, [...entry, ...flags], { cwd: image, stdio: 'ignore' });
  try {
    for (let left = 100; ; left -= 1) {
      try {
        execSync(check, { stdio: 'ignore' });
        break;
      } catch (error) {
        if (left === 0) throw error;
        await setTimeout(100);
      }
    }
    const response = await fetch(`http://127.0.0.1:${port}/v1/organization/users?limit=1`, {
      headers: { authorization: 'Bearer any-key' },
    });
    assert.equal((await response.json()).data.length, 1);
  } finally {
    mock.kill();
  }
});

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
