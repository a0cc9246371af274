import { objectOf, type Schema } from '../api/schema.ts';
import type { Item } from './store.ts';

/** What a request wants of an item, by the names of its properties. */
export type Changes = Record<string, unknown>;

/** The properties of a body that its item has. */
export function changesIn(schema: Schema, body: unknown): Changes {
  const { properties = {}, additionalProperties } = objectOf(schema) ?? {};
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const entries = Object.entries(propertiesOf(body));
  return Object.fromEntries(entries.filter(([name]) => isOpen || Object.hasOwn(properties, name)));
}

/** An item without what a replacing body could have said, and did not; what the schema requires stays. */
export function withoutProperties(
  item: Item,
  replaced: readonly string[],
  schema: Schema,
): Changes {
  const required = objectOf(schema)?.required ?? [];
  const isKept = (name: string) => !replaced.includes(name) || required.includes(name);
  return Object.fromEntries(Object.entries(item).filter(([name]) => isKept(name)));
}

/** A copy of a body's properties; none where it is not an object. */
export function propertiesOf(body: unknown): Changes {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (structuredClone(body) as Changes)
    : {};
}
