import type { Affected, Direction } from '../change/change.ts';
import { canonical, type Json, namesOf, own, record } from '../document/json.ts';
import type { Spec } from '../document/spec.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { words } from '../rules/words.ts';
import { compareContent, compareHeader, headersOf } from './content.ts';
import { type Compare, type Context, comparePresence, type Results } from './context.ts';

/**
 * A client has to expect any error: one more is an addition. No program handles an added success yet. An error that
 * `default` or its class described before is compared with that, and one that they describe from now on as well.
 */
export function* compareResponses(
  context: Context,
  oldResponses: Json,
  newResponses: Json,
  direction: Direction,
): Results {
  const [before, after] = [byStatus(oldResponses), byStatus(newResponses)];
  for (const status of namesOf(before, after).filter((name) => !name.startsWith('x-'))) {
    const below = [`response ${status}`];
    const [isOld, isNow] = [Object.hasOwn(before, status), Object.hasOwn(after, status)];
    const [old, now] = [before, after].map((all) => own(all, status) ?? covering(status, all));
    if (isOld && isNow) {
      yield { below, ask: context.question('response', old, now, direction, compareResponse) };
      continue;
    }
    if (saysTheSame(context, old, now)) continue;
    const isSuccess = /^[23]/.test(status) && direction === 'response';
    const isCovered = old !== undefined && now !== undefined && !isSuccess;
    const place = {
      below,
      at: isNow ? ['responses', status] : ['responses'],
      affects: affectedBy(direction),
    };
    if (isOld) yield { id: 'response-removed', verdict: isCovered ? 'none' : 'breaking', ...place };
    else if (isSuccess) yield { id: 'success-response-added', verdict: 'breaking', ...place };
    else yield { id: 'response-added', verdict: 'addition', ...place };
    if (isCovered)
      yield { below, ask: context.question('status', old, now, direction, compareParts) };
  }
}

/** The response of a missing status: that of its class, or `default`. */
function covering(status: string, responses: Json): unknown {
  const name = /^\d{3}$/.test(status) ? `${status[0]}XX` : undefined;
  return own(responses, name ?? 'default') ?? responses['default'];
}

/** Responses by status. Some write `4XX` in lower case. */
function byStatus(responses: Json): Json {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status,
      response,
    ]),
  );
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
  yield* compareParts(context, before, after, direction);
};

/** All but the words. */
const compareParts: Compare = function* (context, before, after, direction) {
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
    if (!now) yield { id: 'link-removed', verdict: 'breaking', below };
    else if (!old) yield { id: 'link-added', verdict: 'addition', below };
    else if (contentOf(context.specs.before, old) !== contentOf(context.specs.after, now))
      yield { id: 'link-changed', verdict: 'breaking', below };
  }
}

/** A link as text. An operation is the same by its id and by a reference. */
function contentOf(spec: Spec, { description: _, operationRef, ...rest }: Json): string {
  const id =
    typeof operationRef === 'string' ? own(spec.target(operationRef), 'operationId') : undefined;
  return canonical({ ...rest, ...(id === undefined ? { operationRef } : { operationId: id }) });
}
