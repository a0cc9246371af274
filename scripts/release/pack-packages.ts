// pnpm pack:packages [--out <folder>]: builds and packs the released packages as they are, to install them elsewhere.
import { join, resolve } from 'node:path';
import { runCommand } from '../lib/cli.ts';
import { buildReleased, pack, tarballOf } from '../lib/pack.ts';
import { readManifest, released, root } from '../lib/repo.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'pack:packages',
  summary: 'Builds and packs the released packages as they are, and prints how to install them.',
  flags: {
    out: {
      type: 'string',
      value: '<folder>',
      default: 'dist/packages',
      description: 'The folder for the tarballs (default: dist/packages)',
    },
  },
  examples: ['pnpm pack:packages --out /tmp/packages'],
  run({ out }) {
    buildReleased();
    const folder = resolve(root, out);
    const names = Object.keys(released);
    writeFiles(
      Object.fromEntries(names.map((name) => [join(folder, tarballOf(name)), pack(name)])),
    );
    const file = (name: string) => quote(join(folder, tarballOf(name)));
    console.log(`Packed ${names.map((name) => `${name}@${versionOf(name)}`).join(', ')}.`);
    console.log('To install them in another folder:\n');
    console.log(`npm install ${file('@org/client')}`);
    console.log(`npm install --save-dev ${file('@org/mock')}`);
    console.log(`npm install --save-dev ${file('@org/types')}`);
  },
});

function versionOf(name: string): string {
  return readManifest(released[name as keyof typeof released].folder).version;
}

/** A path as a shell takes it for one argument. */
function quote(path: string): string {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
