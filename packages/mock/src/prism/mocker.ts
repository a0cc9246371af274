import type { PrismHttpComponents } from '@stoplight/prism-http';
import type { Operation } from '../api/api.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Preferences } from './preferences.ts';
import type { PrismAnswer, PrismRequest } from './request.ts';

type Mock = PrismHttpComponents['mock'];
type Logger = Parameters<ReturnType<Mock>>[0];

/** What Prism refuses to answer, such as a preferred status that the document does not have. */
export interface PrismError extends Error {
  status?: number;
  detail?: string;
}

const silent = () => {};
const methods = {
  trace: silent,
  debug: silent,
  info: silent,
  success: silent,
  warn: silent,
  error: silent,
};
// Prism's own type asks for a pino logger; it calls nothing but these.
const logger = { ...methods, child: () => logger } as unknown as Logger;

let loading: Promise<Mock> | undefined;

/**
 * Answers with Prism's own mocker: examples, fakes, content negotiation. It is loaded when it is first needed, with the
 * fake data that it brings along, which is most of what Prism weighs.
 *
 * @throws {PrismError} where Prism refuses to answer
 */
export async function mockWithPrism(
  operation: Operation,
  request: PrismRequest,
  violations: readonly Diagnostic[],
  preferences: Preferences = {},
): Promise<PrismAnswer> {
  loading ??= import('@stoplight/prism-http/dist/mocker/index.js').then(
    ({ default: module }) => module.default as Mock,
  );
  const mock = await loading;
  const result = mock({
    resource: operation,
    // Prism's own type of a diagnostic is the same with a narrower path.
    input: { data: request, validations: [...violations] as never },
    // Made anew for every request: Prism writes into it.
    config: { dynamic: false, ...preferences },
  })(logger);
  if (result._tag === 'Left') throw result.left;
  return result.right;
}
