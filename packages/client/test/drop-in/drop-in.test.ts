import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences } from './differences.ts';
import { readPrograms } from './programs.ts';

const root = resolve(import.meta.dirname, '../../../..');
const client = join(root, 'packages/client');
const folder = join(client, 'reports/drop-in');
const programs = readPrograms();
const packages = { openai: 'official', '@org/client': 'ours' };
const run = promisify(execFile);
type Results = Record<string, { output: string[]; wire: string[] }>;

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules/@org'), { recursive: true });
  // `node10` does not know that a package may import itself.
  symlinkSync(client, join(folder, 'node_modules/@org/client'));
  copyFileSync(join(import.meta.dirname, 'harness.ts'), join(folder, 'harness.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, sub] of Object.entries(packages)) {
    mkdirSync(join(folder, sub));
    for (const [i, { code }] of programs.entries()) {
      const text = code.replaceAll(
        /((?:from |import\(|createRequire\(import\.meta\.url\)\()')openai(?=[/'])/g,
        `$1${name}`,
      );
      writeFileSync(join(folder, sub, `${i}.ts`), text);
    }
    const list = programs.map(
      (program, i) =>
        `  { name: ${JSON.stringify(program.name)}, load: () => import('./${i}.ts') },`,
    );
    const runner = `import { runAll } from '../harness.ts';\nconst results = await runAll([\n${list.join('\n')}\n]);\nconsole.log(JSON.stringify(results));\nprocess.exit();\n`;
    writeFileSync(join(folder, sub, 'run.mjs'), runner);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are at least 200 programs, and each has a name of its own', () => {
  expect(programs.length).toBeGreaterThanOrEqual(200);
  expect(new Set(programs.map(({ name }) => name)).size).toBe(programs.length);
});

describe('every program compiles with both packages', () => {
  const compilers = {
    'TypeScript 5.9': join(client, 'node_modules/typescript-5/bin/tsc'),
    'TypeScript 7': join(client, 'node_modules/typescript/bin/tsc'),
  };
  const cases = Object.entries(compilers).flatMap(([compiler, path]) =>
    ['node16', 'nodenext', 'bundler', 'node10']
      // TypeScript 7 has no `node10`.
      .filter((resolution) => resolution !== 'node10' || compiler === 'TypeScript 5.9')
      .map((resolution) => ({ compiler, path, resolution })),
  );
  test.each(cases)(
    '$compiler, $resolution',
    async ({ path, resolution }) => {
      const module = { bundler: 'preserve', node10: 'es2022' }[resolution] ?? resolution;
      const config = {
        compilerOptions: {
          ...{ module, moduleResolution: resolution, target: 'es2022', noEmit: true, strict: true },
          ...{ lib: ['es2023', 'dom'], types: ['node'], skipLibCheck: true, esModuleInterop: true },
          allowImportingTsExtensions: true,
        },
        include: Object.values(packages).map((sub) => `${sub}/*.ts`),
      };
      const project = join(folder, `tsconfig.${resolution}.json`);
      writeFileSync(project, JSON.stringify(config));
      const output = await run(process.execPath, [path, '--project', project], {
        cwd: folder,
      }).then(
        ({ stdout }) => stdout,
        ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
      );
      expect(named(output)).toBe('');
    },
    180_000,
  );
});

/** Says which program a message of the compiler is about. */
function named(output: string): string {
  return output.replaceAll(
    /^(\w+)\/(\d+)\.ts/gm,
    (file, sub, i) => `${programs[Number(i)]?.name} (${sub}, ${file})`,
  );
}

describe('every program prints and sends the same with both packages', () => {
  let official: Results;
  let ours: Results;

  beforeAll(async () => {
    const of = async (sub: string): Promise<Results> => {
      const file = join(folder, sub, 'run.mjs');
      // The official package has a key of its own for paths without a method.
      const env = { ...process.env, OPENAI_API_KEY: 'sk-admin-x', OPENAI_ADMIN_KEY: '' };
      const { stdout } = await run(process.execPath, [file], { maxBuffer: 1e8, env });
      return JSON.parse(stdout);
    };
    [official, ours] = [await of('official'), await of('ours')];
  }, 120_000);

  test.each(programs.filter(({ differs }) => !differs))('$name', ({ name }) => {
    expect(ours[name]).toEqual(official[name]);
    expect(official[name]?.output.join()).not.toMatch(/^threw /);
  });

  test.each(programs.filter(({ differs }) => differs))('$name: on purpose', ({ name, differs }) => {
    expect(differences).toHaveProperty([differs ?? '']);
    expect(ours[name]).not.toEqual(official[name]);
  });
});

test('every purposeful difference has a program, and a row in the migration guide', () => {
  const shown = new Set(programs.map(({ differs }) => differs));
  expect(Object.keys(differences).filter((word) => !shown.has(word))).toEqual([]);
  const guide = readFileSync(join(root, 'docs/guides/migration-from-openai.md'), 'utf8');
  const rows = guide.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, 4)
      .join(' | '),
  );
  const expected = Object.values(differences).map(({ what, openai, ours }) =>
    [what, openai, ours].join(' | '),
  );
  expect(expected.filter((row) => !rows.includes(row))).toEqual([]);
});
