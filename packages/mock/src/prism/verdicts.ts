import type { IHttpRequest, PrismHttpComponents } from '@stoplight/prism-http';
import type { IHttpOperation } from '@stoplight/types';
import { memoize } from '../lib/memoize.ts';

/** A component of Prism's that says what is wrong with a request; `right` where nothing is. */
type Check<TInput> = (input: TInput) => { _tag: string };

/**
 * Reuses verdicts on requests. A verdict that nothing is wrong holds the request that it is about, with its headers and
 * its body; Prism only asks whether it is one.
 */
export function reuseVerdicts<TCheck extends Check<never>>(
  check: TCheck,
  keyOf: (input: Parameters<TCheck>[0]) => string | undefined,
): TCheck {
  const accepted = { _tag: 'Right', right: undefined };
  const checked = (input: Parameters<TCheck>[0]) => {
    const verdict = check(input as never);
    return verdict._tag === 'Right' ? accepted : verdict;
  };
  // The same input, and the same kinds of verdicts.
  return memoize(checked, keyOf) as unknown as TCheck;
}

/**
 * Reuses the operations that were found for a method and a path. An error holds the stack that it came from, and with
 * it the request: it is made again each time.
 */
export function reuseRoutes(route: PrismHttpComponents['route']): PrismHttpComponents['route'] {
  return memoize(route, ({ input }) => `${input.method} ${input.url.path}`, {
    keeps: ({ _tag }) => _tag === 'Right',
  });
}

/** All that the verdict on a request without described headers depends on. */
export function inputKey(
  { id }: IHttpOperation,
  { url, body, headers }: IHttpRequest,
): string | undefined {
  const target = `${id} ${url.path} ${JSON.stringify(url.query)}`;
  if (body === undefined) return target;
  // A text may be as long as it likes; what is parsed is written again.
  const type = `${headers?.['content-type']} ${headers?.['content-length']}`;
  return `${target} ${type} ${typeof body} ${JSON.stringify(body)}`;
}

/**
 * Reuses the verdict on an answer whose body is frozen: the same object is the same body. Others are validated every
 * time.
 */
export function reuseOfFrozen(
  validate: PrismHttpComponents['validateOutput'],
): PrismHttpComponents['validateOutput'] {
  type Answer = Parameters<typeof validate>[0];
  const verdicts = new WeakMap<object, { answer: Answer; verdict: ReturnType<typeof validate> }>();
  return (answer) => {
    const { resource, element } = answer;
    const body = element.body;
    if (typeof body !== 'object' || body === null || !Object.isFrozen(body))
      return validate(answer);
    const known = verdicts.get(body);
    if (
      known?.answer.resource === resource &&
      known.answer.element.statusCode === element.statusCode
    )
      return known.verdict;
    const verdict = validate(answer);
    verdicts.set(body, { answer, verdict });
    return verdict;
  };
}
