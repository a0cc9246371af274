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
import * as validators from '@stoplight/prism-http/dist/validator/validators/utils.js';
import type { IHttpOperation } from '@stoplight/types';
import type { Diagnostic } from './diagnostic.ts';
import { loadMocker, mockerMissing } from './mocker.ts';
import { findUnknownParameters } from './unknown-parameters.ts';
import { inputKey, reuseOfFrozen, reuseRoutes, reuseVerdicts } from './verdicts.ts';

const route = router.default;
// As Prism itself declares its components; the functions' own types say less.
const { validateInput, validateOutput, validateSecurity } = validator as unknown as Pick<
  PrismHttpComponents,
  'validateInput' | 'validateOutput' | 'validateSecurity'
>;

/** A request as the engine takes it; it hands it to the `mock` component as it is. */
export interface EngineRequest extends IHttpRequest {
  /** What is wrong with a body that could not be parsed; `body` is missing then. */
  bodyError?: string;
}

/** What the engine made of a request. */
export interface Outcome {
  output: IHttpResponse;
  validations: { input: Diagnostic[]; output: Diagnostic[] };
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
  /** Whether a key is accepted. Only asked of keys that are well-formed. */
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
): (request: EngineRequest, preferences: Preferences) => Promise<Outcome> {
  const reuse = options.memoized ? reuseVerdicts : <T>(component: T): T => component;
  const operations = [...options.operations];
  const validate = options.memoized ? reuseOfFrozen(validateOutput) : validateOutput;
  const unknownKey = {
    code: 401,
    message: 'The admin key is unknown',
    severity: 0,
    tags: ['Bearer'],
  };
  const prism = factory<IHttpOperation, IHttpRequest, IHttpResponse, IHttpConfig>(config({}), {
    // Prism's own type asks for a pino logger; it calls nothing but these.
    logger: { ...logger, child: () => logger } as unknown as PrismHttpComponents['logger'],
    route: options.memoized ? reuseRoutes(route) : route,
    validateInput: reuse(withUnknown(validateInput, options.strict), ({ resource, element }) =>
      resource.request?.headers || resource.request?.cookie
        ? undefined
        : inputKey(resource, element),
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
    validateOutput: (answer) =>
      pending.has(answer.element) ? right(answer.element) : validate(answer),
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
    // Prism's own type of the outcome names less than is there.
    const outcome = result.right as unknown as Outcome;
    const late = pending.get(outcome.output);
    if (!late) return outcome;
    const output = await late.run();
    const verdict = validate({ resource: late.resource, element: output });
    const broken = verdict._tag === 'Left' ? (verdict.left as unknown as Diagnostic[]) : [];
    return { output, validations: { input: outcome.validations.input, output: broken } };
  };
}

const pending = new WeakMap<
  object,
  { resource: IHttpOperation; run: () => Promise<IHttpResponse> }
>();

/**
 * What a `mock` component returns where it has no answer yet: Prism wants one at once. The engine waits for the answer,
 * and validates it then.
 */
export function answerLater(
  resource: IHttpOperation,
  run: () => Promise<IHttpResponse>,
): IHttpResponse {
  const answer: IHttpResponse = { statusCode: 200, headers: {} };
  pending.set(answer, { resource, run });
  return answer;
}

/**
 * What is wrong with a value, by a schema; nothing where it is valid. No text is taken for a number.
 *
 * @param root what the schema's references are relative to
 */
export function validateValue(value: unknown, schema: object, root: object): Diagnostic[] {
  const bundled = '__bundled__' in root ? root.__bundled__ : undefined;
  const output = 1;
  const found = validators.validateAgainstSchema(value, schema, false, output, undefined, bundled);
  // Prism's own type of a diagnostic is the same with a narrower path.
  return found._tag === 'Some' ? (found.value as unknown as Diagnostic[]) : [];
}

function right<T>(value: T): { _tag: 'Right'; right: T } {
  return { _tag: 'Right', right: value };
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
