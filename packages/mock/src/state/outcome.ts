import { objectOf, type Schema, shapeOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';

const success = /^(?:is)?(?:ok|success|successful|succeeded|acknowledged)$/;
const failure = /^(?:is|has)?(?:errors?|fail|failed|failure)$/;
const status = /^(?:status|result|outcome)$/;

/**
 * What an answer says of itself in a property that neither the item nor the request has: `ok: true`, `error: null`,
 * `status: 'success'`. Undefined for other properties.
 *
 * @param isError whether the answer is an error
 */
export function outcomeOf(
  name: string,
  alternatives: readonly Schema[],
  nullable: boolean,
  isError = false,
): unknown {
  const plain = name.replaceAll(/[_-]/g, '').toLowerCase();
  const isBoolean = alternatives.length === 1 && alternatives[0]?.type === 'boolean';
  if (isBoolean && success.test(plain)) return !isError;
  if (isBoolean && failure.test(plain)) return isError;
  if (nullable && !isError && /^errors?(?:code|message|msg)?$/.test(plain)) return null;
  if (!status.test(plain)) return undefined;
  const values = alternatives.flatMap(({ enum: all = [] }) => all);
  const wanted = isError ? failure : success;
  return values.find((value) => typeof value === 'string' && wanted.test(value.toLowerCase()));
}

/** The generated body of an error, which says that it is one. */
export function asFailure(body: unknown, schema: Schema, root: object): unknown {
  if (!isObject(body)) return body;
  const outcomes = Object.entries(objectOf(schema)?.properties ?? {}).flatMap(
    ([name, property]) => {
      const value = outcomeOf(name, shapeOf(property, root).alternatives, false, true);
      return value === undefined || !Object.hasOwn(body, name) ? [] : [[name, value] as const];
    },
  );
  return outcomes.length === 0 ? body : { ...body, ...Object.fromEntries(outcomes) };
}
