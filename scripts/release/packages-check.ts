// pnpm packages:check: packs the released packages, and checks the tarballs with consumers' tools.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin } from '../lib/exec.ts';
import { pack, tarballOf } from '../lib/pack.ts';
import { released } from '../lib/repo.ts';
import { turbo } from '../lib/turbo.ts';

await runCommand({
  name: 'packages:check',
  summary: 'Packs the released packages, and runs publint and are-the-types-wrong on the tarballs.',
  run() {
    turbo('build');
    const folder = mkdtempSync(join(tmpdir(), 'packages-'));
    try {
      const problems = Object.keys(released).flatMap((name) => {
        const path = join(folder, tarballOf(name));
        writeFileSync(path, pack(name));
        console.log(name);
        return [
          ...inspect('publint', ['run', path, '--strict']),
          // With `node10`, for which the client has `typesVersions`. Subpaths by patterns are tested in `packed.test.ts`.
          ...inspect('attw', [path, '--profile', 'strict', '--format', 'ascii']),
        ];
      });
      if (problems.length > 0) throw new CommandError(problems.join('\n'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Runs a tool on a tarball, and returns its findings. */
function inspect(tool: string, args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync(bin(tool, 'scripts'), args, { encoding: 'utf8' });
  console.log(`  ${status === 0 ? '✓' : '✗'} ${tool}`);
  return status === 0 ? [] : [`${stdout}${stderr}`];
}
