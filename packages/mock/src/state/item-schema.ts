import type { API } from '../api/api.ts';
import { responseSchema, successOf } from '../api/api.ts';
import { objectOf, propertyOf, type Schema } from '../api/schema.ts';
import { wrapperOf } from './wrapper.ts';

/**
 * The schema of the items that a collection keeps: that of its list, or that of an item alone where it has more. Lists
 * often have summaries.
 */
export function itemSchemaOf(api: API, name: string, idProperty: string): Schema {
  const listed = api.schema(name);
  const reader = api.operations.find(({ iid }) => {
    const behavior = api.behavior(iid);
    return behavior.kind === 'retrieve' && behavior.collection === name;
  });
  const answer = reader && responseSchema(reader, successOf(reader));
  if (!answer) return listed;
  const wrapper = wrapperOf(answer, listed, idProperty);
  const whole = wrapper === undefined ? answer : propertyOf(answer, wrapper);
  const names = (schema: Schema | boolean | undefined) =>
    Object.keys(objectOf(schema)?.properties ?? {});
  const [few, many] = [names(listed), new Set(names(whole))];
  const hasMore = many.size > few.length && few.every((property) => many.has(property));
  if (!hasMore || typeof whole !== 'object') return listed;
  // What the schema refers to stands beside its operation.
  return '__bundled__' in reader
    ? ({ ...whole, __bundled__: reader.__bundled__ } as Schema)
    : whole;
}
