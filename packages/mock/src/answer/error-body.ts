import { isObject } from '../lib/is-object.ts';

/** What an error says. What is left out comes from the document's example. */
export interface ErrorDetails {
  message?: string;
  /** The parameter or property at fault. */
  param?: string | null;
  /** Where it stands: `query`, `path`, `header` or `body`. */
  place?: string;
  code?: string | null;
}

type Body = Record<string, unknown>;

/** Where documents have the sentence of an error, in the order in which they are looked for. */
export const messageNames = [
  'message',
  'detail',
  'error_description',
  'description',
  'msg',
  'reason',
  'error',
  'title',
  'errors',
];

/** Other names of a sentence: `errorMessage`, `Detail`. */
const sentence = /(?:message|msg|detail|description|reason|error|err|title)s?$/i;

/** The property of an error's body that has its sentence. */
function sentenceIn(body: Body, fits: (value: unknown) => boolean = isText): string | undefined {
  const isOther = (name: string) => sentence.test(name) && typeof body[name] === 'string';
  return (
    messageNames.find((name) => fits(body[name])) ??
    Object.keys(body).find((name) => isOther(name) && fits(body[name]))
  );
}

/**
 * Puts a message, the parameter at fault, a code and the status into an error's body, each where the body has a place
 * for it: `error.message`, `message`, `detail`, `errors[0].message` …
 */
export function sayError(example: unknown, details: ErrorDetails, status: number): unknown {
  if (typeof example === 'string') return details.message ?? example;
  if (!isObject(example)) return example;
  const { error } = example;
  if (isObject(error)) return { ...inStatus(example, status), error: say(error, details, status) };
  const list = listOf(example);
  if (list) {
    const [name, first] = list;
    return { ...inStatus(example, status), [name]: [say(first, details, status)] };
  }
  return say(example, details, status);
}

/** An error's body without the properties that are null, and in the example are not. */
export function withoutUnknown(body: unknown, example: unknown): unknown {
  if (Array.isArray(body) && Array.isArray(example))
    return body.map((part, i) => withoutUnknown(part, example[i]));
  if (!isObject(body) || !isObject(example)) return body;
  const known = Object.entries(body).filter(
    ([name, value]) => value !== null || example[name] === null,
  );
  return Object.fromEntries(
    known.map(([name, value]) => [name, withoutUnknown(value, example[name])]),
  );
}

/** The sentence of an error's body, wherever it has one. */
export function messageOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body === '' ? undefined : body;
  if (!isObject(body)) return undefined;
  const { error } = body;
  const part = isObject(error) ? error : (listOf(body)?.[1] ?? body);
  const name = sentenceIn(part, (value) => typeof value === 'string' && value !== '');
  return name === undefined ? undefined : String(part[name]);
}

/** The list of what is wrong, where a body has its sentence in there: `errors`, or `detail` as with FastAPI. */
function listOf(body: Body): [name: string, first: Body] | undefined {
  if (messageNames.some((name) => isText(body[name]))) return undefined;
  for (const [name, value] of Object.entries(body)) {
    const [first] = Array.isArray(value) ? value : [];
    if (isObject(first) && messageNames.some((one) => isText(first[one]))) return [name, first];
  }
  return undefined;
}

function say(example: Body, { message, param, place, code }: ErrorDetails, status: number): Body {
  const said = inStatus(example, status);
  const name = sentenceIn(example);
  if (name !== undefined && message !== undefined) said[name] = message;
  // Problem details have both: a title that is the same for every such error, and what happened.
  if (name !== 'title' && isText(example['title']) && message !== undefined)
    said['title'] = titleOf(status);
  if (param !== undefined && 'param' in example) said['param'] = param;
  // As FastAPI writes it: `["body", "address", "city"]`.
  if (param !== undefined && Array.isArray(example['loc']))
    said['loc'] = place === undefined ? [] : [place, ...(param?.split('.') ?? [])];
  const { source } = example;
  if (param !== undefined && isObject(source)) said['source'] = sourceOf(source, param, place);
  if (code !== undefined && 'code' in example && isText(example['code'])) said['code'] = code;
  return said;
}

/** The place of an error in JSON:API. @see https://jsonapi.org/format/#error-objects */
function sourceOf(example: Body, param: string | null, place: string | undefined): Body {
  const source = { ...example };
  if (isText(source['pointer']))
    source['pointer'] = place === 'body' && param ? `/${param.replaceAll('.', '/')}` : '';
  if (isText(source['parameter'])) source['parameter'] = place === 'query' ? param : '';
  return source;
}

/** A copy in which the status that a body repeats is the answer's. */
function inStatus(example: Body, status: number): Body {
  const copy = { ...example };
  for (const name of ['status', 'statusCode', 'status_code', 'code'])
    if (typeof copy[name] === 'number') copy[name] = status;
  // JSON:API has it as a text, beside `detail`.
  if (typeof copy['status'] === 'string' && 'detail' in copy) copy['status'] = String(status);
  return copy;
}

function titleOf(status: number): string {
  return status < 500 ? 'Request refused' : 'Server error';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}
