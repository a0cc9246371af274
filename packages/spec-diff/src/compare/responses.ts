import type { Affected, Direction } from '../change/change.ts';
import { canonical, type Json, namesOf, record } from '../document/json.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { words } from '../rules/words.ts';
import { compareContent, compareHeader, headersOf } from './content.ts';
import { type Compare, type Context, comparePresence, type Results } from './context.ts';

/** A client has to expect any error: one more is an addition. No program handles an added success yet. */
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
    const affects = affectedBy(direction);
    if (!Object.hasOwn(after, status)) {
      if (saysTheSame(context, old, covering(status, after))) continue;
      const gone = { below, at: ['responses'], affects };
      yield { id: 'response-removed', verdict: 'breaking', ...gone };
    } else if (!Object.hasOwn(before, status)) {
      if (saysTheSame(context, covering(status, before), now)) continue;
      const isSuccess = /^[23]/.test(status) && direction === 'response';
      yield isSuccess
        ? { id: 'success-response-added', verdict: 'breaking', below, at, affects }
        : { id: 'response-added', verdict: 'addition', below, at, affects };
    } else {
      yield { below, ask: context.question('response', old, now, direction, compareResponse) };
    }
  }
}

/** The response of a missing status: that of its class, or `default`. */
function covering(status: string, responses: Json): unknown {
  const name = /^\d{3}$/.test(status) ? `${status[0]}XX` : undefined;
  const found = Object.keys(responses).find((each) => each.toUpperCase() === name);
  return responses[found ?? 'default'];
}

/** Whether a response is equivalent to another one. */
function saysTheSame(context: Context, before: unknown, after: unknown): boolean {
  const [old, now] = context.resolve(before, after);
  if (!old || !now) return false;
  const fields = namesOf(old, now).filter((name) => name !== 'description');
  return fields.every((name) => context.sameness.same(old[name], now[name]));
}

export const compareResponse: Compare = function* (context, before, after, direction) {
  yield* words(before, after);
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

/** A program receives results; its response to a callback is an argument. */
function affectedBy(direction: Direction): Affected {
  return direction === 'response' ? 'result' : 'arguments';
}

function* compareLinks(context: Context, before: Json, after: Json): Results {
  for (const name of namesOf(before, after)) {
    const below = ['link', name];
    const [old, now] = context.resolve(before[name], after[name]);
    const content = ({ description: _, ...rest }: Json) => canonical(rest);
    if (!now) yield { id: 'link-removed', verdict: 'breaking', below };
    else if (!old) yield { id: 'link-added', verdict: 'addition', below };
    else if (content(old) !== content(now))
      yield { id: 'link-changed', verdict: 'breaking', below };
  }
}
