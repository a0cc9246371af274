import type { API } from '../api/api.ts';
import { parseBody } from '../http/body.ts';
import { isMediaType, readAccept } from '../http/media-types.ts';
import { type ParsedRequest, plainNames } from '../http/request.ts';
import { type Answer, failure, json, toText, type Violation } from '../http/response.ts';
import { byteLength } from '../lib/bytes.ts';
import { memoizeFrozen } from '../lib/memoize.ts';
import type { MockOptions } from '../options.ts';
import { bearerKey } from '../prism/authorization.ts';
import type { Diagnostic } from '../prism/diagnostic.ts';
import { readPreferences } from '../prism/preferences.ts';
import { createEngine, type EngineOptions, type PrismError } from '../prism/prism.ts';

export interface HandlerParts {
  api: API;
  /** Prism's `mock` component: what answers a request that is routed and validated. */
  mock: EngineOptions['mock'];
  /** The id of the operation that has this method and path. */
  route(method: string, path: string): string | null;
  options: MockOptions;
}

/** Turns requests into the answers that the spec asks for: no fault, no journal. Never rejects. */
export function createHandler({ api, mock, route, options }: HandlerParts) {
  const keys = options.adminAPIKeys && new Set(options.adminAPIKeys);
  const memoized = options.memoize ?? true;
  const stringify = memoized ? memoizeFrozen(toText) : toText;
  const engine = createEngine({
    operations: api.operations,
    mock,
    knowsKey: (key) => keys?.has(key) ?? true,
    memoized,
    strict: options.strict ?? false,
  });

  const methods = [...new Set(api.operations.map(({ method }) => method.toUpperCase()))];

  return async function handle(request: ParsedRequest): Promise<Answer> {
    try {
      return await ask(request);
    } catch (error) {
      const answer = refused(error as PrismError);
      if (answer.status === 405) return withAllow(answer, request.path);
      return answer.status === 404 && !hasPath(request.path) ? unknownPath(request.path) : answer;
    }
  };

  function hasPath(path: string): boolean {
    return methods.some((method) => route(method, path) !== null);
  }

  function unknownPath(path: string): Answer {
    const shown = JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
    const hint = options.control === false ? '' : ' See /_mock for what the mock serves.';
    return failure(404, `The API has no path ${shown}.${hint}`, { param: null });
  }

  /** What the path does allow. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
  function withAllow(answer: Answer, path: string): Answer {
    const allow = methods.filter((method) => route(method, path) !== null).join(', ');
    return { ...answer, headers: { ...answer.headers, allow } };
  }

  async function ask({
    method,
    path,
    query,
    headers: given,
    body,
  }: ParsedRequest): Promise<Answer> {
    const preferences = readPreferences(given['prefer'], query);
    if ('invalid' in preferences) {
      return failure(400, `Invalid preference: ${preferences.invalid}.`, { param: null });
    }
    // Such as the target of `OPTIONS *`, which Prism cannot route.
    if (!path.startsWith('/')) {
      return failure(400, 'A path must begin with a slash.', { param: null });
    }
    // Prism would take `/users/` for a user whose id is empty.
    if (path.endsWith('/')) return unknownPath(path);
    // Prism throws at what is not a media type.
    const accept = readAccept(given['accept'] ?? '*/*');
    if (accept === undefined) {
      return failure(406, 'The Accept header is not a list of media types.', { param: null });
    }
    if (body && !isMediaType(given['content-type'] ?? 'application/json')) {
      return failure(415, 'The Content-Type header is not a media type.', { param: null });
    }
    const encoding = given['content-encoding'] ?? 'identity';
    if (body && !/^identity$/i.test(encoding)) {
      const message = `The mock reads no body with the Content-Encoding ${JSON.stringify(encoding)}.`;
      return failure(415, message, { param: null });
    }
    const { output, validations } = await engine(
      {
        // Prism compares the method with the spec's, whatever it is.
        method: method.toLowerCase() as 'get',
        url: { path, query: plainNames(query) },
        headers: plainHeaders(given, accept, body),
        ...parseBody(body, given['content-type']),
      },
      preferences,
    );
    const found = [...validations.input, ...validations.output].map(describe);
    const broken = validations.output.find(({ severity }) => severity === 0);
    if (broken) {
      const message = `The mock's own answer breaks the contract: ${describe(broken).message}`;
      return { ...failure(500, message), validations: found };
    }
    const answer = json(output.statusCode, output.body, output.headers, stringify);
    return { ...answer, validations: found };
  }
}

/** The headers as Prism's parsers can read them: it knows one spelling of the scheme, and any blank after it. */
function plainHeaders(
  given: ParsedRequest['headers'],
  accept: string,
  body: string | undefined,
): ParsedRequest['headers'] {
  const { authorization, ...headers } = given;
  const key = bearerKey(authorization);
  if (given['accept'] !== undefined) headers['accept'] = accept;
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`;
  // Prism looks at a body's content type only where it has a length, and throws at the type of a body that is not there.
  if (body) headers['content-length'] = String(byteLength(body));
  else delete headers['content-type'];
  return headers;
}

/** What Prism refuses to answer, such as a path that does not exist, in the API's own words. */
function refused(error: PrismError): Answer {
  // A path such as `/things/%ff`.
  if (error instanceof URIError) {
    return failure(400, 'The path has an invalid percent-encoding.', { param: null });
  }
  const status = error.status ?? statusOf(error.message);
  if (status === 500) return failure(500, `The mock failed: ${error.message}`);
  const message = error.detail ?? sentences[status] ?? error.message;
  return failure(status, message.endsWith('.') ? message : `${message}.`);
}

/** Where a preferred status and the default response both fail, Prism gives the reasons as text alone. */
function statusOf(message: string): number {
  const [, reason] = /^https:\/\/stoplight\.io\/prism\/errors#([A-Z_]+)/.exec(message) ?? [];
  return reason === 'NOT_FOUND' ? 404 : reason === 'NOT_ACCEPTABLE' ? 406 : 500;
}

const sentences: Record<number, string> = {
  404: 'The spec has no response with the preferred status and example.',
  406: 'The spec has no response with the preferred status that the Accept header allows.',
};

function describe({ path = [], message, severity }: Diagnostic): Violation {
  return { location: path.map(String), message, severity: severity === 0 ? 'error' : 'warning' };
}
