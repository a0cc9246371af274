import type { Schema } from '../../api/schema.ts';
import { fits } from './fits.ts';
import { fraction } from './random.ts';

/** How a schema writes a time. */
export type TimeUnit = 'seconds' | 'date-time' | 'date';

const day = 24 * 3600;
/** Generated times lie in these years: the past, whenever the mock runs. */
const earliest = Date.UTC(2023, 0, 1) / 1000;
const latest = Date.UTC(2025, 11, 31) / 1000;

const secondsFormats = ['unixtime', 'unix-time', 'unixtimestamp', 'unix-timestamp', 'timestamp'];

/** The unit of a property that is a time; undefined for others. */
export function timeUnitOf(schema: Schema, name: string): TimeUnit | undefined {
  const types = [schema.type ?? []].flat();
  if (types.includes('string') || types.length === 0) {
    if (schema.format === 'date-time' || schema.format === 'date') return schema.format;
    return undefined;
  }
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  const isTime =
    schema.format === undefined
      ? /_at$|[a-z]At$/.test(name)
      : secondsFormats.includes(schema.format) || (schema.format === 'int64' && /_at$/.test(name));
  return isTime && fits(schema, earliest) && fits(schema, latest) ? 'seconds' : undefined;
}

/** Whether the name says that something began: other times of the object come later. */
export function isBeginning(name: string): boolean {
  return /^(created|added|started|opened)/.test(name);
}

/** The time, in Unix seconds, at which the story of an object begins. */
export function beginningOf(seed: number): number {
  return Math.floor(earliest + fraction(seed, 11) * (latest - earliest - 365 * day));
}

/** A time after another one: minutes or months later, more often soon. */
export function later(time: number, seed: number): number {
  const gap = 60 + fraction(seed, 12) ** 2 * 120 * day;
  return Math.min(latest, Math.floor(time + gap));
}

export function writeTime(seconds: number, unit: TimeUnit): number | string {
  if (unit === 'seconds') return seconds;
  const text = new Date(seconds * 1000).toISOString();
  return unit === 'date' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}
