import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseDocument, visit } from 'yaml';

/** The file, and every file that it refers to, directly or through others. Files that cannot be read refer to none. */
export function specFiles(main: string): string[] {
  const files = new Set([main]);
  // A set is iterated in the order of insertion, and new entries are visited too.
  for (const file of files) {
    for (const reference of referencesIn(file)) files.add(resolve(dirname(file), reference));
  }
  return [...files];
}

/** The relative addresses of other files: `$ref` anywhere, and `externalValue` of examples. */
function referencesIn(file: string): string[] {
  const references: string[] = [];
  const text = read(file);
  if (text === undefined) return references;
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      const [name, target] = [key, value].map(
        (node) => (node as { value?: unknown } | null)?.value,
      );
      if ((name !== '$ref' && name !== 'externalValue') || typeof target !== 'string') return;
      const [path = ''] = target.split('#');
      if (path && !/^[a-z][a-z0-9+.-]*:/i.test(path)) references.push(path);
    },
  });
  return references;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Calls back when the spec has other contents than before: the main file, or one that it refers to.
 *
 * @returns a function that ends the watch
 */
export function watchSpec(main: string, onChange: () => void, delay = 100): () => void {
  const watchers = new Map<string, FSWatcher>();
  let files: string[] = [];
  let contents = '';
  let timer: NodeJS.Timeout | undefined;

  function look(): boolean {
    const before = contents;
    files = specFiles(main);
    contents = JSON.stringify(files.map((file) => [file, read(file)]));
    // Folders, and not files: editors write a new file in place of the old one.
    const folders = new Set(files.map((file) => dirname(file)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) if (!watchers.has(folder)) watchFolder(folder);
    return contents !== before;
  }

  function watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        const isOurs = files.some((file) => dirname(file) === folder && basename(file) === name);
        if (name !== null && !isOurs) return;
        clearTimeout(timer);
        timer = setTimeout(() => look() && onChange(), delay);
      });
      watcher.on('error', () => watchers.delete(folder));
      watchers.set(folder, watcher);
    } catch {
      // A folder that does not exist yet: the file that refers to it will change again.
    }
  }

  look();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}
