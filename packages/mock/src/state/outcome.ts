import type { Schema } from '../api/schema.ts';

const success = /^(?:is)?(?:ok|success|successful|succeeded|acknowledged)$/;
const failure = /^(?:is|has)?(?:error|errors|failed|failure)$/;
const status = /^(?:status|result|outcome)$/;

/**
 * What a success says of itself in a property that neither the item nor the request has: `ok: true`, `error: null`,
 * `status: 'success'`. Undefined for other properties.
 */
export function outcomeOf(
  name: string,
  alternatives: readonly Schema[],
  nullable: boolean,
): unknown {
  const plain = name.replaceAll(/[_-]/g, '').toLowerCase();
  const isBoolean = alternatives.length === 1 && alternatives[0]?.type === 'boolean';
  if (isBoolean && success.test(plain)) return true;
  if (isBoolean && failure.test(plain)) return false;
  if (nullable && /^errors?(?:code|message|msg)?$/.test(plain)) return null;
  if (!status.test(plain)) return undefined;
  const values = alternatives.flatMap(({ enum: all = [] }) => all);
  return values.find((value) => typeof value === 'string' && success.test(value.toLowerCase()));
}
