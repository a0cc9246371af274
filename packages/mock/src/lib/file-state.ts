import { type Stats, statSync } from 'node:fs';

/** Undefined for a file that is missing or cannot be reached, such as one below another file. */
export function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** What tells that a file changed, as far as it can be told without reading it. */
export function stateOf(file: string): string {
  const { mtimeMs, size, ino } = statsOf(file) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}
