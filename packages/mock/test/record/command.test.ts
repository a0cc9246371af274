import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { command, makeFolder, recordAndReplay, run } from './by-command.ts';
import { programs } from './programs.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** One for each kind of failure: an exception, a request that is refused in silence, a fault. The load tests run all. */
const chosen = [
  'names may be null',
  'a path is wrong, and nobody looks at the response',
  'a limit of requests is not waited for',
];

test('`org-mock record` writes tests that fail with the bug, and pass without it', async () => {
  await recordAndReplay(programs.filter(({ name }) => chosen.includes(name)));
  // Starts many processes.
}, 300_000);

describe('`org-mock record` ends what the program has started', () => {
  /** A program below another one, as `npm run` starts it. Both keep the standard error output open. */
  writeFileSync(
    join(folder, 'nested.mjs'),
    `import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn('sleep', ['600'], { stdio: 'inherit' });
    writeFileSync('pid', String(child.pid));`,
  );
  // An ended process is there until the first one of the system has noticed.
  const patient = { timeout: 20_000 };
  const isAlive = () => {
    try {
      return process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    } catch {
      return false;
    }
  };

  test('at its timeout', async () => {
    const args = ['record', '--out', 'endless', '--timeout', '1000', '--', 'node', 'nested.mjs'];
    expect((await run(folder, command, args)).output).toContain('It does not end.');
    await expect.poll(isAlive, patient).toBe(false);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('at %s', async (signal) => {
    const args = [command, 'record', '--out', 'tests', '--', 'node', 'nested.mjs'];
    const recorder = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
    await expect.poll(isAlive, patient).toBe(true);
    recorder.kill(signal);
    await expect.poll(isAlive, patient).toBe(false);
  });
});

test.skipIf(process.platform === 'win32')(
  '`org-mock record` finds an error after much output, and shows no key',
  async () => {
    const secret = 'sk-admin-of-the-program-1';
    writeFileSync(
      join(folder, 'ask.mjs'),
      `const headers = { authorization: 'Bearer ${secret}' };
      await fetch(process.env.OPENAI_BASE_URL + '/organization/users', { headers });`,
    );
    writeFileSync(
      join(folder, 'loud'),
      `node ask.mjs
      yes | head -c 3000000 >&2
      echo 'Error: ${secret} is not allowed' >&2
      exit 1`,
    );
    const args = ['record', '--out', 'tests-of-loud', '--', 'sh', 'loud'];
    const { output } = await run(folder, command, args);
    const [, said = ''] = output.split('It fails until this is fixed: ');
    expect(said).toContain('Error: *** is not allowed');
    const [file = ''] = readdirSync(join(folder, 'tests-of-loud'));
    const test = readFileSync(join(folder, 'tests-of-loud', file), 'utf8');
    expect(test).toContain('Error: *** is not allowed');
    expect(test).not.toContain(secret);
  },
);

describe('`org-mock record` writes nothing, and says why', () => {
  test.each([
    [
      'for a program that does not fail',
      ['--', 'node', '--eval', ''],
      1,
      'there is no failure to record',
    ],
    [
      'for a program that fails in another way each time',
      [
        '--',
        'node',
        '--eval',
        `const { appendFileSync, statSync } = require("node:fs");
        appendFileSync("runs", ".");
        throw new Error("abcdefgh"[statSync("runs").size])`,
      ],
      1,
      'It failed before: Error:',
    ],
    [
      'for a program that does not exist',
      ['--', './no-such-program'],
      1,
      'cannot be started (ENOENT)',
    ],
    ['with --from', ['--from', 'http://127.0.0.1:1/v1', '--', 'node'], 2, '--data copy.json'],
    ['without a program', [], 2, 'name the program after two dashes'],
  ])('%s', async (_, args, expected, text) => {
    const { code, output } = await run(folder, command, ['record', '--out', 'none', ...args]);
    expect(output).toContain(text);
    expect(code).toBe(expected);
    expect(readdirSync(folder)).not.toContain('none');
  });
});
