import {
  type API,
  bodySchema,
  describesSuccess,
  jsonOf,
  namedInBody,
  type Operation,
  responseOf,
  responseSchema,
  successOf,
} from '../api/api.ts';
import { shapeOf } from '../api/schema.ts';
import type { ParsedRequest, Query } from '../http/request.ts';
import type { Diagnostic } from '../prism/diagnostic.ts';
import { mockWithPrism, type PrismError } from '../prism/mocker.ts';
import { type Preferences, readPreferences } from '../prism/preferences.ts';
import type { PrismAnswer, PrismRequest } from '../prism/request.ts';
import type { Route } from '../prism/route.ts';
import { knownNames } from '../prism/unknown-parameters.ts';
import { type Validator, validateValue } from '../prism/validate.ts';
import { acceptedTypes, rewordRefusal } from '../prism/wording.ts';
import type { Answerer, Refuser } from '../state/answers.ts';
import type { Epoch } from '../state/epoch.ts';
import { exampleValue } from '../state/generate/values.ts';
import { type Cause, findID, type History } from '../state/history.ts';
import { readPath } from '../state/path-parameters.ts';
import { acceptsAny, negotiate } from './accept.ts';
import { type Answer, toAnswer } from './answer.ts';
import { conditional, hasTag, isNamed, isTagged, tagOf } from './conditional.ts';
import type { WriteError } from './errors.ts';
import { fitBody } from './fit-body.ts';
import { bodyOf, readForm } from './form-body.ts';
import { type AnyHandler, ErrorAnswer, type HandlerRegistry, runHandler } from './handlers.ts';
import { onlyPages } from './only-page.ts';
import { ignoreReadOnly } from './read-only.ts';
import { readRequest } from './read-request.ts';
import { withFile, withText } from './sample-file.ts';
import { typedQuery } from './typed-query.ts';
import { correctMissing, refusalOf } from './violations.ts';
import { withXML } from './xml-body.ts';

/** How many alternatives of a response are tried. */
const mostAlternatives = 20;

export interface HandleParts {
  api: API;
  route: Route;
  validator: Validator;
  errors: WriteError;
  answers: Answerer;
  /** Refuses what is below an item that does not exist, where the state does not answer. */
  refuse: Refuser;
  handlers: HandlerRegistry;
  /** `mock.data`, for the handler of a request. */
  dataFor(cause: Cause): object;
  history: History;
  /** Whether `/_mock` is there, so that an unknown path can point to it. */
  control: boolean;
}

/** What the mock itself answers, and what the journal should say of it. */
interface Own {
  reply: PrismAnswer;
  notes?: Diagnostic[];
}

/** A request for an operation, with what Prism says of it. */
interface Asked {
  operation: Operation;
  request: PrismRequest;
  /** The request's body; of a form, its fields. */
  body: unknown;
  violations: readonly Diagnostic[];
  preferences: Preferences;
  epoch: Epoch;
  /** Where the request went, without its query. */
  address: string;
  cause: Cause;
}

/**
 * Answers a request as the document asks for: validates it, answers it, and validates the answer. No fault, no journal.
 * Never rejects.
 */
export function createHandle(parts: HandleParts) {
  const { api, route, validator, errors, answers, refuse, handlers, dataFor, history, control } =
    parts;
  const methods = [...new Set(api.operations.map(({ method }) => method.toUpperCase()))];

  const outputOf = (operation: Operation, reply: PrismAnswer) =>
    reply.statusCode === 200 && !describesSuccess(operation)
      ? [undescribed]
      : validator.output(operation, withText(reply));

  return async function handle(
    given: ParsedRequest,
    operation: Operation | undefined,
    epoch: Epoch,
    id: string,
  ): Promise<Answer> {
    const fail = (status: number, message: string): Answer =>
      toAnswer(errors(status, { message, param: null }, operation));
    try {
      const preferences = readPreferences(given.headers['prefer'], given.query);
      if ('invalid' in preferences) return fail(400, `Invalid preference: ${preferences.invalid}.`);
      if (!operation) return unrouted(given);
      const read = readRequest(given, acceptedTypes(operation));
      if ('refused' in read) return fail(read.status, read.refused);
      const form = await readForm(operation, read);
      const request = ignoreReadOnly(
        operation,
        { ...read, form },
        namedInBody(api.behavior(operation.iid)),
      );
      const violations = correctMissing(validator.input(operation, request), read, (body) =>
        validateBody(operation, body),
      );
      const address = `${given.origin ?? ''}${given.fullPath}`;
      const body = bodyOf(request);
      const cause = causeOf(id, operation, request.url, body);
      const asked = {
        operation,
        request: read,
        body,
        violations,
        preferences,
        epoch,
        address,
        cause,
      };
      const answered = await withXML(operation, await answer(asked));
      const isTaggedWrite = !isRead(operation) && hasTag(operation, answered.status);
      const now = isTaggedWrite ? await current(asked) : undefined;
      return conditional(operation, given, answered, now);
    } catch (error) {
      // A path such as `/things/%ff`.
      if (error instanceof URIError) return fail(400, 'The path has an invalid percent-encoding.');
      const { status, message } = explain(error as PrismError);
      return toAnswer(errors(status, { message }, operation));
    }
  };

  function validateBody(operation: Operation, body: unknown): Diagnostic[] {
    const schema = bodySchema(operation);
    return schema ? validateValue(api, body, schema, operation) : [];
  }

  async function answer(asked: Asked): Promise<Answer> {
    const { operation, request, violations, preferences } = asked;
    const isPreferred =
      preferences.code !== undefined || preferences.exampleKey !== undefined || preferences.dynamic;
    // Prism's own mocker knows what a preferred example of an error looks like.
    if (isPreferred && !request.bodyError) {
      const sample = await mockWithPrism(operation, request, violations, preferences);
      return check(asked, withFile(operation, sample));
    }
    const refused = refusalOf(violations, operation);
    if (refused) return check(asked, errors(refused.status, refused.details, operation));
    if (await isOutdated(asked)) return check(asked, errors(412, outdated, operation));
    const handler = handlers.get(operation.iid);
    if (!handler) {
      const { reply, notes } = await own(asked);
      return check(notes ? { ...asked, violations: [...violations, ...notes] } : asked, reply);
    }
    const reply = await ask(handler, asked);
    locateID(asked, reply.body);
    const broken = errorIn(outputOf(operation, reply));
    if (broken === undefined) {
      const answered = check(asked, reply);
      const { etag } = answered.headers;
      return { ...answered, ...(etag !== undefined && { tag: etag }) };
    }
    const message = `The handler's response doesn't match the spec: ${broken}.`;
    const { validations } = check(asked, reply);
    return { ...toAnswer(errors(500, { message }, operation)), validations };
  }

  /**
   * Whether a write has to be refused, because the item is not in the state that `If-Match` or `If-None-Match` names.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1
   */
  async function isOutdated(asked: Asked): Promise<boolean> {
    const { operation, request } = asked;
    const { 'if-match': match, 'if-none-match': other } = request.headers;
    if (isRead(operation) || (match === undefined && other === undefined)) return false;
    const now = await current(asked);
    if (!now) return false;
    const isThere = now.status === 200;
    // What is missing is a 404, but a PUT may create it.
    if (match !== undefined && !isThere) return match.trim() === '*' && operation.method === 'put';
    const tag = tagOf(now);
    return isThere && ((match !== undefined && !isNamed(tag, match)) || isNamed(tag, other));
  }

  /** The answer to a GET of the same path, unless it is a list or has no entity tags. */
  async function current(asked: Asked): Promise<Answer | undefined> {
    const { operation, request } = asked;
    const reader = route('get', request.url.path);
    if (!reader || reader === operation || !isTagged(reader) || !answers(reader)) return undefined;
    if (api.behavior(reader.iid).kind === 'list') return undefined;
    const { body: _, ...rest } = request;
    const reading: Asked = {
      ...asked,
      ...{ operation: reader, request: { ...rest, method: 'get' }, body: undefined },
      // What the read finds says nothing of the write.
      ...{ violations: [], preferences: {}, cause: { ...asked.cause } },
    };
    // A handler that throws has no tag.
    return answer(reading).catch(() => undefined);
  }

  /** An answer with what is wrong with the request and with itself. */
  function check({ operation, violations }: Asked, reply: PrismAnswer): Answer {
    return toAnswer(reply, [...violations, ...outputOf(operation, reply)]);
  }

  /** What the mock itself answers: the state, or else Prism's mocker. */
  async function own(asked: Asked): Promise<Own> {
    const { operation, request, body: sent, violations, epoch, address, cause } = asked;
    const answerOf = answers(operation);
    if (!answerOf) {
      const refused = epoch.run(() => refuse(operation, request.url.path));
      if (refused) {
        const { status, ...details } = refused;
        return { reply: errors(status, details, operation) };
      }
      const { request: readable, type } = negotiate(operation, request);
      const sample = mended(asked, await mockWithPrism(operation, readable, violations));
      return {
        reply: withFile(operation, asOnlyPage(asked, sample), type),
        notes: isRead(operation)
          ? unreadIn(operation, request.url.query).map((name) => noEffect(name, 'query'))
          : [unstored],
      };
    }
    // Prism negotiates what else may do than JSON: where it refuses, so does the mock.
    const { accept } = request.headers;
    if (!acceptsAny(accept) && accept !== 'application/json')
      await mockWithPrism(operation, negotiate(operation, request).request, violations);
    const { path, query = {} } = request.url;
    // Prism's type allows values that are missing.
    const values = query as Record<string, string>;
    const body = sent ?? valuesInQuery(operation, values);
    const given = { path, query: values, body, address };
    const before = history.sequence;
    const result = epoch.run(() => history.during(cause, () => answerOf(given)));
    if ('message' in result) {
      const { status, ...details } = result;
      return { reply: errors(status, details, operation) };
    }
    const { status: statusCode, body: answered, unused } = result;
    const behavior = api.behavior(operation.iid);
    const isInert =
      history.sequence === before &&
      (behavior.kind === 'action' ? !behavior.set : behavior.kind.endsWith('.many'));
    const place = behavior.kind === 'list' && behavior.inBody ? 'body' : 'query';
    locateID(asked, answered);
    const headers: Record<string, string> = { ...result.headers };
    if (answered !== undefined) headers['content-type'] = jsonTypeOf(operation, statusCode);
    const { reply, notes = [] } = await fit({ statusCode, headers, body: answered }, asked);
    notes.push(...(unused ?? []).map((name) => noEffect(name, place)));
    notes.push(...(result.unstored ?? []).map((name) => noEffect(name, 'body')));
    if (isInert)
      notes.push(result.inert === undefined ? inert : { ...inert, message: result.inert });
    if (request.headers['range'] !== undefined && behavior.kind === 'list') notes.push(unranged);
    return { reply, ...(notes.length > 0 && { notes }) };
  }

  /**
   * An answer that the document allows: Prism's example stands in for what does not fit, and then for all of it. Where
   * the example does not fit either, the journal says what is wrong with the answer.
   */
  async function fit(reply: PrismAnswer, asked: Asked): Promise<Own> {
    const { operation, request, violations } = asked;
    const found = outputOf(operation, reply);
    const broken = errorIn(found);
    if (broken === undefined) return { reply };
    const { statusCode } = reply;
    // Without a wish, Prism's example is of the first success.
    const wish = statusCode === successOf(operation) ? undefined : { code: statusCode };
    const sample = await mockWithPrism(operation, request, violations, wish).catch(() => reply);
    // The example of a header that may be missing would be wrong: of `Link`, it leads to another page.
    const required = responseOf(operation, statusCode)?.headers?.filter((one) => one.required);
    const needed = required?.map(({ name }) => name.toLowerCase()) ?? [];
    const own = Object.entries(sample.headers ?? {}).filter(([name]) =>
      needed.includes(name.toLowerCase()),
    );
    const example = { ...sample, headers: { ...Object.fromEntries(own), ...reply.headers } };
    const bodies = fitBody(reply.body, example.body, found);
    const fitted = fittedWith(example, bodies, operation);
    if (fitted) return { reply: fitted };
    if (errorIn(validator.output(operation, example)) !== undefined) return { reply };
    return { reply: example, notes: [replaced(broken)] };
  }

  /** The answer with the first of these bodies that the document allows. */
  function fittedWith(
    answer: PrismAnswer,
    bodies: Iterable<unknown>,
    operation: Operation,
  ): PrismAnswer | undefined {
    for (const body of bodies) {
      const fitted = { ...answer, body };
      if (errorIn(validator.output(operation, fitted)) === undefined) return fitted;
    }
    return undefined;
  }

  /** A sample of Prism's in which generated values stand in for what the document does not allow. */
  function mended({ operation }: Asked, sample: PrismAnswer): PrismAnswer {
    const { statusCode, body } = sample;
    if (statusCode < 200) {
      const message = `The document describes no other response than ${statusCode}, which is not final.`;
      return errors(500, { message }, operation);
    }
    const schema = responseSchema(operation, statusCode);
    const hasExample = jsonOf(responseOf(operation, statusCode)?.contents)?.examples?.length;
    if (!schema || hasExample) return sample;
    const found = validator.output(operation, sample);
    if (errorIn(found) === undefined) return sample;
    const bodies = fitBody(body, exampleValue(schema, operation), found);
    const fitted = fittedWith(sample, bodies, operation);
    if (fitted) return fitted;
    // A value of one alternative may be one of another as well, which `oneOf` does not allow.
    const alternatives = shapeOf(schema, operation).alternatives.slice(0, mostAlternatives);
    const others = alternatives.map((one) => exampleValue(one, operation));
    return fittedWith(sample, others, operation) ?? sample;
  }

  /** The parameters of a read without state: they choose nothing. Those of pages tell which page a sample is. */
  function unreadIn(operation: Operation, query: Query = {}): string[] {
    const behavior = api.behavior(operation.iid);
    const { position, size } =
      (behavior.kind === 'mocker' ? behavior.list?.paging : undefined) ?? {};
    const isKnown = knownNames(operation);
    return Object.keys(query).filter((name) => isKnown(name) && name !== position && name !== size);
  }

  /** A sample of a list's page, which does not lead to others. */
  function asOnlyPage({ operation, request }: Asked, sample: PrismAnswer): PrismAnswer {
    const behavior = api.behavior(operation.iid);
    const list = behavior.kind === 'mocker' ? behavior.list : undefined;
    if (!list || sample.statusCode !== successOf(operation)) return sample;
    const headers = Object.fromEntries(
      Object.entries(sample.headers ?? {}).filter(([name]) => !/^link$/i.test(name)),
    );
    const page = list.paging.link ? { ...sample, headers } : sample;
    const bodies = onlyPages(list.paging, request.url.query ?? {}, sample.body);
    return fittedWith(page, bodies, operation) ?? page;
  }

  function ask(handler: AnyHandler, asked: Asked): Promise<PrismAnswer> {
    const { operation, request, body, cause } = asked;
    const { method, headers } = request;
    const { path, query = {} } = request.url;
    let data: object | undefined;
    const call = {
      params: readPath(operation, path),
      // Prism's type allows values that are missing.
      query: typedQuery(operation, query as Record<string, string>),
      body,
      get data() {
        data ??= dataFor(cause);
        return data;
      },
      request: { method: method.toUpperCase(), path, headers },
    };
    return runHandler(operation, handler, call, async () => {
      const { reply } = await own(asked);
      if (reply.statusCode >= 400) throw new ErrorAnswer(reply);
      // A copy that a handler may change: the mock's own objects are frozen.
      return structuredClone(reply.body);
    });
  }

  /** Remembers where a response has the id of the item that the request added. */
  function locateID({ operation, cause }: Asked, body: unknown): void {
    if (cause.added === undefined) return;
    const behavior = api.behavior(operation.iid);
    const name = 'collection' in behavior ? behavior.collection : undefined;
    const collection = api.collections.find((one) => one.name === name);
    cause.idPath = findID(body, cause.added, collection?.idProperty ?? 'id');
  }

  /** A path that the document does not have, or another method than it has there. */
  function unrouted({ method, path }: ParsedRequest): Answer {
    const isOptions = method.toUpperCase() === 'OPTIONS';
    if (isOptions && path === '*') return allowing(methods);
    if (!path.startsWith('/'))
      return toAnswer(errors(400, { message: 'A path must begin with a slash.', param: null }));
    const found = methods.filter((one) => route(one, path));
    const allow = found.includes('GET') && !found.includes('HEAD') ? [...found, 'HEAD'] : found;
    if (allow.length === 0) {
      const shown = JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
      const hint = control ? ' See /_mock for what the mock serves.' : '';
      return toAnswer(
        errors(404, { message: `The API has no path ${shown}.${hint}`, param: null }),
      );
    }
    if (isOptions) return allowing(allow);
    const message = `The path allows ${allow.join(', ')}, not ${method}.`;
    const refused = toAnswer(errors(405, { message, param: null }));
    // What the path does allow. See https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
    return { ...refused, headers: { ...refused.headers, allow: allow.join(', ') } };
  }
}

function causeOf(id: string, { iid }: Operation, url: PrismRequest['url'], body: unknown): Cause {
  // Prism's type allows values that are missing.
  const query = (url.query ?? {}) as Query;
  return { request: id, operation: iid, path: url.path, query, body };
}

/** The answer to OPTIONS. See https://www.rfc-editor.org/rfc/rfc9110#section-9.3.7 */
function allowing(methods: readonly string[]): Answer {
  const allow = [...methods, 'OPTIONS'].join(', ');
  return { status: 204, headers: { allow }, body: '', validations: [] };
}

/** The first error among what was found, as a sentence without its period. */
function isRead({ method }: Operation): boolean {
  return /^(?:get|head)$/i.test(method);
}

function errorIn(found: readonly Diagnostic[]): string | undefined {
  return found.find(({ severity }) => severity === 0)?.message;
}

/** What a write without a body says about the item: `POST /pet/1?status=sold`. */
function valuesInQuery(operation: Operation, query: Query): object | undefined {
  const isWrite = ['post', 'put', 'patch'].includes(operation.method.toLowerCase());
  return isWrite && !operation.request?.body ? typedQuery(operation, query) : undefined;
}

/** The media type in which an operation answers JSON. */
function jsonTypeOf(operation: Operation, status: number): string {
  const { mediaType = '' } = jsonOf(responseOf(operation, status)?.contents) ?? {};
  return mediaType.includes('json') ? mediaType : 'application/json';
}

/** What Prism refuses to answer, such as a preferred example that does not exist, in the mock's own words. */
function explain(error: PrismError): { status: number; message: string } {
  const status = error.status ?? statusOf(error.message);
  if (status === 500)
    return { status, message: `The mock failed: ${rewordRefusal(error.message)}` };
  const message = rewordRefusal(error.detail ?? sentences[status] ?? error.message);
  return { status, message: message.endsWith('.') ? message : `${message}.` };
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

/** What the journal says of the success of an operation for which the document describes failures alone. */
const undescribed: Diagnostic = {
  message: 'The document describes no success of this operation',
  severity: 1,
  path: ['response'],
  code: 'no-success',
};

/** What the journal says of an example that stands in for what the mock has. */
function replaced(broken: string): Diagnostic {
  const message = `The response is an example of the document, because the mock's own breaks it: ${broken}`;
  return { message, severity: 1, path: ['response'], code: 'example' };
}

/** What the journal says of a write that the mock has no state for. */
const unstored: Diagnostic = {
  message: 'The operation has no state in the mock: nothing was stored',
  severity: 1,
  path: ['request'],
  code: 'no-state',
};

/** What the journal says of an action that the document does not say the effect of. */
const inert: Diagnostic = {
  message: 'The operation changes nothing in the mock',
  severity: 1,
  path: ['request'],
  code: 'no-effect',
};

/** What the journal says of a header that asks for a part of a list: the mock pages by parameters of the query. */
const unranged: Diagnostic = {
  message: 'Request header Range has no effect in the mock',
  severity: 1,
  path: ['header', 'range'],
  code: 'unused',
};

const outdated = {
  message: 'The If-Match header names another version of the object.',
  param: null,
};

function noEffect(name: string, place: 'query' | 'body'): Diagnostic {
  const what = place === 'body' ? 'Request body property' : 'Request query parameter';
  const message = `${what} ${name} has no effect in the mock`;
  return { message, severity: 1, path: [place, name], code: 'unused' };
}
