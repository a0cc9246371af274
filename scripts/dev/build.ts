// pnpm build [package …]: builds what is stale.
import { runCommand } from './lib/cli.ts';
import { turbo } from './lib/turbo.ts';

await runCommand({
  name: 'build',
  summary:
    'Builds the packages, and what they depend on; what is built already comes from the cache.',
  positionals: { name: '[package …]', description: 'Only these packages: client, mock …' },
  run: (_, names) => turbo('build', names),
});
