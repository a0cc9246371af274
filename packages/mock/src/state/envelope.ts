import type { Paging } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { responseExample, responseSchema, successOf } from '../api/api.ts';
import { objectOf, propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import { project } from './project.ts';
import type { Item } from './store.ts';

/** What is put into an envelope. */
export interface Contents {
  items: readonly Item[];
  hasMore: boolean;
  first: string | null;
  last: string | null;
  /** The cursor or the address of the next page, where the page class has one of its own. */
  next: string | number | null;
  /** How many items the whole list has; counted only where the document asks for it. */
  total: number;
  /** How many items a page holds. */
  size: number;
  /** How many items come before the page. */
  skipped: number;
  /** The number or the offset that the request asks for. */
  position: number;
}

/** One value of a body, and where it stands. */
interface Slot {
  path: readonly string[];
  /** Whether it is used for booleans alone: other documents call something else so. */
  isFlag?: boolean;
  read(contents: Contents): unknown;
}

type Maker = (contents: Contents) => Record<string, unknown>;

/**
 * Makes the body of a list's answer: its paging says where items, cursors and counts go, and what the schema has besides
 * is filled once. Bodies are frozen.
 */
export function compileEnvelope(
  operation: IHttpOperation,
  paging: Paging,
): (contents: Contents) => object {
  if (paging.items.length === 0) return ({ items }) => Object.freeze(items);
  const status = successOf(operation);
  const schema = responseSchema(operation, status) ?? {};
  const make = compileObject(schema, slotsOf(paging), {
    operation,
    example: responseExample(operation, status),
  });
  return (contents) => Object.freeze(make(contents));
}

function slotsOf(paging: Paging): Slot[] {
  const { items, next, last, hasMore, total, pages } = paging;
  const at = (path: readonly string[] | undefined, read: Slot['read']): Slot[] =>
    path ? [{ path, read }] : [];
  const known = [
    ...at(items, ({ items: own }) => Object.freeze(own)),
    ...at(next, (contents) => contents.next),
    ...at(last, (contents) => contents.last),
    ...at(hasMore, (contents) => contents.hasMore),
    ...at(total, (contents) => contents.total),
    ...at(pages, ({ total: all, size }) => Math.ceil(all / size)),
  ];
  // What says the same about a page in many documents stands where the others do.
  const holders = new Map(
    [[], ...known.map(({ path }) => path.slice(0, -1))].map((path) => [path.join(), path]),
  );
  const usual = [...holders.values()].flatMap((holder) =>
    Object.entries({ ...usualParts, ...flags }).map(
      ([name, read]): Slot => ({
        path: [...holder, name],
        isFlag: Object.hasOwn(flags, name),
        read,
      }),
    ),
  );
  const taken = new Set(known.map(({ path }) => path.join()));
  return [...known, ...usual.filter(({ path }) => !taken.has(path.join()))];
}

/** What else a page tells about itself, where the document has it and no paging is about it. */
const usualParts: Record<string, Slot['read']> = {
  has_more: ({ hasMore }) => hasMore,
  first_id: ({ first }) => first,
  last_id: ({ last }) => last,
  ...named(
    ['page', 'current_page', 'currentPage', 'page_number', 'pageNumber', 'number'],
    (one) => one.position,
  ),
  ...named(['per_page', 'perPage', 'page_size', 'pageSize', 'limit', 'size'], ({ size }) => size),
  ...named(['offset', 'skip'], ({ skipped }) => skipped),
  ...named(['count', 'numberOfElements'], ({ items }) => items.length),
  ...named(['prev', 'previous', 'prev_cursor', 'previous_cursor'], () => null),
};

/** What Spring's pages tell besides. */
const flags: Record<string, Slot['read']> = {
  first: ({ skipped }) => skipped === 0,
  last: ({ hasMore }) => !hasMore,
  empty: ({ items }) => items.length === 0,
};

function named(names: readonly string[], read: Slot['read']): Record<string, Slot['read']> {
  return Object.fromEntries(names.map((name) => [name, read]));
}

interface Source {
  operation: IHttpOperation;
  example: unknown;
}

/** Compiles an object with slots in it. */
function compileObject(
  schema: Schema | boolean,
  slots: readonly Slot[],
  { operation, example }: Source,
): Maker {
  const object = objectOf(schema) ?? {};
  const names = Object.keys(object.properties ?? {});
  const makers = new Map<string, (contents: Contents) => unknown>();
  for (const name of names) {
    const isFlag = typesOf(propertyOf(object, name), operation).includes('boolean');
    const own = slots.filter((each) => each.path[0] === name && (isFlag || !each.isFlag));
    const [slot] = own.filter(({ path }) => path.length === 1);
    const none = noneOf(object, name, operation);
    if (slot) {
      const write = writerOf(propertyOf(object, name), operation);
      makers.set(name, (contents) => write(slot.read(contents)) ?? none);
    } else if (own.length > 0) {
      const inner = own.map(({ path, read }) => ({ path: path.slice(1), read }));
      const shown = (example as Record<string, unknown> | null | undefined)?.[name];
      const make = compileObject(propertyOf(object, name) ?? {}, inner, {
        operation,
        example: shown,
      });
      makers.set(name, (contents) => {
        const part = make(contents);
        return Object.keys(part).length > 0 || none === '' ? part : none;
      });
    }
  }
  const rest = { ...object, properties: { ...object.properties } };
  for (const name of makers.keys()) delete rest.properties[name];
  const sources = { items: [], values: {}, isDelete: false, example, seed: 1, root: operation };
  const constant = project(rest, sources) as Record<string, unknown>;
  return (contents) => {
    const body: Record<string, unknown> = {};
    for (const name of names) {
      const make = makers.get(name);
      const value = make ? make(contents) : constant[name];
      if (value !== undefined) body[name] = value;
    }
    return body;
  };
}

/** What stands for a value that is missing: null; where that is not allowed it is left out, or empty. */
function noneOf(object: Schema, name: string, root: object): null | '' | undefined {
  if (shapeOf(object.properties?.[name], root).nullable) return null;
  return object.required?.includes(name) ? '' : undefined;
}

/** Writes a value with the type that its property has: an id is a text until then. */
function writerOf(schema: Schema | boolean | undefined, root: object): (value: unknown) => unknown {
  const types = typesOf(schema, root);
  const isNumber = types.some((type) => type === 'integer' || type === 'number');
  if (types.includes('string') && !isNumber)
    return (value) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (isNumber && !types.includes('string'))
    return (value) => (typeof value === 'string' ? Number(value) : value);
  return (value) => value;
}

function typesOf(schema: Schema | boolean | undefined, root: object): string[] {
  return shapeOf(schema, root).alternatives.flatMap(({ type }) => type ?? []);
}

/** An opaque cursor for an item's id. */
export function cursorOf(id: string): string {
  return toBase64url(id);
}

/** The id in a cursor of {@link cursorOf}; undefined where the text is not one. */
export function idInCursor(cursor: string): string | undefined {
  const id = fromBase64url(cursor);
  return cursorOf(id) === cursor ? id : undefined;
}
