import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { startMock } from '@org/mock';

const key = 'sk-admin-of-this-test';
let mock;
let app;
let origin;

before(async () => {
  mock = await startMock({ data: { users: 50 }, keys: [key] });
  const env = { ...process.env, OPENAI_BASE_URL: mock.url, OPENAI_ADMIN_KEY: key };
  const command = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', '0'];
  app = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  origin = await new Promise((found, failed) => {
    let output = '';
    app.stdout.on('data', (chunk) => {
      output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address) found(address);
    });
    app.on('close', () => failed(new Error(output)));
  });
});
after(async () => {
  app?.kill();
  await mock?.close();
});
beforeEach(() => mock.reset());

test('a server component renders users of the API', async () => {
  const html = await (await fetch(origin)).text();
  for (const { name } of mock.data.users.list().slice(0, 10)) assert(html.includes(name));
  assert(!html.includes(key));
});

test('a route handler passes pages on', async () => {
  const first = await (await fetch(`${origin}/api/users`)).json();
  const second = await (await fetch(`${origin}/api/users?after=${first.next}`)).json();
  assert.equal(first.users.length, 20);
  assert.deepEqual(Object.keys(first.users[0]), ['id', 'name', 'role']);
  assert.notEqual(second.users[0].id, first.users[0].id);
});

test('a route handler says which error the API answered with', async () => {
  mock.fail({ status: 403, times: 1 });
  const response = await fetch(`${origin}/api/users`);
  assert.equal(response.status, 403);
  assert.deepEqual(await response.json(), { error: 'The API answered 403.' });
});

test('what browsers load holds no client', () => {
  const files = readdirSync('.next/static', { recursive: true, withFileTypes: true });
  const scripts = files.filter((file) => file.name.endsWith('.js'));
  assert(scripts.length > 0);
  for (const { parentPath, name } of scripts) {
    assert(!readFileSync(join(parentPath, name), 'utf8').includes('OPENAI_ADMIN_KEY'), name);
  }
});
