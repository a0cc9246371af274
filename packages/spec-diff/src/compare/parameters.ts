import type { Direction } from '../change/change.ts';
import type { Operation } from '../document/operations.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { renamedParameters } from '../rules/api/operations.ts';
import { presence } from '../rules/api/presence.ts';
import { serialization, serializationFields } from '../rules/api/serialization.ts';
import { words } from '../rules/words.ts';
import { compareSchemaOrContent, isScalar } from './content.ts';
import {
  type Compare,
  type Context,
  comparePresence,
  presenceOf,
  type Results,
} from './context.ts';

export function* compareParameters(
  context: Context,
  before: Operation,
  after: Operation,
  direction: Direction,
): Results {
  const renamed = renamedParameters(before.path, after.path);
  const seen = new Set<string>();
  for (const [key, old] of before.parameters) {
    const name = old['in'] === 'path' ? renamed.get(String(old['name'])) : undefined;
    const other = name === undefined ? key : `path ${name}`;
    const now = after.parameters.get(other);
    seen.add(other);
    const below = [String(old['in']), String(old['name'])];
    yield* comparePresence(context, old, now, below, direction, 'parameter', compareParameter);
  }
  for (const [key, now] of after.parameters) {
    const below = [String(now['in']), String(now['name'])];
    if (!seen.has(key))
      yield* comparePresence(context, undefined, now, below, direction, 'parameter', undefined);
  }
}

export const compareParameter: Compare = function* (context, before, after, direction) {
  yield* presence('parameter', presenceOf(before), presenceOf(after), direction);
  yield* words(before, after);
  yield* serialization(
    before,
    after,
    String(before['in']),
    direction,
    isScalar(context, before['schema'], after['schema'], direction),
  );
  yield* compareSchemaOrContent(context, before, after, direction);
  yield* unknownFields(before, after, [
    'name',
    'in',
    'required',
    'schema',
    'content',
    ...serializationFields,
  ]);
};
