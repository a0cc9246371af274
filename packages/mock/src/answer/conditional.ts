import { createHash } from 'node:crypto';
import { type Operation, responseOf } from '../api/api.ts';
import type { ParsedRequest } from '../http/request.ts';
import type { Answer } from './answer.ts';

const tagged = new WeakMap<Operation, boolean>();

/**
 * An answer for a caller that has one already: it gets an entity tag, where the document speaks of one, and is a 304
 * where the request names it. What a write answers with has the tag of what a GET answers with from now on.
 *
 * @param now what a GET answers with after a write; without one, the write's own body has the tag
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function conditional(
  operation: Operation,
  { method, headers }: ParsedRequest,
  answer: Answer,
  now: Answer | undefined,
): Answer {
  if (!/^(?:GET|HEAD)$/i.test(method)) return withTag(operation, answer, now);
  if (!isTagged(operation) || answer.status !== 200) return answer;
  const tag = tagOf(answer);
  const own = { ...answer.headers, etag: tag };
  if (!isNamed(tag, headers['if-none-match'])) return { ...answer, headers: own };
  const { 'content-type': _, ...rest } = own as Record<string, string>;
  return { status: 304, headers: rest, body: '', validations: answer.validations };
}

function withTag(operation: Operation, answer: Answer, now: Answer | undefined): Answer {
  const tagged = now?.status === 200 ? now : answer;
  const isEmpty = tagged.body === '' && !tagged.bytes;
  if (!hasTag(operation, answer.status) || isEmpty) return answer;
  return { ...answer, headers: { ...answer.headers, etag: tagOf(tagged) } };
}

/** Whether the document has an entity tag for a success. */
export function hasTag(operation: Operation, status: number): boolean {
  const { headers = [] } = responseOf(operation, status) ?? {};
  return status < 300 && headers.some(({ name }) => name.toLowerCase() === 'etag');
}

/** The entity tag of an answer. */
export function tagOf({ tag, bytes, body }: Pick<Answer, 'tag' | 'bytes' | 'body'>): string {
  if (tag !== undefined) return tag;
  const hash = createHash('sha256').update(bytes ?? body);
  return `"${hash.digest('base64url').slice(0, 22)}"`;
}

/** Whether a header such as `If-Match` names a tag. */
export function isNamed(tag: string, header: string | undefined): boolean {
  const named = header?.split(',').map(withoutWeak) ?? [];
  return named.some((one) => one === '*' || one === withoutWeak(tag));
}

function withoutWeak(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/** Whether an operation has entity tags: in a header of its answer, in a parameter, or by a 304. */
export function isTagged(operation: Operation): boolean {
  const known = tagged.get(operation);
  if (known !== undefined) return known;
  const { request, responses } = operation;
  const names = [
    ...responses.flatMap(({ code, headers = [] }) => (/^2/.test(code) ? headers : [])),
    ...(request?.headers ?? []),
  ].map(({ name }) => name.toLowerCase());
  const found =
    names.some((name) => name === 'etag' || name === 'if-none-match') ||
    responses.some(({ code }) => code === '304');
  tagged.set(operation, found);
  return found;
}
