import type { IHttpResponse, PrismHttpComponents } from '@stoplight/prism-http';
import type { IHttpOperation } from '@stoplight/types';
import { ErrorAnswer, type HandlerRegistry, runHandler } from '../handlers.ts';
import type { Diagnostic } from '../prism/diagnostic.ts';
import { loadMocker, mockerMissing, prismMocker } from '../prism/mocker.ts';
import { answerLater, type EngineRequest } from '../prism/prism.ts';
import type { Answerer } from '../state/answers.ts';
import { readPath } from '../state/path-parameters.ts';
import { errorBody, violationResponse } from './errors.ts';
import { typedQuery } from './typed-query.ts';

type Mocker = PrismHttpComponents['mock'];
type MockerCall = Parameters<Mocker>[0];
type MockerLogger = Parameters<ReturnType<Mocker>>[0];

export interface ComponentParts {
  answers: Answerer;
  handlers: HandlerRegistry;
  /** `mock.data`, for handlers. */
  data: object;
}

/**
 * Prism's `mock` component for this API. A request that breaks the contract gets the API's error body; a handler comes
 * next, then the mock's state. Everything else goes to Prism's own mocker: operations that keep no state, and requests
 * that prefer a certain code or example.
 */
export function createMockComponent({ answers, handlers, data }: ComponentParts): Mocker {
  return (call) => (logger) => {
    const { resource, config } = call;
    const request = call.input.data as EngineRequest;
    const refused = refuse(resource, request, call.input.validations as Diagnostic[]);
    const isPreferred =
      config.code !== undefined || config.exampleKey !== undefined || config.dynamic;
    // Prism's own mocker knows what a preferred example of an error looks like.
    if (isPreferred && !request.bodyError) return prismMocker(call)(logger);
    if (refused) return refused;
    const handler = handlers.get(resource.iid ?? '');
    if (handler) {
      const { method, headers = {} } = request;
      const { path, query = {} } = request.url;
      const told = {
        params: readPath(resource, path),
        // Prism's type allows values that are missing.
        query: typedQuery(resource, query as Record<string, string>),
        body: request.body,
        data,
        request: { method: method.toUpperCase(), path, headers },
      };
      const next = () => nextBody(call, logger);
      return right(answerLater(resource, () => runHandler(resource, handler, told, next)));
    }
    return answer(call, logger);
  };

  function answer(call: MockerCall, logger: MockerLogger): ReturnType<ReturnType<Mocker>> {
    const { resource, input } = call;
    const answerOf = answers(resource);
    if (!answerOf) return prismMocker(call)(logger);
    if (!acceptsJSON(input.data.headers?.['accept'])) {
      // Prism negotiates what else may do: where it refuses, so does the mock.
      const negotiated = prismMocker(call)(logger);
      if (negotiated._tag === 'Left') return negotiated;
    }
    const { path, query = {} } = input.data.url;
    const request = { path, query: query as Record<string, string>, body: input.data.body };
    const { status, body } = answerOf(request);
    return respond(status, body);
  }

  async function nextBody(call: MockerCall, logger: MockerLogger): Promise<unknown> {
    let result: ReturnType<typeof answer>;
    try {
      result = answer(call, logger);
    } catch (error) {
      if (error !== mockerMissing) throw error;
      await loadMocker();
      result = answer(call, logger);
    }
    if (result._tag === 'Left') throw result.left;
    const { statusCode, headers = {}, body } = result.right;
    if (statusCode >= 400)
      throw new ErrorAnswer({ statusCode, headers: headers as Record<string, string>, body });
    // A copy that a handler may change: the mock's own objects are frozen.
    return structuredClone(body);
  }
}

/** The answer to a request that the contract does not allow, or undefined. */
function refuse(
  operation: IHttpOperation,
  { bodyError }: EngineRequest,
  violations: readonly Diagnostic[],
): ReturnType<typeof respond> | undefined {
  const errors = violations.filter(({ severity }) => severity === 0);
  const isRefusedBefore = errors.some(({ code }) => code === 401 || code === 415);
  if (bodyError && !isRefusedBefore)
    return respond(400, errorBody(400, { message: bodyError, param: null }, operation));
  if (errors.length > 0) {
    const { status, body } = violationResponse(errors, operation);
    return respond(status, body);
  }
  return undefined;
}

function acceptsJSON(accept: string | undefined): boolean {
  return accept === undefined || accept === '*/*' || accept === 'application/json';
}

function respond(statusCode: number, body: unknown) {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  return right<IHttpResponse>({ statusCode, headers, body });
}

function right<T>(value: T): { _tag: 'Right'; right: T } {
  return { _tag: 'Right', right: value };
}
