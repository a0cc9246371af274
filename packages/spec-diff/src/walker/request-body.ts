import type { Direction } from '../change/change.ts';
import type { Json } from '../document/json.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { presence } from '../rules/api/presence.ts';
import { words } from '../rules/words.ts';
import { compareContent } from './content.ts';
import { type Context, comparePresence, presenceOf, type Results } from './context.ts';

export function* compareRequestBody(
  context: Context,
  before: unknown,
  after: unknown,
  direction: Direction,
): Results {
  const [old, now] = [context.specs.before.resolve(before), context.specs.after.resolve(after)];
  yield* comparePresence(context, old, now, ['request body'], direction, 'body', compareBody);
}

export function* compareBody(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
): Results {
  yield* presence(presenceOf(before), presenceOf(after), direction);
  yield* words([before], [after]);
  yield* compareContent(context, before['content'], after['content'], direction);
  yield* unknownFields(before, after, ['required', 'content']);
}
