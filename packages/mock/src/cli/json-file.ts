import { readFile } from 'node:fs/promises';
import { UsageError } from './flags.ts';

/**
 * Reads a file that a flag names.
 *
 * @param expected The expected content, for the message about a missing file.
 * @throws {UsageError} that names the flag, the file and what was expected
 */
export async function readJSONFile(flag: string, path: string, expected: string): Promise<unknown> {
  const fail = (message: string): never => {
    throw new UsageError(`${flag} ${path}: ${message}.`);
  };
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') fail(`the file does not exist. Expected ${expected}`);
    fail(`the file cannot be read (${code})`);
  }
  try {
    // A byte order mark is not JSON, but editors write it.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    return fail(`expected JSON: ${(error as Error).message}`);
  }
}
