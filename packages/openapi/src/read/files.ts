import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

/** The source of a document and its parts. Paths are relative to one folder, with slashes. */
export interface Files {
  /** @throws {RefusedFile} for a file that does not exist or must not be read */
  read(path: string): string;
}

/** A file that is not read. The message has the reason and the fix. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
}

/** Larger files are data, not documents. */
const maxFileSize = 64 * 2 ** 20;

/**
 * The files below a folder. The target of a symbolic link has to be below it as well, so that a document cannot name a
 * file that its folder does not have.
 */
export function filesBelow(folder: string): Files {
  return {
    read(path) {
      const root = realpathSync(folder);
      const file = realPath(join(root, path), path);
      const inside = relative(root, file);
      if (inside === '..' || inside.startsWith(`..${sep}`) || inside === file) {
        const isAbove = posix.normalize(path).startsWith('../');
        const what = isAbove ? 'is' : 'is a symbolic link to a file';
        throw new RefusedFile(
          `\`${path}\` ${what} outside of the document's folder. Copy the file into it, or pass a folder that holds both as --root.`,
        );
      }
      const { size, ...stats } = statSyncOf(file);
      if (!stats.isFile) throw new RefusedFile(`\`${path}\` is not a file.`);
      if (size > maxFileSize) {
        throw new RefusedFile(`\`${path}\` has ${size} bytes: at most ${maxFileSize} are read.`);
      }
      return decode(readFileSync(file), path);
    },
  };
}

/** @throws {RefusedFile} for what is not a text, or has an encoding that nothing says */
function decode(bytes: Uint8Array, path: string): string {
  // Some shells write what a command prints in UTF-16, with such a mark.
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // It has bytes that are no characters.
  }
  throw new RefusedFile(`\`${path}\` is not a text in UTF-8. Save it as UTF-8.`);
}

function statSyncOf(file: string): { size: number; isFile: boolean } {
  const stats = statSync(file);
  return { size: stats.size, isFile: stats.isFile() };
}

function realPath(file: string, path: string): string {
  try {
    return realpathSync(file);
  } catch {
    throw new RefusedFile(`\`${path}\` does not exist.`);
  }
}

/**
 * The path of the file that a reference points to, relative to the file with the reference.
 *
 * @param from the file with the reference: `paths/users.yaml`
 * @param reference without its fragment: `../schemas/user.yaml`
 * @throws {RefusedFile} for anything but a file below the folder: a URL, an absolute path, a path out of the folder
 */
export function pathOf(from: string, reference: string): string {
  const shown = `\`${reference}\``;
  if (/^(https?:)?\/\//i.test(reference)) {
    throw new RefusedFile(
      `${shown} is a URL, and URLs are never fetched. Save the file beside the document, and refer to the copy.`,
    );
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) {
    throw new RefusedFile(
      `${shown} is not a relative path. Refer to a file in the document's folder, such as \`schemas/user.yaml\`.`,
    );
  }
  if (reference.startsWith('/') || reference.includes('\\') || reference.includes('\0')) {
    throw new RefusedFile(
      `${shown} is not a relative path with slashes. Refer to a file in the document's folder, such as \`schemas/user.yaml\`.`,
    );
  }
  const path = posix.join(posix.dirname(from), reference);
  if (path === '..' || path.startsWith('../')) {
    throw new RefusedFile(
      `${shown} is outside of the document's folder. Move the file into it, or pass a folder that holds both as --root.`,
    );
  }
  return path;
}
