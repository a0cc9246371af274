import type { Paging } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { responseExample, responseSchema, successOf } from '../api/api.ts';
import { objectOf, propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import {
  type Contents,
  type FoundPart,
  findParts,
  isAddress,
  isCounted,
  type ReadPart,
} from './page-parts.ts';
import { project } from './project.ts';

type Maker = (contents: Contents) => Record<string, unknown>;

export interface Envelope {
  /** Makes the body of an answer, which is frozen. */
  make(contents: Contents): object;
  /** Whether the body says how many items there are. */
  isCounted: boolean;
  /** Whether the body has addresses of pages besides that of the next one. */
  isAddressed: boolean;
}

/**
 * Makes the body of a list's answer: its paging says where items, cursors and counts go, other parts are known by their
 * names, and what the schema has besides is filled once.
 */
export function compileEnvelope(operation: IHttpOperation, paging: Paging): Envelope {
  if (paging.items.length === 0)
    return { make: ({ items }) => Object.freeze(items), isCounted: false, isAddressed: false };
  const status = successOf(operation);
  const schema = responseSchema(operation, status) ?? {};
  const slots = slotsOf(paging, schema, operation);
  const make = compileObject(schema, slots, {
    operation,
    example: responseExample(operation, status),
  });
  return {
    make: (contents) => Object.freeze(make(contents)),
    isCounted: slots.some(isCounted),
    isAddressed: slots.some(isAddress),
  };
}

function slotsOf(paging: Paging, schema: Schema, root: object): FoundPart[] {
  const { items, next, last, hasMore, total, pages } = paging;
  const at = (path: readonly string[] | undefined, read: ReadPart): FoundPart[] =>
    path ? [{ path, read }] : [];
  const known = [
    ...at(items, ({ items: own }) => Object.freeze(own)),
    ...at(next, (contents) => contents.next),
    ...at(last, (contents) => contents.last),
    ...at(hasMore, (contents) => contents.hasMore),
    ...at(total, (contents) => contents.total),
    ...at(pages, ({ total: all, size }) => Math.ceil(all / size)),
  ];
  const taken = new Set(known.map(({ path }) => path.join()));
  return [
    ...known,
    ...findParts(
      schema,
      root,
      known.map(({ path }) => path),
    ).filter(({ path }) => !taken.has(path.join())),
  ];
}

interface Source {
  operation: IHttpOperation;
  example: unknown;
}

/** Compiles an object with slots in it. */
function compileObject(
  schema: Schema | boolean,
  slots: readonly FoundPart[],
  { operation, example }: Source,
): Maker {
  const object = objectOf(schema) ?? {};
  const names = Object.keys(object.properties ?? {});
  const makers = new Map<string, (contents: Contents) => unknown>();
  for (const name of names) {
    const own = slots.filter((each) => each.path[0] === name);
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
