// Prism is CommonJS. What lies under dist/ is private: its version is pinned, and a test asks for each of these.
// The packages' main modules would load the mocker and a logger at once, which takes longer than all the rest.
import { factory } from '@stoplight/prism-core/dist/factory.js';
import type {
  IHttpConfig,
  IHttpRequest,
  IHttpResponse,
  PrismHttpComponents,
} from '@stoplight/prism-http';
import router from '@stoplight/prism-http/dist/router/index.js';
import * as validator from '@stoplight/prism-http/dist/validator/index.js';
import type { IHttpOperation } from '@stoplight/types';
import { memoize } from './memoize.ts';
import { loadMocker, mockerMissing } from './mocker.ts';
import { findUnknownParameters } from './unknown-parameters.ts';

const route = router.default;
// As Prism itself declares its components; the functions' own types say less.
const { validateInput, validateOutput, validateSecurity } = validator as unknown as Pick<
  PrismHttpComponents,
  'validateInput' | 'validateOutput' | 'validateSecurity'
>;

/** What the engine made of a request. */
export interface Outcome {
  output: IHttpResponse;
  validations: { input: Diagnostic[]; output: Diagnostic[] };
}

/** A violation of the spec, as Prism reports it. Severity 0 is an error. */
export interface Diagnostic {
  message: string;
  severity: number;
  path?: (string | number)[];
  code?: string | number;
}

/** An error of Prism's own, such as a path that does not exist. */
export interface PrismError extends Error {
  status?: number;
  detail?: string;
}

/** What a request may ask of Prism's mocker by `Prefer`. */
export interface Preferences {
  code?: number;
  exampleKey?: string;
  dynamic?: boolean;
  seed?: string;
}

export interface EngineOptions {
  operations: readonly IHttpOperation[];
  mock: PrismHttpComponents['mock'];
  /** Whether a key that is well-formed is a good one. */
  knowsKey(key: string): boolean;
  /** Whether results of Prism's pure components are reused. */
  memoized: boolean;
  /** Whether query parameters that the operation does not have are errors; they are warnings otherwise. */
  strict: boolean;
}

const silent = () => {};
const logger = {
  trace: silent,
  debug: silent,
  info: silent,
  success: silent,
  warn: silent,
  error: silent,
};

/** Prism's engine: it routes and validates; `mock` answers. Rejects with a {@link PrismError}. */
export function createEngine(
  options: EngineOptions,
): (request: IHttpRequest, preferences: Preferences) => Promise<Outcome> {
  const reuse = options.memoized ? memoize : <T>(component: T): T => component;
  const operations = [...options.operations];
  const unknownKey = {
    code: 401,
    message: 'The admin key is unknown',
    severity: 0,
    tags: ['Bearer'],
  };
  const prism = factory<IHttpOperation, IHttpRequest, IHttpResponse, IHttpConfig>(config({}), {
    // Prism's own type asks for a pino logger; it calls nothing but these.
    logger: { ...logger, child: () => logger } as unknown as PrismHttpComponents['logger'],
    route: reuse(route, ({ input }) => `${input.method} ${input.url.path}`),
    validateInput: reuse(withUnknown(validateInput, options.strict), ({ resource, element }) =>
      element.body === undefined && !resource.request?.headers && !resource.request?.cookie
        ? `${resource.id} ${element.url.path} ${JSON.stringify(element.url.query)}`
        : undefined,
    ),
    validateSecurity: reuse(
      (input) => {
        const verdict = validateSecurity(input);
        const key = /^bearer (.*)/i
          .exec(input.element.headers?.['authorization'] ?? '')?.[1]
          ?.trim();
        const refused = verdict._tag === 'Right' && key !== undefined && !options.knowsKey(key);
        return refused
          ? ({ _tag: 'Left', left: [unknownKey] } as unknown as typeof verdict)
          : verdict;
      },
      ({ resource, element }) => `${resource.id} ${element.headers?.['authorization']}`,
    ),
    validateOutput: options.memoized ? reuseVerdicts(validateOutput) : validateOutput,
    mock: options.mock,
    forward: () => {
      throw new Error('The mock forwards nothing.');
    },
  });

  return async (request, preferences) => {
    const ask = () => prism.request(request, operations, config(preferences))();
    const result = await ask().catch(async (error: unknown) => {
      if (error !== mockerMissing) throw error;
      await loadMocker();
      return ask();
    });
    if (result._tag === 'Left') throw result.left;
    // The operation itself, which Prism hands back as well, is nobody's business.
    return result.right as unknown as Outcome;
  };
}

/** Reports query parameters that the operation does not have, besides what Prism finds. */
function withUnknown(
  validate: PrismHttpComponents['validateInput'],
  strict: boolean,
): PrismHttpComponents['validateInput'] {
  return (input) => {
    const verdict = validate(input);
    const unknown = findUnknownParameters(input.resource, input.element.url.query ?? {}, strict);
    if (unknown.length === 0) return verdict;
    const found = verdict._tag === 'Left' ? verdict.left : [];
    // Prism's type asks for a list that is known not to be empty.
    return { _tag: 'Left', left: [...found, ...unknown] } as unknown as typeof verdict;
  };
}

/**
 * Reuses the verdict on an answer whose body is frozen: the same object is the same body. Others are validated every
 * time.
 */
function reuseVerdicts(
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

/** Made anew for every request: Prism's mocker writes into it. */
function config(preferences: Preferences): IHttpConfig {
  return {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    isProxy: false,
    mock: { dynamic: false, ...preferences },
    // Prism's type wants a proxy's address as well.
  } as unknown as IHttpConfig;
}
