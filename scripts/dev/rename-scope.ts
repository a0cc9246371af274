// pnpm rename-scope <@scope> [--repository <owner/name>]: makes the packages your own.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { readManifest, root } from '../lib/repo.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'rename-scope',
  summary: 'Renames the packages, in every manifest, import and document, to a scope that you own.',
  flags: {
    repository: {
      type: 'string',
      value: '<owner/name>',
      description: 'The repository on GitHub (default: the scope as owner, with the current name)',
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
    const rename = interrupted(scope) ?? plan(scope, flags.repository);
    // Kept until the end, so that the same command can finish an interrupted rename.
    writeFiles({ [progressFile()]: JSON.stringify(rename) });
    const { oldScope, oldRepository, repository } = rename;
    // Also if a regular expression escapes the slash, or a text has only the scope.
    const ofScope = new RegExp(`${oldScope}(?![\\w-])`, 'g');
    const ofRepository = new RegExp(`github\\.com/${oldRepository}(?![\\w-])`, 'g');
    const changed: Record<string, string> = {};
    for (const path of git('grep', '-lIz', '').split('\0').filter(Boolean)) {
      const text = readFileSync(join(root, path), 'utf8');
      const renamed = text
        .replace(ofScope, scope)
        .replace(ofRepository, `github.com/${repository}`);
      if (renamed !== text) changed[join(root, path)] = renamed;
    }
    writeFiles(changed);
    // Imports are sorted by name, and the names have changed.
    exec(bin('biome'), ['check', '--write', '.'], { output: 'on-failure' });
    console.log(
      `Renamed ${oldScope} to ${scope} in ${Object.keys(changed).length} files (github.com/${repository}).`,
    );
    if (!flags['skip-install']) exec('pnpm', ['install'], { output: 'on-failure' });
    rmSync(progressFile());
    console.log('Next: pnpm check, then commit.');
  },
});

interface Rename {
  scope: string;
  repository: string;
  oldScope: string;
  oldRepository: string;
}

/** The file of an unfinished rename: in `.git`, outside of the working tree. */
function progressFile(): string {
  return resolve(root, git('rev-parse', '--git-path', 'rename-scope.json').trim());
}

/** The rename that this command began and did not finish. */
function interrupted(scope: string): Rename | undefined {
  if (!existsSync(progressFile())) return undefined;
  const rename: Rename = JSON.parse(readFileSync(progressFile(), 'utf8'));
  if (rename.scope === scope) return rename;
  throw new CommandError(
    `The rename to ${rename.scope} was interrupted. Finish it first: pnpm rename-scope ${rename.scope}`,
  );
}

function plan(scope: string, name: string | undefined): Rename {
  if (git('status', '--porcelain') !== '') {
    throw new CommandError(
      'Expected a clean working tree, so that the rename becomes a separate commit. Run: git stash',
    );
  }
  const [oldScope = ''] = readManifest('packages/types').name.split('/');
  const [, oldRepository = ''] = /github\.com\/([^/]+\/[^/#]+)/.exec(readManifest().homepage) ?? [];
  const repository = name ?? `${scope.slice(1)}/${oldRepository.split('/')[1]}`;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new CommandError(
      `Invalid --repository ${JSON.stringify(repository)}: expected owner/name.`,
    );
  }
  return { scope, repository, oldScope, oldRepository };
}
