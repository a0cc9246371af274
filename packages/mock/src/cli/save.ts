import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Snapshot } from '../index.ts';
import { writeFileWhole } from '../lib/write-file.ts';
import { UsageError } from './flags.ts';

/** Whether a file can be written, before the time is spent that it takes to copy a server. @throws {UsageError} */
export function checkSave(path: string): void {
  const folder = dirname(path);
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing?.isDirectory())
    throw new UsageError(`--save ${path}: expected a file, not a folder.`);
  if (existing && !existing.isFile())
    throw new UsageError(`--save ${path}: expected a file, not a device or a pipe.`);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'does not exist' : 'cannot be written to';
    throw new UsageError(`--save ${path}: the folder ${folder} ${reason}.`);
  }
}

/** Writes a snapshot into a file that `--data` takes. @throws {Error} that says why it could not */
export function save(path: string, snapshot: Snapshot): void {
  try {
    writeFileWhole(path, textOf(snapshot));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOSPC' ? 'no space left on the disk' : message;
    throw new Error(`--save ${path}: ${reason}. The file was not changed.`);
  }
}

/** JSON with a line for each item, in pieces: as one text, it could be longer than texts can be. */
function* textOf({ collections, ...rest }: Snapshot): Generator<string> {
  const head = JSON.stringify(rest).slice(0, -1);
  yield `${head},"collections":{`;
  let isFirst = true;
  for (const [name, { scopes, ...collection }] of Object.entries(collections)) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(name)}:${JSON.stringify(collection).slice(0, -1)},"scopes":[`;
    isFirst = false;
    for (const [i, { scope, store }] of scopes.entries()) {
      const { changed, ...others } = store;
      yield `${i > 0 ? ',' : ''}\n{"scope":${JSON.stringify(scope)},"store":${JSON.stringify(others).slice(0, -1)},"changed":[`;
      for (const [at, change] of changed.entries())
        yield `${at > 0 ? ',' : ''}\n${JSON.stringify(change)}`;
      yield ']}}';
    }
    yield ']}';
  }
  yield '}}\n';
}
