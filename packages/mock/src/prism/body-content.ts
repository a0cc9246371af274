import type { IMediaTypeContent } from '@stoplight/types';
import type { Operation } from '../api/api.ts';
import type { PrismRequest } from './request.ts';

/** What the document says of a body of a media type; undefined where it does not have that very type. */
export function contentOf(
  { request }: Operation,
  contentType: string,
): IMediaTypeContent | undefined {
  const type = essenceOf(contentType);
  return request?.body?.contents?.find(({ mediaType }) => essenceOf(mediaType) === type);
}

interface Validated {
  resource: Operation;
  element: PrismRequest;
}

/** Operations whose body has one media type, by the part of the document that describes it. */
const narrowed = new WeakMap<Operation, Map<IMediaTypeContent, Operation>>();

/**
 * What Prism is to validate. It takes all types that end in `+json` for the same, so that a JSON Merge Patch would have
 * to be a JSON Patch: it sees the type of the request alone. Of forms it knows little: it sees their fields as JSON.
 */
export function toValidate(operation: Operation, request: PrismRequest): Validated {
  const { headers, form } = request;
  const { 'content-type': contentType } = headers;
  const content = contentType === undefined ? undefined : contentOf(operation, contentType);
  const isOnly = operation.request?.body?.contents?.length === 1;
  if (!content || (isOnly && !form)) return { resource: operation, element: request };
  const known = narrowed.get(operation) ?? new Map<IMediaTypeContent, Operation>();
  narrowed.set(operation, known);
  const resource = known.get(content) ?? withContent(operation, form ? asJSON(content) : content);
  known.set(content, resource);
  if (!form) return { resource, element: request };
  const asked = { ...request, body: form.fields, headers: { ...headers, 'content-type': json } };
  return { resource, element: asked };
}

const json = 'application/json';

function asJSON(content: IMediaTypeContent): IMediaTypeContent {
  return { ...content, mediaType: json };
}

function withContent(operation: Operation, content: IMediaTypeContent): Operation {
  const { request } = operation;
  const body = { id: '', ...request?.body, contents: [content] };
  return { ...operation, request: { ...request, body } };
}

function essenceOf(mediaType: string): string {
  const [essence = ''] = mediaType.split(';', 1);
  return essence.trim().toLowerCase();
}
