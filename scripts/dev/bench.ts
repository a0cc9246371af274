// pnpm bench client|mock|pipeline|spec-diff [flags]: builds the packages and runs a benchmark.
import { resolve } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { exec } from '../lib/exec.ts';
import { root } from '../lib/repo.ts';
import { runInTestWorkspace } from '../lib/test-workspace.ts';
import { turbo } from '../lib/turbo.ts';

const benchmarks = ['client', 'mock', 'pipeline', 'spec-diff'];

await runCommand({
  name: 'bench',
  summary: 'Benchmarks the built packages against similar packages.',
  positionals: {
    name: `<${benchmarks.join(' | ')}> [openapi.yaml …]`,
    description: 'The benchmark, and for `mock` the documents that `--spec` is measured with',
  },
  flags: {
    quick: { type: 'boolean', description: 'Fewer rounds: a first look, not a result' },
    json: { type: 'string', value: '<file>', description: 'Also write the figures as JSON' },
    write: {
      type: 'boolean',
      description: "Update the table in the client's README",
    },
  },
  examples: [
    'pnpm bench client',
    'pnpm bench pipeline --quick',
    'pnpm bench mock ../acme/openapi.yaml',
  ],
  run({ quick, json, write }, [name = '', ...files]) {
    if (!benchmarks.includes(name) || (files.length > 0 && name !== 'mock')) {
      throw new CommandError(`Expected one benchmark: ${benchmarks.join(', ')}.`);
    }
    const flags = [
      ...files.map((file) => resolve(file)),
      ...(quick ? ['--quick'] : []),
      ...(json === undefined ? [] : ['--json', resolve(root, json)]),
      ...(write ? ['--write'] : []),
    ];
    if (runInTestWorkspace('dev/bench.ts', [name, ...flags])) return;
    turbo('build');
    exec('node', ['packages/bench/src/main.ts', name, ...flags]);
  },
});
