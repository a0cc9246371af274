// pnpm release:publish [--snapshot <name>]: builds and publishes what the registry does not have yet.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reporting } from './lib/cli.ts';
import { root, SpecError } from './lib/spec.ts';

await reporting(async () => {
  const { values: flags } = parseArgs({ options: { snapshot: { type: 'string' } } });
  if (flags.snapshot !== undefined && !/^[a-z][a-z0-9-]*$/.test(flags.snapshot)) {
    throw new SpecError(
      `--snapshot must be a name of small letters, digits and dashes, not ${JSON.stringify(flags.snapshot)}.`,
    );
  }
  const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md'));
  if (flags.snapshot === undefined && pending.length > 0) {
    console.log(`Nothing to publish: ${pending.join(', ')} waits for the release's pull request.`);
    return;
  }
  if (flags.snapshot !== undefined) {
    if (pending.length === 0)
      throw new SpecError('A snapshot needs a changeset. Run: pnpm changeset');
    run('changeset', 'version', '--snapshot', flags.snapshot);
  }
  run('turbo', 'run', 'build', '--filter=./packages/*');
  const tag = flags.snapshot === undefined ? [] : ['--no-git-tag', '--tag', flags.snapshot];
  run('changeset', 'publish', ...tag);
  if (flags.snapshot === undefined && process.env['GITHUB_ACTIONS'] === 'true') {
    execFileSync('git', ['push', '--follow-tags'], { cwd: root, stdio: 'inherit' });
  }
});

function run(command: string, ...args: string[]): void {
  try {
    execFileSync(join(root, 'node_modules/.bin', command), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
  } catch {
    throw new SpecError(`${command} ${args.join(' ')} failed. What it said stands above.`);
  }
}
