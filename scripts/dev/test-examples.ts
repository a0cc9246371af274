// pnpm test:examples [name …]: installs the examples from the packed packages, and runs them.
import { runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { root } from '../lib/repo.ts';
import { turbo } from '../lib/turbo.ts';

await runCommand({
  name: 'test:examples',
  summary: 'Installs each example outside of the workspace from the packed packages, and runs it.',
  positionals: { name: '[name …]', description: 'Only these examples: jest, msw …' },
  examples: ['pnpm test:examples', 'pnpm test:examples jest vitest'],
  run(_, names) {
    turbo('build', ['client', 'mock']);
    const only = names.length > 0 ? ['--testNamePattern', `examples/(${names.join('|')})$`] : [];
    exec(bin('vitest', 'scripts'), ['run', '--config', 'vitest.examples.config.ts', ...only], {
      cwd: `${root}/scripts`,
    });
  },
});
