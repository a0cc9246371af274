import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How many characters are written at once. */
const chunk = 1_000_000;

/**
 * Writes a file beside its target and renames it once it is whole: whoever reads the target finds the file as it was, or
 * as it is. A new file can be read by its owner alone; another one keeps its mode, and the link that leads to it.
 *
 * @param pieces the text, of which no more than a piece is in memory
 * @throws {Error} of the file system; the target has not changed then
 */
export function writeFileWhole(path: string, pieces: Iterable<string>): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  // Renaming would put a file in the place of a device such as /dev/null.
  if (existing && !existing.isFile()) throw new Error(`${path} is not a file`);
  const target = existing ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    // What somebody else put here before, such as a link, is not written to.
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      let text = '';
      for (const piece of pieces) {
        text += piece;
        if (text.length < chunk) continue;
        writeAll(file, text);
        text = '';
      }
      writeAll(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (existing) chmodSync(temporary, existing.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
