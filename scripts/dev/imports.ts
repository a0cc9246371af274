// pnpm imports [--graph [folder]]: finds cycles of imports, or draws who imports whom.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin } from '../lib/exec.ts';
import { root } from '../lib/repo.ts';

await runCommand({
  name: 'imports',
  summary: 'Fails if files or folders import each other in a cycle, type-only imports included.',
  flags: {
    graph: {
      type: 'boolean',
      description: 'Print a Mermaid graph instead: packages, or the files of one',
    },
  },
  positionals: { name: '[folder]', description: 'Only this folder: packages/client/src' },
  examples: ['pnpm imports', 'pnpm imports --graph', 'pnpm imports --graph packages/client/src'],
  run({ graph }, [folder]) {
    const folders = folder ? [folder] : ['scripts', ...globSync('packages/*/src', { cwd: root })];
    const collapse = folder ? [] : ['--collapse', '^(packages/[^/]+|scripts)'];
    const only = ['--include-only', folder ? `^${folder}` : '^(packages|scripts)/'];
    const args = graph
      ? ['--output-type', 'mermaid', ...only, ...collapse, ...folders]
      : ['--output-type', 'err', ...folders];
    const config = ['--config', 'scripts/dependency-cruiser.json'];
    const { status } = spawnSync(bin('depcruise', 'scripts'), [...config, ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new CommandError('Move the shared code to a separate file.');
  },
});
