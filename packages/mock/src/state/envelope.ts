import type { PageClass } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { responseExample, responseSchema, successOf } from '../api/api.ts';
import { objectOf, shapeOf } from '../api/schema.ts';
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import { project } from './project.ts';
import type { Item } from './store.ts';

/** What is put into an envelope. */
export interface Contents {
  items: readonly Item[];
  hasMore: boolean;
  first: string | null;
  last: string | null;
  /** The cursor of the next page, where the page class has one of its own. */
  next: string | null;
}

/**
 * Makes the body of a list's answer: its page class says where items and cursors go, and what the schema has besides is
 * filled once. Bodies are frozen.
 */
export function compileEnvelope(
  operation: IHttpOperation,
  pageClass: PageClass,
): (contents: Contents) => object {
  const status = successOf(operation);
  const schema = responseSchema(operation, status) ?? {};
  const object = objectOf(schema) ?? {};
  const names = Object.keys(object.properties ?? {});
  const parts = new Set(['data', ...partsOf[pageClass]]);
  const rest = { ...object, properties: { ...object.properties } };
  for (const name of parts) delete rest.properties[name];
  const example = responseExample(operation, status);
  const sources = { items: [], values: {}, isDelete: false, example, seed: 1, root: operation };
  const constant = project(rest, sources) as Record<string, unknown>;
  const nullable = (name: string) => shapeOf(object.properties?.[name], operation).nullable;
  const isRequired = (name: string) => object.required?.includes(name) ?? false;
  // A cursor that is missing is null; where that is not allowed it is left out, or empty.
  const none = (name: string) => (nullable(name) ? null : isRequired(name) ? '' : undefined);
  const noCursor = new Map(names.map((name) => [name, none(name)]));

  return ({ items, hasMore, first, last, next }) => {
    const values: Record<string, unknown> = {
      data: Object.freeze(items),
      has_more: hasMore,
      first_id: first ?? noCursor.get('first_id'),
      last_id: last ?? noCursor.get('last_id'),
      next: next ?? noCursor.get('next'),
    };
    const body: Record<string, unknown> = {};
    for (const name of names) {
      const value = parts.has(name) ? values[name] : constant[name];
      if (value !== undefined) body[name] = value;
    }
    return Object.freeze(body);
  };
}

/** The properties that each page class has besides `data`. */
const partsOf: Record<PageClass, readonly string[]> = {
  ConversationCursorPage: ['has_more', 'first_id', 'last_id'],
  CursorPage: ['has_more', 'first_id', 'last_id'],
  NextCursorPage: ['has_more', 'first_id', 'last_id', 'next'],
  LinkPage: ['has_more', 'first_id', 'last_id'],
  NumberedPage: ['has_more', 'first_id', 'last_id'],
  OffsetPage: ['has_more', 'first_id', 'last_id'],
  Page: ['has_more', 'first_id', 'last_id'],
};

/** An opaque cursor for an item's id. */
export function cursorOf(id: string): string {
  return toBase64url(id);
}

/** The id in a cursor of {@link cursorOf}; undefined where the text is not one. */
export function idInCursor(cursor: string): string | undefined {
  const id = fromBase64url(cursor);
  return cursorOf(id) === cursor ? id : undefined;
}
