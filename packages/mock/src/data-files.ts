import { readFile } from 'node:fs/promises';
import { UsageError } from './flags.ts';

/** What the files of `--data` hold. */
export interface DataFiles {
  /** Items by collection. */
  items: Record<string, object[]>;
  /** A snapshot, if one of the files is one. */
  snapshot?: object;
  /** The file that the items of a collection come from. */
  sources: Record<string, string>;
}

/**
 * Reads files with items or a snapshot.
 *
 * @throws {UsageError} that names the file, and what was expected there
 */
export async function readDataFiles(paths: readonly string[]): Promise<DataFiles> {
  const data: DataFiles = { items: {}, sources: {} };
  for (const path of paths) {
    const content = await readObject(path);
    if ('snapshot' in content) {
      data.snapshot = content;
      data.sources['snapshot'] = path;
      continue;
    }
    for (const [name, items] of Object.entries(content)) {
      if (!Array.isArray(items)) fail(path, `expected a list of items in ${JSON.stringify(name)}`);
      const index = items.findIndex((item) => !isObject(item));
      if (index >= 0)
        fail(path, `expected an object in ${name}[${index}], got ${show(items[index])}`);
      if (name in data.sources) fail(path, `${name} is in ${data.sources[name]} as well`);
      data.items[name] = items;
      data.sources[name] = path;
    }
  }
  return data;
}

async function readObject(path: string): Promise<object> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      fail(path, 'there is no such file. Expected a file, or a count such as users=250');
    }
    fail(path, `the file cannot be read (${code})`);
  }
  let content: unknown;
  try {
    // A byte order mark is not JSON, but editors write it.
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    fail(path, `expected JSON: ${(error as Error).message}`);
  }
  if (!isObject(content)) {
    fail(path, `expected an object such as { "users": […] } or a snapshot, got ${show(content)}`);
  }
  return content;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = String(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function fail(path: string, message: string): never {
  throw new UsageError(`--data ${path}: ${message}.`);
}
