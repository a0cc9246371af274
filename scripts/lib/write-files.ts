import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';

/**
 * Writes files, all or none: each is written beside its target first, and renamed once all of them are on the disk.
 * A full disk changes no file, and a killed process leaves every file complete. Keeps the mode of a file, and a
 * symbolic link to it. Creates folders.
 *
 * @param files Absolute path → its new content.
 * @throws {CommandError} if a file cannot be written, with the reason; no file has changed then.
 * @example
 * writeFiles({ [join(root, 'packages/types/package.json')]: text });
 */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): void {
  const written: { temporary: string; target: string }[] = [];
  let current = '';
  try {
    for (const [path, content] of Object.entries(files)) {
      current = path;
      const target = existsSync(path) ? realpathSync(path) : path;
      mkdirSync(dirname(target), { recursive: true });
      removeLeftovers(target);
      const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      written.push({ temporary, target });
      writeWhole(temporary, content);
      if (existsSync(target)) chmodSync(temporary, statSync(target).mode);
    }
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    const path = current.startsWith(root) ? relative(root, current) : current;
    const reason = code === 'ENOSPC' ? 'no space left on the disk' : message;
    throw new CommandError(`Could not write ${path}: ${reason}. No file was changed.`);
  }
  for (const { temporary, target } of written) renameSync(temporary, target);
}

function writeWhole(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, content);
    // Some file systems report a full disk only here.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes temporary files of processes that were killed while they wrote this file. */
function removeLeftovers(target: string): void {
  const prefix = `.${basename(target)}.`;
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(prefix)) continue;
    const [, id] = /^(\d+)\.tmp$/.exec(name.slice(prefix.length)) ?? [];
    if (id && !isRunning(Number(id))) rmSync(join(dirname(target), name), { force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
