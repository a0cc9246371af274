import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Program, programs } from './programs.ts';

const packageFolder = resolve(import.meta.dirname, '../..');
const command = join(packageFolder, 'dist/cli.js');
const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
mkdirSync(join(packageFolder, 'reports'), { recursive: true });
/** Below this package, so that the tests that are written find what they import. */
const folder = mkdtempSync(join(packageFolder, 'reports/recorded-'));
writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
afterAll(() => rmSync(folder, { recursive: true }));

function run(file: string, args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, OPENAI_ADMIN_KEY: 'sk-admin-of-the-environment', NO_COLOR: '1' };
  return new Promise((done) =>
    execFile(process.execPath, [file, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

/** One for each kind of failure: an exception, a request that is refused in silence, a fault. */
const chosen = [
  'names may be null',
  'a path is wrong, and nobody looks at the response',
  'a limit of requests is not waited for',
];
const files = programs.filter(({ name }) => chosen.includes(name));
const fileOf = ({ name }: Program) => name.replaceAll(/\W+/g, '-');

function writeProgram(program: Program, part: 'bug' | 'fixed'): void {
  const text = [
    "import OrgClient from '@org/client';",
    "const client = new OrgClient({ logLevel: 'off' });",
    `await (${program[part]})(client.admin.organization.users, client);`,
  ];
  writeFileSync(join(folder, `${fileOf(program)}.mjs`), `${text.join('\n')}\n`);
}

function faultFlags({ faults = [] }: Program): string[] {
  return faults.flatMap(({ status, probability }) =>
    status === undefined ? [] : ['--fail', `${status}${probability ? `:${probability}` : ''}`],
  );
}

test('`org-mock record` writes tests that fail with the bug, and pass without it', async () => {
  for (const program of files) {
    writeProgram(program, 'bug');
    const file = `${fileOf(program)}.mjs`;
    const args = [
      '--data',
      'users=100',
      ...faultFlags(program),
      '--out',
      'tests',
      '--',
      'node',
      file,
    ];
    const { code, output } = await run(command, ['record', ...args]);
    expect(output).toContain(`Wrote tests/${fileOf(program)}.test.ts`);
    expect(output).not.toContain('sk-admin-of-the-environment');
    expect(code).toBe(0);
  }
  const written = readdirSync(join(folder, 'tests'));
  expect(written).toHaveLength(files.length);
  for (const file of written) {
    const text = readFileSync(join(folder, 'tests', file), 'utf8');
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).not.toContain('sk-admin-of-the-environment');
  }
  const before = await run(vitest, ['run']);
  expect(before.output).toMatch(new RegExp(`Tests +${files.length} failed \\(`));
  for (const program of files) writeProgram(program, 'fixed');
  const after = await run(vitest, ['run']);
  expect(after.output).toMatch(new RegExp(`Tests +${files.length} passed \\(`));
  // Starts many processes.
}, 300_000);

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
    const { code, output } = await run(command, ['record', '--out', 'none', ...args]);
    expect(output).toContain(text);
    expect(code).toBe(expected);
    expect(readdirSync(folder)).not.toContain('none');
  });
});
