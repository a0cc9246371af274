import type { Direction } from '../change/change.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { presence } from '../rules/api/presence.ts';
import { words } from '../rules/words.ts';
import { compareContent } from './content.ts';
import {
  type Compare,
  type Context,
  comparePresence,
  presenceOf,
  type Results,
} from './context.ts';

export function* compareRequestBody(
  context: Context,
  before: unknown,
  after: unknown,
  direction: Direction,
): Results {
  const [old, now] = context.resolve(before, after);
  yield* comparePresence(context, old, now, ['request body'], direction, 'body', compareBody);
}

export const compareBody: Compare = function* (context, before, after, direction) {
  yield* presence('body', presenceOf(before), presenceOf(after), direction);
  yield* words(before, after);
  yield* compareContent(context, before['content'], after['content'], direction, 'body');
  yield* unknownFields(before, after, ['required', 'content']);
};
