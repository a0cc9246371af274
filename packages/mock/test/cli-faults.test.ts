import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseFlags, UsageError } from '../src/cli/flags.ts';
import { openHandlers } from '../src/cli/handler-reload.ts';
import { readRules } from '../src/cli/rules.ts';
import { api } from '../src/spec.ts';
import { bodyOf } from './support/ask.ts';
import { endCommands, startCommand } from './support/command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => startCommand(folder, '--port', '0', '--log', 'none', ...args);
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const list = 'admin.organization.users.list';

test('--fail takes every part of a rule, and --faults a file of them; a reset restores both', async () => {
  write('faults.json', '\uFEFF[{ "status": 503, "times": 1 }]');
  const rule = { status: 429, retryAfter: 2, times: 1, match: { operation: list } };
  const { url } = run('--fail', JSON.stringify(rule), '--faults', 'faults.json');
  const address = await url();
  const statuses = async () => {
    const found: (number | string | null)[] = [];
    for (let i = 0; i < 3; i += 1) {
      const response = await fetch(`${address}/organization/users?limit=1`, {
        headers: { authorization: 'Bearer any' },
      });
      found.push(response.status, response.headers.get('retry-after'));
    }
    return found;
  };
  const expected = [429, '2', 503, null, 200, null];
  expect(await statuses()).toEqual(expected);
  await fetch(new URL('/_mock/reset', address), { method: 'POST' });
  expect(await statuses()).toEqual(expected);
});

test('--handlers responds with the functions of a module', async () => {
  write(
    'handlers.mjs',
    `export default { '${list}': async (call, next) => ({ ...(await next()), has_more: call.query.limit === 1 }) };`,
  );
  const { url } = run('--handlers', 'handlers.mjs', '--data', 'users=1');
  const response = await fetch(`${await url()}/organization/users?limit=1`, {
    headers: { authorization: 'Bearer any' },
  });
  expect(await bodyOf(response)).toMatchObject({ has_more: true, data: [{}] });
});

test.each([
  [['--fail', '{"status":200}'], '--fail: status must be'],
  [
    ['--fail', '{"status":500,"match":{"operation":"users.lst"}}'],
    '--fail: match.operation must be',
  ],
  [['--fail', '{"status":500,"match":{"path":"/none"}}'], '--fail: match.path must be the path'],
  [['--faults', 'none.json'], '--faults none.json: the file does not exist.'],
  [['--faults', 'object.json'], '--faults object.json: expected an array of fault rules.'],
  [['--faults', 'invalid.json'], '--faults invalid.json: expected JSON: '],
  [['--faults', 'second.json'], '--faults second.json: [1]: A fault rule has no "statsu".'],
  [['--handlers', 'none.mjs'], '--handlers none.mjs: the file does not exist.'],
  [['--handlers', 'syntax.mjs'], '--handlers syntax.mjs: the module cannot be loaded: '],
  [['--handlers', 'throws.mjs'], ': Not today'],
  [['--handlers', 'empty.mjs'], '--handlers empty.mjs: expected a default export such as'],
  [['--handlers', 'unknown.mjs'], 'No operation is named "users.lst".'],
  [['--handlers', 'text.mjs'], `The handler of ${list} must be a function, not string.`],
])('%j is refused with file and reason', async (args, message) => {
  write('object.json', '{ "status": 500 }');
  write('invalid.json', '[');
  write('second.json', '[{ "status": 500 }, { "statsu": 500 }]');
  write('syntax.mjs', 'export default {');
  write('throws.mjs', "throw new Error('Not today');");
  write('empty.mjs', 'export const list = 1;');
  write('unknown.mjs', "export default { 'users.lst': () => ({}) };");
  write('text.mjs', `export default { '${list}': 'x' };`);
  const [flag = '', value = ''] = args;
  const path = flag === '--fail' ? value : relative('.', join(folder, value));
  const { server, ruleFiles, handlers } = parseFlags([flag, path]);
  const refused = async () => {
    await readRules(server.faults ?? [], ruleFiles, api);
    if (handlers !== undefined) await openHandlers(handlers, api);
  };
  await expect(refused()).rejects.toThrow(UsageError);
  await expect(refused()).rejects.toThrow(message.replace(` ${value}`, ` ${path}`));
});

test('what is refused ends the command with exit code 2', async () => {
  const { ended, output } = run('--faults', 'none.json');
  expect((await ended).code).toBe(2);
  expect(output.stderr).toContain('--faults none.json: the file does not exist.');
  expect(output.stderr).toContain('--help` for all flags');
});
