import type { IHttpOperation } from '@stoplight/types';
import { responseExample, responseSchema, successOf } from '../api/api.ts';
import { objectOf, type Schema, shapeOf } from '../api/schema.ts';
import type { Answer } from './answer.ts';
import type { Changes } from './changes.ts';
import { hash } from './generate/random.ts';
import { project, type Sources } from './project.ts';
import { isSameObject } from './same-schema.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { Item } from './store.ts';
import { wrapperOf } from './wrapper.ts';

/** What an answer is about: a collection's item, or a singleton. */
export interface Subject {
  schema: Schema;
  parent: ScopedCollection | undefined;
}

/** Makes the operation's answer about an item by the answer's own schema. */
export function compileAnswer(
  operation: IHttpOperation,
  { schema: itemSchema }: Subject,
  idProperty: string | undefined,
  status = successOf(operation),
) {
  const schema = responseSchema(operation, status);
  const example = responseExample(operation, status);
  const isDelete = operation.method.toLowerCase() === 'delete';
  const wrapper = schema && wrapperOf(schema, itemSchema, idProperty);
  return (item: Item, subject: Subject, scope: readonly string[], values: Changes): Answer => {
    if (!schema) return { status, body: undefined };
    const items: Sources['items'] = [{ item, schema: subject.schema }, ...parents(subject, scope)];
    const seed = hash(`${operation.iid} ${JSON.stringify(values)}`);
    return {
      status,
      body: project(schema, { items, values, isDelete, wrapper, example, seed, root: operation }),
    };
  };
}

/** The items that an item belongs to, the nearest first. */
function parents({ parent }: Subject, scope: readonly string[]): { item: Item; schema: Schema }[] {
  if (!parent) return [];
  const { length } = parent.definition.scope;
  const above = scope.slice(0, length);
  const item = parent.get(above, scope[length] ?? '');
  const further = parents(parent, above);
  return item ? [{ item, schema: parent.schema }, ...further] : further;
}

/** The schema of the items of an array; undefined for what is none. */
export function arrayItems(schema: Schema | undefined, root: object): Schema | undefined {
  const { items } = shapeOf(schema, root).alternatives.find((one) => one.items) ?? {};
  return typeof items === 'object' && !Array.isArray(items) ? items : undefined;
}

/** The properties of an answer that tell how many items there are: `deleted`, `updatedCount`. */
const count = /creat|insert|import|delet|remov|updat|modif|affect|match|count|total/i;

/**
 * Makes the answer about several items: an array of them, or an object that has them, or tells how many there are.
 * Undefined where the document has another one.
 */
export function compileArrayAnswer(
  operation: IHttpOperation,
  { schema: itemSchema }: Subject,
  status: number,
): (items: readonly Item[]) => Answer | undefined {
  const schema = responseSchema(operation, status);
  const sources = { values: {}, isDelete: false, example: undefined, seed: 1, root: operation };
  const shown = (each: Schema, items: readonly Item[]) =>
    items.map((item) => project(each, { ...sources, items: [{ item, schema: itemSchema }] }));
  const whole = arrayItems(schema, operation);
  if (whole) return (items) => ({ status, body: shown(whole, items) });
  const properties = Object.entries(objectOf(schema)?.properties ?? {});
  const counts = properties.flatMap(([name, property]) => {
    const isNumber = shapeOf(property, operation).alternatives.some(
      ({ type }) => type === 'integer',
    );
    return isNumber && count.test(name) ? [name] : [];
  });
  const [[holder = '', each] = []] = properties.flatMap(([name, property]) => {
    const items = typeof property === 'object' ? arrayItems(property, operation) : undefined;
    return items && isSameObject(items, itemSchema) ? [[name, items] as const] : [];
  });
  if (!schema || (!each && counts.length === 0)) return () => undefined;
  return (items) => {
    const values = Object.fromEntries(counts.map((name) => [name, items.length]));
    const body = project(schema, { ...sources, items: [], values }) as object;
    return { status, body: each ? { ...body, [holder]: shown(each, items) } : body };
  };
}
