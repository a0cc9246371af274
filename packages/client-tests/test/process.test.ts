import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { startMock } from '@org/mock';
import { expect, test } from 'vitest';

// In a process of its own: what keeps one alive cannot be seen from inside.
const program = (task: string) => `
  import { OrgClient } from '@org/client';
  const client = new OrgClient({ adminAPIKey: 'x', baseURL: process.argv[1], logLevel: 'off' });
  const users = client.admin.organization.users;
  ${task}
  console.log('done');
`;

test.each([
  ['a walk that ends', 'for await (const user of users.list({ limit: 20 })) user.id;'],
  [
    'a walk that breaks off, with a page asked for ahead',
    'for await (const user of users.list({ limit: 5 }, { prefetch: true })) break;',
  ],
  ['a call that fails', 'await users.list({ limit: 0 }).catch(() => {});'],
  [
    'a call that is aborted',
    'const c = new AbortController(); const p = users.list({}, { signal: c.signal }).catch(() => {}); c.abort(); await p;',
  ],
  ['a call that times out', 'await users.list({}, { timeout: 1, maxRetries: 0 }).catch(() => {});'],
  ['a body that is never read', 'await users.list().asResponse();'],
])('%s keeps no process alive', async (_, task) => {
  await using mock = await startMock({ data: { users: 50 }, latency: 5 });
  const args = ['--input-type=module', '-e', program(task), mock.url];
  const child = spawn(process.execPath, args, { cwd: resolve(import.meta.dirname, '..') });
  let output = '';
  let done = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      if (output.includes('done')) done ||= performance.now();
    });
  }
  const code = await new Promise((ended) => child.on('close', ended));
  expect([code, output]).toEqual([0, 'done\n']);
  // The platform keeps an idle connection for a few seconds, unreferenced; our ten minutes' timeout would show.
  expect(performance.now() - done).toBeLessThan(10_000);
});
