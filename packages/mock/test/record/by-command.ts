import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Program } from './programs.ts';

const packageFolder = resolve(import.meta.dirname, '../..');
export const command = join(packageFolder, 'dist/cli.js');
const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const key = 'sk-admin-of-the-environment';

/** A folder below this package, so that the tests that are written find what they import. */
export function makeFolder(): string {
  mkdirSync(join(packageFolder, 'reports'), { recursive: true });
  const folder = mkdtempSync(join(packageFolder, 'reports/recorded-'));
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
  return folder;
}

export function run(
  cwd: string,
  file: string,
  args: string[],
): Promise<{ code: number; output: string }> {
  const env = { ...process.env, OPENAI_ADMIN_KEY: key, NO_COLOR: '1' };
  return new Promise((done) =>
    execFile(
      process.execPath,
      [file, ...args],
      { cwd, env, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) =>
        done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

const fileOf = ({ name }: Program) => name.replaceAll(/\W+/g, '-');

function writeProgram(folder: string, program: Program, part: 'bug' | 'fixed'): void {
  const text = [
    "import OrgClient from '@org/client';",
    "const client = new OrgClient({ logLevel: 'off' });",
    `await (${program[part]})(client.admin.organization.users, client);`,
  ];
  writeFileSync(join(folder, `${fileOf(program)}.mjs`), `${text.join('\n')}\n`);
}

/** Records programs with the command, and runs the tests that it writes: with the bugs, and without them. */
export async function recordAndReplay(programs: readonly Program[]): Promise<void> {
  const folder = makeFolder();
  try {
    for (const program of programs) {
      writeProgram(folder, program, 'bug');
      const faults = (program.faults ?? []).flatMap((rule) => ['--fail', JSON.stringify(rule)]);
      const flags = ['--data', 'users=100', ...faults, '--out', 'tests'];
      const file = fileOf(program);
      const args = ['record', ...flags, '--', 'node', `${file}.mjs`];
      const { code, output } = await run(folder, command, args);
      expect(output).toContain(`Wrote tests/${file}.test.ts`);
      expect(output).not.toContain(key);
      expect(code).toBe(0);
      const text = readFileSync(join(folder, `tests/${file}.test.ts`), 'utf8');
      expect(text.split('\n').length).toBeLessThan(40);
      expect(text).not.toContain(key);
    }
    expect(readdirSync(join(folder, 'tests'))).toHaveLength(programs.length);
    const before = await run(folder, vitest, ['run']);
    expect(before.output).toMatch(new RegExp(`Tests +${programs.length} failed \\(`));
    for (const program of programs) writeProgram(folder, program, 'fixed');
    const after = await run(folder, vitest, ['run']);
    expect(after.output).toMatch(new RegExp(`Tests +${programs.length} passed \\(`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
