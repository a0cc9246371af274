// pnpm test:examples [name …]: installs the examples from the packed packages, and runs them.
import { readdirSync } from 'node:fs';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { root } from '../lib/repo.ts';
import { runInTestWorkspace } from '../lib/test-workspace.ts';
import { turbo } from '../lib/turbo.ts';

await runCommand({
  name: 'test:examples',
  summary: 'Runs each example, and each block of the documentation, with the packed packages.',
  positionals: {
    name: '[name …]',
    description: 'Only these examples: jest, msw …; docs is the documentation',
  },
  examples: ['pnpm test:examples', 'pnpm test:examples jest vitest', 'pnpm test:examples docs'],
  run(_, names) {
    const known = [
      'docs',
      ...readdirSync(`${root}/examples`).filter((name) => !name.includes('.')),
    ];
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new CommandError(
        `There is no example ${JSON.stringify(unknown)}. Expected: ${known.join(', ')}.`,
      );
    if (runInTestWorkspace('dev/test-examples.ts', names)) return;
    turbo('build', ['client', 'mock']);
    const only =
      names.length > 0
        ? [
            '--testNamePattern',
            `examples/(${names.join('|')})$${names.includes('docs') ? '|^docs: ' : ''}`,
          ]
        : [];
    exec(bin('vitest', 'scripts'), ['run', '--config', 'vitest.examples.config.ts', ...only], {
      cwd: `${root}/scripts`,
    });
  },
});
