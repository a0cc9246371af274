import { type Schema, shapeOf, unionOf } from '../api/schema.ts';
import { branchOf } from './branch.ts';
import type { Changes } from './changes.ts';
import { marksDeletion } from './generate/deletion.ts';
import type { Item } from './store.ts';

/** An item that was deleted: it says so, if it has a boolean for that. */
export function marked(item: Item): Item {
  const marks = Object.keys(item).filter((name) => item[name] === false && marksDeletion(name));
  return marks.length === 0
    ? item
    : Object.freeze({ ...item, ...Object.fromEntries(marks.map((name) => [name, true])) });
}

/**
 * What is to change of an item that says that it is deleted, so that it does not say so any more: a boolean becomes
 * false, and a time null, or it goes. A state, such as `status: 'deleted'`, is again what it was.
 *
 * @param before finds what a property was before
 */
export function unmarked(
  item: Item,
  schema: Schema,
  before: (property: string, fits: (value: unknown) => boolean) => unknown,
): Changes {
  const { properties } = unionOf(schema) ?? {};
  const { required = [] } = branchOf(schema, item) ?? {};
  const isDeletion = (value: unknown) => typeof value === 'string' && marksDeletion(value);
  const isState = (name: string) =>
    shapeOf(properties?.[name], schema).alternatives.some((one) => one.enum);
  const entries = Object.entries(item).flatMap(([name, value]): [string, unknown][] => {
    if (isDeletion(value) && isState(name)) {
      const past = before(name, (one) => one !== undefined && !isDeletion(one));
      return past === undefined ? [] : [[name, past]];
    }
    if (!marksDeletion(name) || value === null) return [];
    if (typeof value === 'boolean') return value ? [[name, false]] : [];
    if (shapeOf(properties?.[name], schema).nullable) return [[name, null]];
    return required.includes(name) ? [] : [[name, undefined]];
  });
  return Object.fromEntries(entries);
}
