// pnpm test:documents [openapi.yaml …]: generates clients of documents that other people wrote, and calls every method.
import { globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../lib/cli.ts';
import type { Exercise } from '../lib/exercise.ts';
import { knownFailures } from '../lib/known-failures.ts';
import { turbo } from '../lib/turbo.ts';

const examples = dirname(fileURLToPath(import.meta.resolve('@readme/oas-examples/package.json')));
const columns = [
  'operations',
  'methods',
  'problems',
  'listed',
  'valid',
  'lists',
  'walked',
  'changes',
  'kept',
] as const;

await runCommand({
  name: 'test:documents',
  summary: 'Calls every method of the clients of other documents against their mocks.',
  positionals: {
    name: '[openapi.yaml …]',
    description: 'The documents (default: those of @readme/oas-examples)',
  },
  examples: ['pnpm test:documents', 'pnpm test:documents ../acme/openapi.yaml'],
  async run(_, given) {
    turbo('build', ['mock']);
    // It imports the mock that was built just now.
    const { exercise } = await import('../lib/exercise.ts');
    const files =
      given.length > 0
        ? given.map((file) => resolve(file))
        : globSync('3.*/json/**/*.json', { cwd: examples })
            .sort()
            .map((file) => join(examples, file));
    const width = Math.max(...files.map((file) => nameOf(file).length), 'total'.length);
    const print = (name: string, cells: readonly (string | number)[]) =>
      console.log(`${name.padEnd(width)}  ${cells.map((cell) => `${cell}`.padStart(10)).join('')}`);
    print('document', columns);
    const total: number[] = columns.map(() => 0);
    const notes: string[] = [];
    let unknown = 0;
    for (const file of files) {
      const found = await exercise(file);
      const cells = cellsOf(found);
      print(nameOf(file), cells);
      for (const [i, cell] of cells.entries()) total[i] = (total[i] ?? 0) + cell;
      for (const problem of found.problems)
        notes.push(`${found.methods > 0 ? 'left out' : 'refused'}  ${nameOf(file)} ${problem}`);
      for (const failure of found.failures) {
        const reason = knownFailures(nameOf(file), failure);
        if (reason === undefined) unknown += 1;
        notes.push(`${reason ? `known: ${reason}` : 'FAILED'}  ${nameOf(file)} ${failure}`);
      }
    }
    print('total', total);
    console.log(`\n${notes.join('\n')}`);
    if (unknown > 0) process.exitCode = 1;
  },
});

function nameOf(file: string): string {
  return file.startsWith(examples) ? relative(examples, file) : relative('', file);
}

function cellsOf(found: Exercise): number[] {
  return columns.map((column) => {
    const value = found[column];
    return typeof value === 'number' ? value : value.length;
  });
}
