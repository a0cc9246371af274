import type { Snapshot } from '../index.ts';
import { isObject } from '../lib/is-object.ts';
import { UsageError } from './flags.ts';
import { readJSONFile } from './json-file.ts';

/** What `--data` says that there is. */
export interface InitialData {
  /** Items by collection, or how many to generate. */
  items: Record<string, number | object[]>;
  /** A snapshot, if one of the files is one. */
  snapshot?: Snapshot;
  /** Where the items of a collection come from: `users=250`, or a file. */
  sources: Map<string, string>;
}

/**
 * Reads files with items or a snapshot, and puts them together with counts.
 *
 * @throws {UsageError} that names the file, and what was expected there
 */
export async function readData(
  counts: Readonly<Record<string, number>>,
  paths: readonly string[],
): Promise<InitialData> {
  // Without a prototype: whatever a file calls its collections.
  const items: InitialData['items'] = Object.assign(Object.create(null), counts);
  const data: InitialData = { items, sources: new Map() };
  for (const [name, count] of Object.entries(counts)) data.sources.set(name, `${name}=${count}`);
  for (const path of paths) {
    const content = await readObject(path);
    if ('snapshot' in content) {
      claim(data, 'snapshot', path);
      // The mock itself checks snapshots.
      data.snapshot = content as Snapshot;
      continue;
    }
    for (const [name, value] of Object.entries(content)) {
      claim(data, name, path);
      data.items[name] = itemsOf(path, name, value);
    }
  }
  const file = data.sources.get('snapshot');
  const other = [...data.sources.values()].find((source) => source !== file);
  if (file !== undefined && other !== undefined)
    fail(
      file,
      `a snapshot says what every collection has, so --data ${other} would have no effect`,
    );
  return data;
}

/** Notes where something comes from. Two sources for one thing are an error: one would be passed over. */
function claim({ sources }: InitialData, name: string, path: string): void {
  const other = sources.get(name);
  if (other !== undefined) fail(path, `${name} comes from --data ${other} as well`);
  sources.set(name, path);
}

function itemsOf(path: string, name: string, value: unknown): object[] {
  if (!Array.isArray(value)) fail(path, `expected a list of items in ${JSON.stringify(name)}`);
  const index = value.findIndex((item) => !isObject(item));
  if (index >= 0) fail(path, `expected an object in ${name}[${index}], got ${show(value[index])}`);
  return value;
}

async function readObject(path: string): Promise<object> {
  const content = await readJSONFile('--data', path, 'a file, or a count such as users=250');
  if (!isObject(content)) {
    fail(path, `expected an object such as { "users": […] } or a snapshot, got ${show(content)}`);
  }
  return content;
}

function show(value: unknown): string {
  const text = String(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function fail(path: string, message: string): never {
  throw new UsageError(`--data ${path}: ${message}.`);
}
