// Prism is CommonJS. What lies under dist/ is private: its version is pinned, and a test asks for each of these.
// The packages' main modules would load the mocker and a logger at once, which takes longer than all the rest.
import type { PrismHttpComponents } from '@stoplight/prism-http';
import * as deserializers from '@stoplight/prism-http/dist/validator/deserializers/index.js';
import * as validator from '@stoplight/prism-http/dist/validator/index.js';
import utils from '@stoplight/prism-http/dist/validator/validators/utils.js';
import type { API, Operation } from '../api/api.ts';
import { memoize } from '../lib/memoize.ts';
import { isUnreadXML, toValidate } from './body-content.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Accepts } from './keys.ts';
import { type CheckedParameter, checkOtherParameters } from './other-parameters.ts';
import { withQuery } from './query-objects.ts';
import type { PrismAnswer, PrismRequest } from './request.ts';
import { Schemas } from './schemas.ts';
import { checkSecurity } from './security.ts';
import { findUnknownParameters } from './unknown-parameters.ts';
import { rewordInput, rewordOutput } from './wording.ts';

// As Prism itself declares its components; the functions' own types say less.
const { validateInput, validateOutput } = validator as unknown as Pick<
  PrismHttpComponents,
  'validateInput' | 'validateOutput'
>;

// Prism takes a header that is missing apart, and throws, if it is an array or an object.
const { header } = deserializers;
const { simple } = header;
header.simple = (name, headers, schema, explode) =>
  headers[name] === undefined ? undefined : simple(name, headers, schema, explode);

export interface ValidatorOptions {
  /** Whether a credential is accepted for a scheme. */
  accepts: Accepts;
  /** Whether query parameters that the operation does not have are errors; they are warnings otherwise. */
  strict: boolean;
}

/** Says what is wrong with requests and answers, by the document. */
export interface Validator {
  input(operation: Operation, request: PrismRequest): readonly Diagnostic[];
  output(operation: Operation, answer: PrismAnswer): readonly Diagnostic[];
}

/** Validates with Prism. A verdict is kept for the next request that is the same, and for an answer that is frozen. */
export function createValidator(api: API, { accepts, strict }: ValidatorOptions): Validator {
  const schemas = Schemas.of(api);
  const check = ({ operation, request }: Input): readonly Diagnostic[] => [
    ...schemas
      .run(() => withQuery(request.url.query ?? {}, () => inputProblems(operation, request)))
      .map((found) => rewordInput(found, operation, request.headers['content-type'])),
    ...schemas.run(() => checkOtherParameters(operation, request, validateParameter, strict)),
    ...findUnknownParameters(operation, request.url.query ?? {}, strict),
    ...(isUnreadXML(operation, request) ? [unread] : []),
  ];
  const checkOnce = memoize(check, keyOf);
  const checkOutput = (operation: Operation, answer: PrismAnswer) =>
    schemas
      .run(() => problemsOf(validateOutput({ resource: operation, element: answer })))
      .map((found) => rewordOutput(found, operation, answer));
  const verdicts = new WeakMap<object, Verdict>();

  return {
    input(operation, request) {
      const refused = checkSecurity(operation.security ?? [], request, accepts);
      const problems = checkOnce({ operation, request });
      return refused.length === 0 ? problems : [...refused, ...problems];
    },
    output(operation, answer) {
      const { body, statusCode } = answer;
      if (typeof body !== 'object' || body === null || !Object.isFrozen(body))
        return checkOutput(operation, answer);
      const known = verdicts.get(body);
      if (known?.operation === operation && known.statusCode === statusCode) return known.problems;
      const problems = checkOutput(operation, answer);
      verdicts.set(body, { operation, statusCode, problems });
      return problems;
    },
  };
}

const unread: Diagnostic = {
  message: 'The mock does not read XML: the body is not checked, and nothing of it is stored',
  severity: 1,
  path: ['body'],
  code: 'xml',
};

/** What Prism's validators validate, for the wording. */
const input = 0;
const output = 1;

function inputProblems(operation: Operation, request: PrismRequest): Diagnostic[] {
  return problemsOf(validateInput(toValidate(operation, inOnePiece(request))));
}

interface Input {
  operation: Operation;
  request: PrismRequest;
}

/** What was found out about a frozen body: the same object is the same body. */
interface Verdict {
  operation: Operation;
  statusCode: number;
  problems: readonly Diagnostic[];
}

/** Prism's reader of paths makes a list of a value with commas, which its own styles then cannot read. */
function inOnePiece(request: PrismRequest): PrismRequest {
  const { url } = request;
  if (!url.path.includes(',')) return request;
  return { ...request, url: { ...url, path: url.path.replaceAll(',', '%2C') } };
}

/** All that Prism's verdict on a request depends on; undefined where headers are described, which are many. */
function keyOf({ operation, request }: Input): string | undefined {
  if (operation.request?.headers || operation.request?.cookie) return undefined;
  const { url, body, headers } = request;
  const target = `${operation.id} ${url.path} ${JSON.stringify(url.query)}`;
  if (body === undefined) return target;
  // A text may be as long as it likes; what is parsed is written again.
  const type = `${headers['content-type']} ${headers['content-length']}`;
  return `${target} ${type} ${typeof body} ${JSON.stringify(body)}`;
}

/**
 * What is wrong with a value, by a schema; nothing where it is valid. No text is taken for a number.
 *
 * @param root what brings along what the schema's references are about: an operation, or the schema itself
 */
export function validateValue(
  document: object,
  value: unknown,
  schema: object,
  root: object = schema,
): Diagnostic[] {
  const bundle = '__bundled__' in root ? root.__bundled__ : undefined;
  const found = Schemas.of(document).run(() =>
    utils.validateAgainstSchema(value, schema, false, output, undefined, bundle),
  );
  // Prism's own type of a diagnostic is the same with a narrower path.
  const diagnostics = found._tag === 'Some' ? (found.value as unknown as Diagnostic[]) : [];
  return diagnostics.filter(({ severity }) => severity === 0);
}

/** What is wrong with the value of a parameter that Prism passes over, in the words that it has for others. */
function validateParameter(
  value: unknown,
  { schema, isText, path, root }: CheckedParameter,
): Diagnostic[] {
  const [place = '', name = ''] = path;
  const bundle = '__bundled__' in root ? root.__bundled__ : undefined;
  const found = utils.validateAgainstSchema(value, schema, isText, input, undefined, bundle);
  const diagnostics = found._tag === 'Some' ? (found.value as unknown as Diagnostic[]) : [];
  return diagnostics.map((one) => ({
    ...one,
    path: [...path, ...(one.path ?? [])],
    message: one.message.replace(/^Request (?:parameter )?/, `Request ${place} parameter ${name} `),
  }));
}

/** A verdict of Prism's is an Either: what is wrong is on its left. */
function problemsOf(verdict: { _tag: 'Right' } | { _tag: 'Left'; left: unknown }): Diagnostic[] {
  return verdict._tag === 'Left' ? (verdict.left as Diagnostic[]) : [];
}
