import type { IMediaTypeContent } from '@stoplight/types';
import type { Operation } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import type { PrismRequest } from './request.ts';

/** What the document says of a body of a media type; undefined where it does not have that very type. */
export function contentOf(
  { request }: Operation,
  contentType: string,
): IMediaTypeContent | undefined {
  const type = essenceOf(contentType);
  return request?.body?.contents?.find(({ mediaType }) => essenceOf(mediaType) === type);
}

/** Whether a body is XML, which the mock does not read: Prism would take it for a text. */
export function isUnreadXML(operation: Operation, { headers, body }: PrismRequest): boolean {
  const type = headers['content-type'] ?? '';
  if (typeof body !== 'string' || !/[/+]xml\s*(?:;|$)/i.test(type)) return false;
  const { schema } = contentOf(operation, type) ?? {};
  return schema !== undefined && shapeOf(schema as Schema, operation).alternatives.every(isNoText);
}

function isNoText({ type }: Schema): boolean {
  return type !== undefined && ![type].flat().includes('string');
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
  const isUnread = isUnreadXML(operation, request);
  if (!content || (isOnly && !form && !isUnread)) return { resource: operation, element: request };
  const known = narrowed.get(operation) ?? new Map<IMediaTypeContent, Operation>();
  narrowed.set(operation, known);
  const validated = () => (form ? asJSON(content) : isUnread ? withoutSchema(content) : content);
  const resource = known.get(content) ?? withContent(operation, validated());
  known.set(content, resource);
  if (!form) return { resource, element: request };
  const asked = { ...request, body: form.fields, headers: { ...headers, 'content-type': json } };
  return { resource, element: asked };
}

const json = 'application/json';

function asJSON(content: IMediaTypeContent): IMediaTypeContent {
  return { ...content, mediaType: json };
}

function withoutSchema({ schema: _, ...content }: IMediaTypeContent): IMediaTypeContent {
  return content;
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
