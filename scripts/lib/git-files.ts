import { posix } from 'node:path';
import { type Files, RefusedFile } from '@org/openapi/read';
import { type Blob, blobsAt, git } from './git.ts';

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
  const objects = new Map<string, Blob>();
  for (const blob of blobsAt(ref, folder)) {
    // A tree may have entries named `..`, which no working tree can have.
    if (!/(^|\/)\.\.?(\/|$)/.test(blob.path)) objects.set(posix.relative(folder, blob.path), blob);
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
