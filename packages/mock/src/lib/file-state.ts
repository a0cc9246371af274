import { statSync } from 'node:fs';

/** What tells that a file changed, as far as it can be told without reading it. */
export function stateOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}
