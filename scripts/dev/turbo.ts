// node scripts/dev/turbo.ts <task> [package …]: tasks that Turbo runs, each with its own command in package.json.
import { CommandError, runCommand } from '../lib/cli.ts';
import { isAdopted, runInTestWorkspace } from '../lib/test-workspace.ts';
import { turbo } from '../lib/turbo.ts';

const summaries: Record<string, string> = {
  build: 'Builds the packages and their dependencies. Unchanged packages are not rebuilt.',
  typecheck: 'Type-checks the packages and the scripts.',
};

const [name = '', ...args] = process.argv.slice(2);
await runCommand(
  {
    name,
    summary: summaries[name] ?? '',
    positionals: { name: '[package …]', description: 'Only these packages: client, mock …' },
    run(_, names) {
      if (!Object.hasOwn(summaries, name)) throw new CommandError(`Unknown task: ${name}.`);
      turbo(name, names);
      // After `pnpm adopt`, the packages' configurations leave out the tests.
      if (name === 'typecheck' && isAdopted()) runInTestWorkspace('dev/turbo.ts', [name, ...names]);
    },
  },
  args,
);
