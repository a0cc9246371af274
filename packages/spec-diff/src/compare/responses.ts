import type { Affected, Direction } from '../change/change.ts';
import { canonical, type Json, namesOf, record } from '../document/json.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { words } from '../rules/words.ts';
import { compareContent, compareHeader, headersOf } from './content.ts';
import { type Compare, type Context, comparePresence, type Results } from './context.ts';

/** A client has to expect any error: one more is an addition. One more success is an answer that nobody handles yet. */
export function* compareResponses(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
): Results {
  for (const status of namesOf(before, after).filter((name) => !name.startsWith('x-'))) {
    const below = [`response ${status}`];
    const [old, now] = [before[status], after[status]];
    const at = ['responses', status];
    if (!Object.hasOwn(after, status)) {
      yield {
        verdict: 'breaking',
        message: 'Removed.',
        below,
        at: ['responses'],
        affects: affectedBy(direction),
      };
    } else if (!Object.hasOwn(before, status)) {
      const isSuccess = /^[23]/.test(status) && direction === 'response';
      const verdict = isSuccess ? 'breaking' : 'addition';
      yield { verdict, message: 'Added.', below, at, affects: affectedBy(direction) };
    } else {
      yield { below, ask: context.question('response', old, now, direction, compareResponse) };
    }
  }
}

export const compareResponse: Compare = function* (context, before, after, direction) {
  yield* words([before], [after]);
  const [old, now] = [headersOf(context, 'before', before), headersOf(context, 'after', after)];
  for (const name of namesOf(old, now)) {
    const [then, current] = [old[name], now[name]];
    yield* comparePresence(
      context,
      then,
      current,
      ['header', name],
      direction,
      'header',
      compareHeader,
    );
  }
  yield* compareContent(context, before['content'], after['content'], direction);
  yield* compareLinks(context, record(before['links']), record(after['links']));
  yield* unknownFields(before, after, ['headers', 'content', 'links']);
};

/** What a program receives is its result; what it sends back to a callback is an argument. */
function affectedBy(direction: Direction): Affected {
  return direction === 'response' ? 'result' : 'arguments';
}

function* compareLinks(context: Context, before: Json, after: Json): Results {
  for (const name of namesOf(before, after)) {
    const below = ['link', name];
    const [old, now] = context.resolve(before[name], after[name]);
    const content = ({ description: _, ...rest }: Json) => canonical(rest);
    if (!now) yield { verdict: 'breaking', message: 'Removed.', below };
    else if (!old) yield { verdict: 'addition', message: 'Added.', below };
    else if (content(old) !== content(now))
      yield { verdict: 'breaking', message: 'Changed.', below };
  }
}
