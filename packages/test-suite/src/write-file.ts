import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file as a whole or not at all: beside its target first, which a full disk or the end of the process leaves. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
