// pnpm bench client|mock|pipeline|spec-diff [flags]: builds the packages and runs a benchmark.
import { CommandError, runCommand } from '../lib/cli.ts';
import { exec } from '../lib/exec.ts';
import { turbo } from '../lib/turbo.ts';

const benchmarks = ['client', 'mock', 'pipeline', 'spec-diff'];

await runCommand({
  name: 'bench',
  summary: 'Measures the packages side by side with their peers, on what is built.',
  positionals: { name: `<${benchmarks.join(' | ')}>`, description: 'The benchmark' },
  flags: {
    quick: { type: 'boolean', description: 'Fewer rounds: a first look, not a result' },
    json: { type: 'string', value: '<file>', description: 'Write the figures as JSON, too' },
    write: {
      type: 'boolean',
      description: "Put the client's figures into the table of its README",
    },
  },
  examples: ['pnpm bench client', 'pnpm bench pipeline --quick'],
  run({ quick, json, write }, [name = '', ...others]) {
    if (!benchmarks.includes(name) || others.length > 0) {
      throw new CommandError(`Expected one benchmark: ${benchmarks.join(', ')}.`);
    }
    turbo('build');
    const flags = [
      ...(quick ? ['--quick'] : []),
      ...(json === undefined ? [] : ['--json', json]),
      ...(write ? ['--write'] : []),
    ];
    exec('node', ['packages/bench/src/main.ts', name, ...flags]);
  },
});
