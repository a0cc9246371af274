import {
  type Document,
  itemsOf,
  type OperationObject,
  type ParameterObject,
  type Schema,
  shapeOf,
  typesOf,
} from '@org/openapi';
import { envelopeNames, plainName, propertyNames } from './page-names.ts';

/** The parts of an operation that are read. */
export interface ListSource {
  id: string;
  path: string;
  object: OperationObject;
  query: readonly ParameterObject[];
  /** The schema of the body of the successful response. */
  body: Schema | undefined;
}

export interface PagingProblem {
  id: 'page-cursor' | 'page-style' | 'x-client';
  message: string;
  /** The query parameter that it is about. */
  parameter?: string | undefined;
}

/** The location of a list's items in a body. */
export interface ListItems {
  /** Empty if the body itself is the array. */
  path: string[];
  item: Schema;
  /** Whether it is a list whatever parameters the operation has. */
  certain: boolean;
}

/** Of several arrays of objects, the one of these names. */
const usual = ['items', 'results', 'records', 'entries', 'values', 'value', 'rows', 'list'];
/** Arrays that may be beside the items. */
const others = new Set([
  'errors',
  'warnings',
  'links',
  'included',
  'facets',
  'aggregations',
  'responsemetadata',
]);
/** Objects that hold the items of a page. */
const wrappers = new Set(['data', 'result', 'response', 'embedded', 'payload']);

/**
 * The items of a list: the body itself if it is an array, else `data`, else its one property that is an array of
 * objects, whatever its name. Undefined if the body is not a list.
 */
export function listItems(document: Document, schema: Schema | undefined): ListItems | undefined {
  const item = itemsOf(document, schema);
  if (item) return { path: [], item, certain: true };
  const shape = shapeOf(document, schema);
  const data = itemsOf(document, shape.get('data')?.schema);
  if (data) return { path: ['data'], item: data, certain: true };
  const direct = arrayOf(document, schema);
  if (direct) {
    const rest = [...shape.keys()].filter((name) => name !== direct.path[0]);
    return { ...direct, certain: rest.every(isEnvelope) };
  }
  for (const [name, { schema: part }] of shape) {
    if (!wrappers.has(plainName(name))) continue;
    const found = arrayOf(document, part);
    if (found) return { path: [name, ...found.path], item: found.item, certain: false };
  }
  return undefined;
}

/** The schema of a part of a body; undefined if the body has no such part. */
export function schemaAt(
  document: Document,
  body: Schema | undefined,
  path: readonly string[],
): Schema | undefined {
  let schema = body;
  for (const name of path) schema = shapeOf(document, schema).get(name)?.schema;
  return schema;
}

/** The one property of an object that is an array of objects. */
function arrayOf(document: Document, schema: Schema | undefined) {
  const found = new Map<string, Schema>();
  for (const [name, { schema: part }] of shapeOf(document, schema)) {
    const item = itemsOf(document, part);
    if (item && !others.has(plainName(name)) && typesOf(document, item).has('object')) {
      found.set(name, item);
    }
  }
  const names = [...found.keys()];
  const name = names.length === 1 ? names[0] : usual.find((each) => found.has(each));
  const item = name === undefined ? undefined : found.get(name);
  return name !== undefined && item ? { path: [name], item } : undefined;
}

/** What bodies say of any answer: `{ "ok": true, "error": null, "contacts": [ … ] }`. */
const ofAnswers =
  /^(?:is)?(?:ok|successful|failed)$|^(?:is|has)?errors?(?:code|message)?$|^(?:message|msg|code|statuscode|took)$/;

/** Whether a property describes a list, and not another object. */
function isEnvelope(name: string): boolean {
  const plain = plainName(name);
  return (
    envelopeNames.has(plain) ||
    ofAnswers.test(plain) ||
    others.has(plain) ||
    Object.values(propertyNames).some((names) => names.has(plain))
  );
}
