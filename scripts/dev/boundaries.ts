// pnpm boundaries: checks that packages import only packages that their manifests list.
import { runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';

await runCommand({
  name: 'boundaries',
  summary:
    'Fails if a package imports a file of another package, or a package that its manifest does not list.',
  run: () => exec(bin('turbo'), ['boundaries'], { output: 'on-failure' }),
});
