import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Clone } from './support/clone.ts';

let clone: Clone;
const running: ChildProcess[] = [];
beforeAll(() => {
  clone = new Clone();
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => clone.remove());

test('pnpm mock serves the new contract as soon as the spec has one, and the old one until then', async () => {
  const child = spawn(process.execPath, [join(clone.path, 'scripts/mock.ts'), '--port', '0'], {
    cwd: clone.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const said = async (text: RegExp) => {
    for (let i = 0; i < 400; i += 1) {
      const found = text.exec(output);
      if (found) return found;
      await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error(`It never said ${text}, but: ${output}`);
  };
  const url = async () => (await said(/http:\/\/\S+\/v1(?= \()/))[0];
  const status = async (limit: number) => {
    const headers = { authorization: 'Bearer x' };
    return (await fetch(`${await url()}/organization/users?limit=${limit}`, { headers })).status;
  };

  expect(await status(60)).toBe(200);
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: [');
  await said(/The mock goes on with the contract that it had\./);
  expect(await status(60)).toBe(200);

  output = '';
  clone.edit('spec/openapi.yaml', 'maximum: [', 'maximum: 50');
  await said(/The mock starts anew, with the new contract\./);
  expect(await status(60)).toBe(400);
  expect(await status(50)).toBe(200);

  const ended = new Promise((done) => child.on('close', done));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});
