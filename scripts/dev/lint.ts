// pnpm lint: checks format, imports and lint rules.
import { runCommand } from './lib/cli.ts';
import { bin, exec } from './lib/exec.ts';

await runCommand({
  name: 'lint',
  summary: 'Checks formatting, the order of imports, and lint rules with Biome.',
  run: () => exec(bin('biome'), ['check', '.'], { fix: 'pnpm format' }),
});
