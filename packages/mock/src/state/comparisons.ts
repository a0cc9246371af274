import { valueIn } from '@org/codegen/item-id';
import type { Comparison } from '@org/codegen/model';
import type { Item } from './store.ts';

const holds: Record<Comparison, (order: number) => boolean> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  ne: (order) => order !== 0,
};

/** Whether the property of an item is greater or less than all given values, as numbers, times or texts. */
export function compareTo(
  property: string,
  values: readonly string[],
  comparison: Comparison,
): (item: Item) => boolean {
  return (item) => {
    const own = valueIn(item, property);
    return values.every((value) => {
      const order = orderOf(own, value);
      return order === undefined ? comparison === 'ne' : holds[comparison](order);
    });
  };
}

/** Negative where a value comes before another one; undefined where they cannot be compared. */
function orderOf(own: unknown, value: string): number | undefined {
  if (typeof own === 'number') {
    const number = Number(value);
    // A time as seconds or milliseconds, compared with one that is written out.
    const other = Number.isNaN(number) ? Date.parse(value) / (own < 1e11 ? 1000 : 1) : number;
    return Number.isNaN(other) ? undefined : own - other;
  }
  if (typeof own === 'boolean') return own === (value === 'true') ? 0 : 1;
  if (typeof own !== 'string') return undefined;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  // A day has all of its times.
  if (isDay && isTime(own)) return textOrder(own.slice(0, 10), value);
  return isTime(own) && isTime(value) ? Date.parse(own) - Date.parse(value) : textOrder(own, value);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}

function textOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
