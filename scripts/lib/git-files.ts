import { posix } from 'node:path';
import { type Files, RefusedFile } from '@org/openapi/read';
import { CommandError } from './cli.ts';
import { git } from './git.ts';

/** The files below a folder of a git tree, which are read from the repository and never written to disk. */
export interface TreeFiles extends Files {
  has(path: string): boolean;
}

const symlink = '120000';

/**
 * The files below a folder at a git ref. Symbolic links are followed below the folder only.
 *
 * @throws {CommandError} if the ref does not exist
 */
export function filesOfTree(ref: string, folder: string): TreeFiles {
  try {
    git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    throw new CommandError(
      `Unknown commit ${JSON.stringify(ref)}. Pass a branch, a tag or a commit as --base; in a shallow clone, run first: git fetch --unshallow --tags`,
    );
  }
  const entries = git('ls-tree', '-r', '-z', '--full-tree', ref, '--', folder).split('\0');
  const objects = new Map<string, { mode: string; id: string }>();
  for (const entry of entries.filter(Boolean)) {
    // `<mode> <type> <object>\t<path>`
    const [meta = '', path = ''] = entry.split('\t');
    const [mode = '', type, id = ''] = meta.split(' ');
    // A tree may have entries named `..`, which no working tree can have.
    if (type === 'blob' && !/(^|\/)\.\.?(\/|$)/.test(path))
      objects.set(posix.relative(folder, path), { mode, id });
  }

  function read(path: string, links = 0): string {
    const object = objects.get(posix.normalize(path));
    if (!object) throw new RefusedFile(`\`${path}\` does not exist.`);
    const text = git('cat-file', 'blob', object.id);
    if (object.mode !== symlink) return text;
    const target = posix.join(posix.dirname(path), text);
    if (links > 8 || text.startsWith('/') || target.startsWith('../')) {
      throw new RefusedFile(
        `\`${path}\` is a symbolic link to a file outside of the document's folder. Copy the file into it.`,
      );
    }
    return read(target, links + 1);
  }

  return { has: (path) => objects.has(path), read: (path) => read(path) };
}
