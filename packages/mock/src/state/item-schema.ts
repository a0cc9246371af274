import type { API, Operation } from '../api/api.ts';
import { responseSchema, successOf } from '../api/api.ts';
import { propertyOf, type Schema, unionOf } from '../api/schema.ts';
import { wrapperOf } from './wrapper.ts';

/** The operation that answers with more of an item than a list of a collection does, and how. */
export interface Details {
  operation: Operation;
  /** The property of the answer that holds the item; undefined if the answer is the item. */
  wrapper: string | undefined;
  schema: Schema;
}

/**
 * The schema of the items that a collection keeps: that of its list, or that of an item alone where it has more. Lists
 * often have summaries.
 */
export function itemSchemaOf(api: API, name: string, idProperty: string): Schema {
  return detailsOf(api, name, idProperty)?.schema ?? api.schema(name);
}

/** How to read the properties of an item that lists leave out; undefined if they leave none out. */
export function detailsOf(api: API, name: string, idProperty: string): Details | undefined {
  const listed = api.schema(name);
  const operation = api.operations.find(({ iid }) => {
    const behavior = api.behavior(iid);
    return behavior.kind === 'retrieve' && behavior.collection === name;
  });
  const answer = operation && responseSchema(operation, successOf(operation));
  if (!answer) return undefined;
  const wrapper = wrapperOf(answer, listed, idProperty);
  const whole = wrapper === undefined ? answer : propertyOf(answer, wrapper);
  const names = (schema: Schema | boolean | undefined) =>
    Object.keys(unionOf(schema)?.properties ?? {});
  const [few, many] = [names(listed), new Set(names(whole))];
  const hasMore = many.size > few.length && few.every((property) => many.has(property));
  if (!hasMore || typeof whole !== 'object') return undefined;
  // What the schema refers to stands beside its operation.
  const schema =
    '__bundled__' in operation
      ? ({ ...whole, __bundled__: operation.__bundled__ } as Schema)
      : whole;
  return { operation, wrapper, schema };
}
