// pnpm format: fixes what pnpm lint finds and can be fixed.
import { runCommand } from './lib/cli.ts';
import { bin, exec } from './lib/exec.ts';

await runCommand({
  name: 'format',
  summary: 'Fixes formatting, imports and auto-fixable lint errors with Biome.',
  run: () => exec(bin('biome'), ['check', '--write', '.']),
});
