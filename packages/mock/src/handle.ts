import { memoizeFrozen } from './engine/memoize.ts';
import { operations } from './engine/operations.ts';
import { readPreferences } from './engine/preferences.ts';
import { createEngine, type Diagnostic, type PrismError } from './engine/prism.ts';
import type { MockOptions } from './options.ts';
import { type ParsedRequest, plainNames } from './request.ts';
import { type Answer, failure, json, toText, type Violation } from './response.ts';
import type { UserDirectory } from './state/directory.ts';
import { createUsersMock } from './state/users.ts';

export interface HandlerParts {
  directory: UserDirectory;
  options: MockOptions;
}

/** Turns requests into the answers that the spec asks for: no fault, no journal. Never rejects. */
export function createHandler({ directory, options }: HandlerParts) {
  const keys = options.adminAPIKeys && new Set(options.adminAPIKeys);
  const memoized = options.memoize ?? true;
  const stringify = memoized ? memoizeFrozen(toText) : toText;
  const engine = createEngine({
    operations,
    mock: createUsersMock(directory, memoized),
    knowsKey: (key) => keys?.has(key) ?? true,
    memoized,
  });

  return async function handle(request: ParsedRequest): Promise<Answer> {
    try {
      return await ask(request);
    } catch (error) {
      return refused(error as PrismError);
    }
  };

  async function ask({ method, path, query, headers, body }: ParsedRequest): Promise<Answer> {
    const preferences = readPreferences(headers['prefer'], query);
    if ('invalid' in preferences) {
      return failure(400, `Invalid preference: ${preferences.invalid}.`, { param: null });
    }
    // Such as the target of `OPTIONS *`, which Prism cannot route.
    if (!path.startsWith('/')) {
      return failure(400, 'A path must begin with a slash.', { param: null });
    }
    // Prism would take `/users/` for a user whose id is empty.
    if (path.endsWith('/')) return failure(404);
    // Prism throws at what is no media type.
    if (!isMediaRanges(headers['accept'])) {
      return failure(406, 'The Accept header is not a list of media types.', { param: null });
    }
    const { output, validations } = await engine(
      {
        // Prism compares the method with the spec's, whatever it is.
        method: method.toLowerCase() as 'get',
        url: { path, query: plainNames(query) },
        headers,
        ...(body ? { body } : {}),
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

function isMediaRanges(accept: string | undefined): boolean {
  const range = /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;|$)/;
  return (
    accept === undefined || accept === '*/*' || accept.split(',').every((part) => range.test(part))
  );
}

/** What Prism refuses to answer, such as a path that does not exist, in the API's own words. */
function refused(error: PrismError): Answer {
  const status = error.status ?? 500;
  if (status === 500) return failure(500, `The mock failed: ${error.message}`);
  const message = error.detail ?? error.message;
  return failure(status, message.endsWith('.') ? message : `${message}.`);
}

function describe({ path = [], message, severity }: Diagnostic): Violation {
  return { location: path.map(String), message, severity: severity === 0 ? 'error' : 'warning' };
}
