import { posix } from 'node:path';
import ts from 'typescript';
import type { Change } from './change.ts';

/** The declarations of a package that its entries lead to, by file: what consumers compile against. */
export function publicAPI(
  entries: readonly string[],
  read: (path: string) => string | undefined,
): Map<string, string> {
  const surface = new Map<string, string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const source = surface.has(path) ? undefined : read(path);
    if (source === undefined) continue;
    const declarations = declarationsOf(path, source);
    surface.set(path, declarations);
    for (const [, specifier = ''] of declarations.matchAll(/from '(\.[^']+)'|from "(\.[^"]+)"/g)) {
      waiting.push(posix.join(posix.dirname(path), specifier));
    }
  }
  return surface;
}

function declarationsOf(path: string, source: string): string {
  if (path.endsWith('.d.ts')) return source;
  const { outputText } = ts.transpileDeclaration(source, {
    fileName: path,
    compilerOptions: { stripInternal: true, removeComments: true, isolatedDeclarations: true },
  });
  return outputText;
}

/** What changed in a package's declarations: a line that went or changed may break somebody, one that came does not. */
export function compareAPI(
  name: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): Change[] => {
    const [old, now] = [before, after].map((side) => lines(side.get(path)));
    const removed = old?.filter((line) => !now?.includes(line)) ?? [];
    const added = now?.filter((line) => !old?.includes(line)) ?? [];
    const place = `${name} › ${path}`;
    if (removed.length > 0) {
      return [{ verdict: 'breaking', place, message: `A declaration changed: ${removed[0]}` }];
    }
    return added.length > 0
      ? [{ verdict: 'addition', place, message: `A declaration is new: ${added[0]}` }]
      : [];
  });
}

/** Imports say nothing that the lines which use them do not say. */
function lines(declarations = ''): string[] {
  return declarations
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('import ') && !/^[{}();]*$/.test(line));
}
