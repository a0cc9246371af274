import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { exec } from './exec.ts';
import { git, textsAt } from './git.ts';
import { root } from './repo.ts';

/** Name of a file → its text: `index.d.ts`, and the chunks that it imports. */
export type Declarations = ReadonlyMap<string, string>;

const cache = join(root, 'node_modules/.cache/declarations');

/**
 * The declarations of a package as consumers get them, bundled by the package's own configuration. Takes about two
 * seconds. Generated declarations are left out.
 *
 * @param folder The package: `packages/client`, or a copy of it.
 * @throws {CommandError} if the bundler fails
 */
export function bundleDeclarations(folder: string): Declarations {
  const target = mkdtempSync(join(tmpdir(), 'declarations-'));
  try {
    bundle(join(root, folder), folder, target);
    return read(target);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

/**
 * The same at a git ref, bundled by the working tree's tools and configuration: two bundlers would write one declaration
 * in two ways. Kept below `node_modules/.cache`, since a commit does not change.
 */
export function bundleDeclarationsAt(ref: string, folder: string): Declarations {
  const tree = git('rev-parse', `${ref}:${folder}`).trim();
  const tools = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(readFileSync(join(root, folder, 'tsdown.config.ts')));
  const kept = join(cache, `${tree}-${tools.digest('hex').slice(0, 12)}`);
  if (!existsSync(kept)) {
    const copy = mkdtempSync(join(tmpdir(), 'base-'));
    try {
      for (const [path, text] of textsAt(ref, folder)) {
        mkdirSync(dirname(join(copy, path)), { recursive: true });
        writeFileSync(join(copy, path), text);
      }
      for (const path of ['node_modules', join(folder, 'node_modules'), 'tsconfig.base.json']) {
        symlinkSync(join(root, path), join(copy, path));
      }
      const target = join(copy, 'declarations');
      bundle(join(copy, folder), folder, target);
      mkdirSync(cache, { recursive: true });
      cpSync(target, kept, { recursive: true });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
  return read(kept);
}

/** Bundles sources by the working tree's tools and configuration: a configuration at a ref is unreviewed code. */
function bundle(sources: string, folder: string, target: string): void {
  const config = join(root, 'scripts/lib/bundle-declarations.config.ts');
  const own = join(root, folder);
  exec(process.execPath, [join(own, 'node_modules/tsdown/dist/run.mjs'), '--config', config], {
    cwd: sources,
    env: {
      DECLARATIONS_OF: sources,
      DECLARATIONS_BY: join(own, 'tsdown.config.ts'),
      DECLARATIONS_TO: target,
    },
    output: 'on-failure',
  });
}

function read(folder: string): Declarations {
  const files = globSync('*.d.ts', { cwd: folder });
  return new Map(files.map((file) => [basename(file), readFileSync(join(folder, file), 'utf8')]));
}
