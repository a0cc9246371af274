import { isRecord } from '../document/json.ts';

/**
 * Whether a node of the old document is deprecated, and the date of its `x-sunset` has passed. A date that cannot be
 * read has not.
 *
 * @param today The day in UTC: `2026-11-29`.
 */
export function isPastSunset(node: unknown, today: string): boolean {
  if (!isRecord(node) || node['deprecated'] !== true) return false;
  const sunset = node['x-sunset'];
  if (typeof sunset !== 'string') return false;
  const time = Date.parse(sunset);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) < today;
}
