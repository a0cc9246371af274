// pnpm rename-scope <@scope> [--repository <owner/name>]: makes the packages your own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { readManifest, root } from '../lib/repo.ts';

await runCommand({
  name: 'rename-scope',
  summary: 'Renames the packages, in every manifest, import and document, to a scope that you own.',
  flags: {
    repository: {
      type: 'string',
      value: '<owner/name>',
      description: "The repository on GitHub (default: the scope's, with today's name)",
    },
    'skip-install': { type: 'boolean', description: 'Do not link the renamed packages' },
  },
  positionals: { name: '<@scope>', description: 'The scope on npm: @acme' },
  examples: ['pnpm rename-scope @acme', 'pnpm rename-scope @acme --repository acme/openai-admin'],
  run(flags, [scope = '']) {
    if (!/^@[a-z0-9][a-z0-9-]*$/.test(scope)) {
      throw new CommandError(
        `Invalid scope ${JSON.stringify(scope)}: expected @ and a name of lower-case letters, digits and dashes, such as @acme.`,
      );
    }
    if (git('status', '--porcelain') !== '') {
      throw new CommandError(
        'Expected a clean working tree, so that the rename is a commit of its own. Run: git stash',
      );
    }
    const [oldScope = ''] = readManifest('packages/types').name.split('/');
    const [, oldRepository = ''] =
      /github\.com\/([^/]+\/[^/#]+)/.exec(readManifest().homepage) ?? [];
    const repository = flags.repository ?? `${scope.slice(1)}/${oldRepository.split('/')[1]}`;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw new CommandError(
        `Invalid --repository ${JSON.stringify(repository)}: expected owner/name.`,
      );
    }

    // Also where a regular expression escapes the slash, or a text has the scope alone.
    const ofScope = new RegExp(`${oldScope}(?![\\w-])`, 'g');
    let changed = 0;
    for (const path of git('grep', '-lIz', '').split('\0').filter(Boolean)) {
      const text = readFileSync(join(root, path), 'utf8');
      const renamed = text
        .replace(ofScope, scope)
        .replaceAll(`github.com/${oldRepository}`, `github.com/${repository}`);
      if (renamed === text) continue;
      writeFileSync(join(root, path), renamed);
      changed += 1;
    }
    // Imports are sorted by name, and the names have changed.
    exec(bin('biome'), ['check', '--write', '.'], { output: 'on-failure' });
    console.log(`Renamed ${oldScope} to ${scope} in ${changed} files (github.com/${repository}).`);
    if (!flags['skip-install']) exec('pnpm', ['install'], { output: 'on-failure' });
    console.log('Next: pnpm check, then commit.');
  },
});
