// pnpm typecheck [package …]: type-checks every package.
import { runCommand } from './lib/cli.ts';
import { turbo } from './lib/turbo.ts';

await runCommand({
  name: 'typecheck',
  summary: 'Type-checks the packages and the scripts.',
  positionals: { name: '[package …]', description: 'Only these packages: client, mock …' },
  run: (_, names) => turbo('typecheck', names),
});
