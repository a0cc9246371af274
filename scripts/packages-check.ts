// pnpm packages:check: packs what would be published, and looks at it as the tools of its consumers will.
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'packages-'));

try {
  execFileSync(
    'pnpm',
    ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const tarballs = globSync('org-{types,client,mock}-*.tgz', { cwd: folder }).sort();
  if (tarballs.length !== 3)
    throw new Error(`Expected three tarballs, not ${tarballs.join(', ')}.`);
  for (const tarball of tarballs) {
    const path = join(folder, tarball);
    console.log(`\n${tarball}`);
    look('publint', ['run', path, '--strict']);
    // `node16` leaves out the resolution of Node.js 10, which knows no subpaths.
    look('attw', [path, '--profile', 'node16', '--format', 'ascii']);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function look(tool: string, args: string[]): void {
  const command = join(root, 'scripts/node_modules/.bin', tool);
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  console.log(`  ${status === 0 ? '✓' : '✗'} ${tool}`);
  if (status === 0) return;
  process.exitCode = 1;
  console.error(stdout, stderr);
}
