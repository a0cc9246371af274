import type { Item, Schema } from '../api/types.ts';

/** How many columns a page of items has at most. */
const most = 7;

/**
 * The properties to show as columns: the id, then informative ones. A property that is the same in every item
 * of the page, or an object, tells rows apart badly; it is in the item itself.
 */
export function columnsOf(
  items: readonly Item[],
  schema: Schema | undefined,
  id: string,
): string[] {
  const names = new Set([
    ...(schema?.required ?? []),
    ...Object.keys(schema?.properties ?? {}),
    ...items.flatMap((item) => Object.keys(item)),
  ]);
  names.delete(id);
  const varied = [...names].filter((name) => {
    const values = items.map((item) => item[name]);
    const plain = values.every((value) => typeof value !== 'object' || value === null);
    return plain && new Set(values).size > Math.min(1, items.length - 1);
  });
  return [id, ...varied.sort((a, b) => weight(items, b) - weight(items, a)).slice(0, most - 1)];
}

/** How many different values there are, text before numbers before booleans. */
function weight(items: readonly Item[], name: string): number {
  const values = items
    .map((item) => item[name])
    .filter((value) => value !== undefined && value !== null);
  const kinds = { string: 3, number: 2, boolean: 1 };
  const kind = kinds[typeof values[0] as keyof typeof kinds] ?? 0;
  return kind * 1000 + new Set(values).size;
}

/** How wide each column is, in characters: as its longest text, within limits. */
export function widthsOf(names: readonly string[], rows: readonly string[][]): number[] {
  return names.map((name, column) => {
    const lengths = rows.map((row) => row[column]?.length ?? 0);
    return Math.min(36, Math.max(6, name.length, ...lengths)) + 1;
  });
}

/** A value in one line. Times are shown as dates if the schema declares them. */
export function cellText(value: unknown, schema: Schema | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number' && isTime(schema)) return formatDate(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isTime(schema: Schema | undefined): boolean {
  if (/^unix-?time/.test(schema?.format ?? '')) return true;
  return [...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])].some(isTime);
}

function formatDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime())
    ? String(seconds)
    : date.toISOString().slice(0, 16).replace('T', ' ');
}
