import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
} from '@stoplight/prism-http';

/** A request and the answer to it, as Prism reads them. */
export interface Exchange {
  /** Path below the server's address: `/organization/users`. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  status: number;
  responseHeaders: Record<string, string>;
  /** The parsed body of the response, or its text if it is not JSON. */
  responseBody: unknown;
}

/** The contract violations of a response: `body.data.0.role: must be string`. */
export type Violation = string;

const silent = () => {};
const logger = {
  ...{ trace: silent, debug: silent, info: silent, success: silent, warn: silent, error: silent },
  fatal: silent,
  child: () => logger,
};
const config = {
  mock: { dynamic: false as const },
  ...{ isProxy: false as const, checkSecurity: false, errors: false },
  ...{ validateRequest: true, validateResponse: true, upstreamProxy: undefined },
};

/** Compiles the document's operations; the result judges exchanges with them. */
export async function createValidator(
  document: object,
): Promise<(exchange: Exchange) => Promise<Violation[]>> {
  const operations = await getHttpOperationsFromSpec({ ...document, servers: [] });
  return async ({ path, query, headers, status, responseHeaders, responseBody }) => {
    const answer = { statusCode: status, headers: responseHeaders, body: responseBody };
    const prism = createInstance(config, {
      logger: logger as never,
      // Prism validates its mock's response; here, that is the server's response.
      mock: () => () => ({ _tag: 'Right', right: answer }),
    });
    const request: IHttpRequest = { method: 'get', url: { path, query }, headers };
    const result = await prism.request(request, operations)();
    if (result._tag === 'Left') return [result.left.message];
    return result.right.validations.output.map(
      ({ path: at = [], message }) => `${['response', ...at].join('.')}: ${message}`,
    );
  };
}
