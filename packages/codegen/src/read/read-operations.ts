import type { Pointer, Problems } from '@org/openapi';
import {
  type BodyObject,
  type Document,
  deref,
  type MediaType,
  type Method,
  methods,
  type OperationObject,
  type ParameterObject,
  type Schema,
} from '@org/openapi';
import { clientMembers } from '../model/client-core.ts';
import { isForm, isMultipart, jsonOf } from './media-types.ts';
import { isIgnored, isOption } from './read-client.ts';

/** An operation of the document with everything that it refers to looked up. */
export interface SourceOperation {
  id: string;
  /** `['admin', 'organization', 'users']`: the call without its last name. */
  resource: string[];
  /** `list` */
  action: string;
  method: Method;
  path: string;
  /** Where it is in the document. */
  pointer: Pointer;
  object: OperationObject;
  /** Whether only the mock has it. */
  isIgnored: boolean;
  /** Path parameters, in the order of the path. */
  pathParams: ParameterObject[];
  query: ParameterObject[];
  /** Header parameters, without those that OpenAPI leaves to others. */
  headers: ParameterObject[];
  body: { object: BodyObject; media: MediaType; mediaType: string } | undefined;
  /** The first successful response that has JSON. */
  success: { status: string; media: MediaType } | undefined;
  /** Extensions for the mock, those of the path included. */
  mock: Record<string, { value: unknown; pointer: Pointer }>;
}

/** Names that resources and methods cannot have: JavaScript calls or reads them itself. */
export const reservedSegments: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', 'then', 'toJSON'],
]);

/** Whether a text can be a segment of an operation's id. */
export function isSegment(text: string): boolean {
  return /^[a-z][a-zA-Z0-9]*$/.test(text);
}

/**
 * The operations in the order of the document. An id that cannot be a call is a problem.
 *
 * @param forClient receives problems of the client only
 */
export function readOperations(
  document: Document,
  problems: Problems,
  forClient: Problems = problems,
): SourceOperation[] {
  const operations: SourceOperation[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [key, object] of Object.entries(item)) {
      const method = methods.find((candidate) => candidate === key);
      if (!method) continue;
      const pointer = ['paths', path, method];
      const operation = object as OperationObject;
      const id = operation.operationId ?? '';
      const segments = id.split('.');
      const action = segments.at(-1) ?? '';
      if (segments.length < 2 || !segments.every(isSegment)) {
        problems.add(
          'operation-id',
          [...pointer, 'operationId'],
          `operationId ${JSON.stringify(id)} is not a method path: write two or more camelCase names separated by dots, such as \`users.list\`.`,
        );
        continue;
      }
      const reserved = segments.find((segment) => reservedSegments.has(segment));
      if (reserved) {
        problems.add(
          'reserved-name',
          [...pointer, 'operationId'],
          `operationId \`${id}\` has the name \`${reserved}\`, which is reserved in JavaScript. Choose another name.`,
        );
      }
      const [first = ''] = segments;
      const ignored = isIgnored(operation);
      if (clientMembers.includes(first) && !ignored) {
        problems.add(
          'client-member',
          [...pointer, 'operationId'],
          `operationId \`${id}\` begins with \`${first}\`, which is a member of the client. Put it below another resource, such as \`admin.${id}\`.`,
        );
      }
      operations.push({
        id,
        resource: segments.slice(0, -1),
        action,
        method,
        path,
        pointer,
        object: operation,
        isIgnored: ignored,
        ...readParameters(document, path, item.parameters, operation.parameters),
        // `fetch` refuses the body of a GET.
        body:
          method === 'get'
            ? undefined
            : readBody(document, operation, pointer, ignored ? undefined : forClient),
        success: responseBody(document, operation),
        mock: {
          ...readMock(item['x-mock'], ['paths', path, 'x-mock'], problems),
          ...readMock(operation['x-mock'], [...pointer, 'x-mock'], problems),
        },
      });
    }
  }
  return operations;
}

/** OpenAPI ignores these as parameters: media types and security describe them. */
export const ignoredHeaders: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'authorization',
]);

type Parameters = OperationObject['parameters'];

function readParameters(document: Document, path: string, shared: Parameters, own: Parameters) {
  const parameters = new Map<string, ParameterObject>();
  for (const reference of [...(shared ?? []), ...(own ?? [])]) {
    const parameter = deref(document, reference);
    parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  const pathParams = paramsOf(path).map(
    (name) => parameters.get(`path ${name}`) ?? { name, in: 'path', required: true },
  );
  const query = [...parameters.values()].filter((parameter) => parameter.in === 'query');
  const headers = [...parameters.values()].filter(
    (parameter) =>
      parameter.in === 'header' &&
      !ignoredHeaders.has(parameter.name.toLowerCase()) &&
      !isOption(parameter),
  );
  return { pathParams, query, headers };
}

/** The names in a path's braces, each once. */
export function paramsOf(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? ''))];
}

function readBody(
  document: Document,
  operation: OperationObject,
  pointer: Pointer,
  problems: Problems | undefined,
): SourceOperation['body'] {
  const object = deref(document, operation.requestBody);
  if (!object) return undefined;
  const written = writtenMedia(object.content);
  if (written) {
    describeMedia(written.mediaType, written.media);
    return { object, ...written };
  }
  problems?.add(
    'body-media-type',
    [...pointer, 'requestBody'],
    'The request body has no media type. Describe it in `content`, as `application/json` for example.',
  );
  return undefined;
}

/** The first successful response that has JSON. */
export function responseBody(
  document: Document,
  operation: OperationObject,
): SourceOperation['success'] {
  const codes = Object.keys(operation.responses ?? {})
    .filter((code) => /^2(\d\d|XX)$/i.test(code))
    .sort();
  for (const status of codes) {
    const response = deref(document, operation.responses?.[status]);
    const json = jsonOf(response?.content);
    if (json) return { status, media: json.media };
  }
  return undefined;
}

/** The media type of a body: JSON, else a form, else the document's first. */
export function writtenMedia(content: Record<string, MediaType> | undefined) {
  const entries = Object.entries(content ?? {});
  // A JSON Patch is a list of steps: other JSON is easier to write.
  const others = entries.filter(([type]) => !/json-patch\+json/i.test(type));
  const json = jsonOf(Object.fromEntries(others)) ?? jsonOf(content);
  if (json) return json;
  const [mediaType, media] =
    entries.find(([type]) => isForm(type)) ??
    entries.find(([type]) => isMultipart(type)) ??
    entries[0] ??
    [];
  if (mediaType === undefined || !media) return undefined;
  return { mediaType, media };
}

/** Reads `text/*` as a string and other types as bytes, even without a schema. Changes the document. */
function describeMedia(mediaType: string, media: MediaType): void {
  if (isForm(mediaType) || isMultipart(mediaType) || /json\b/i.test(mediaType)) return;
  if (Object.keys(media.schema ?? {}).length > 0) return;
  media.schema = isText(mediaType) ? { type: 'string' } : { type: 'string', format: 'binary' };
}

const isText = (type: string): boolean => /^text\//i.test(type);

function readMock(value: unknown, pointer: Pointer, problems: Problems): SourceOperation['mock'] {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.add(
      'x-mock',
      pointer,
      'x-mock must be an object with `filter`, `id`, `seed` or `set`.',
    );
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      { value: entry, pointer: [...pointer, key] },
    ]),
  );
}

/** Ids that do not fit into one tree of resources. */
export function checkIds(operations: readonly SourceOperation[], problems: Problems): void {
  const byID = new Map<string, SourceOperation>();
  for (const operation of operations) {
    const other = byID.get(operation.id);
    if (other) {
      problems.add(
        'duplicate-operation-id',
        [...operation.pointer, 'operationId'],
        `operationId \`${operation.id}\` is also the id of ${title(other)}. Each operation needs a unique id.`,
      );
    } else {
      byID.set(operation.id, operation);
    }
  }
  for (const operation of operations.filter(({ isIgnored }) => !isIgnored)) {
    for (let end = 1; end <= operation.resource.length; end += 1) {
      const prefix = byID.get(operation.resource.slice(0, end).join('.'));
      if (!prefix || prefix.isIgnored) continue;
      problems.add(
        'operation-id-prefix',
        [...prefix.pointer, 'operationId'],
        `operationId \`${prefix.id}\` is the beginning of \`${operation.id}\`: \`${prefix.action}\` would be a method and a resource. Rename one of them.`,
      );
    }
  }
}

/** `GET /teams` */
export function title({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path}`;
}

/** The schema of the body of a successful response. */
export function responseSchema(operation: SourceOperation): Schema | undefined {
  return operation.success?.media.schema;
}
