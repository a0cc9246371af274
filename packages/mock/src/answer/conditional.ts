import { createHash } from 'node:crypto';
import type { Operation } from '../api/api.ts';
import type { ParsedRequest } from '../http/request.ts';
import type { Answer } from './answer.ts';

const tagged = new WeakMap<Operation, boolean>();

/**
 * An answer for a caller that has one already: it gets an entity tag, where the document speaks of one, and is a 304
 * where the request names it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function conditional(
  operation: Operation,
  { method, headers }: ParsedRequest,
  answer: Answer,
): Answer {
  if (!isTagged(operation) || answer.status !== 200 || !/^(?:GET|HEAD)$/i.test(method))
    return answer;
  const tag = `"${createHash('sha256')
    .update(answer.bytes ?? answer.body)
    .digest('base64url')
    .slice(0, 22)}"`;
  const own = { ...answer.headers, etag: tag };
  const known = headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (!known?.some((one) => one === '*' || one === tag)) return { ...answer, headers: own };
  const { 'content-type': _, ...rest } = own as Record<string, string>;
  return { status: 304, headers: rest, body: '', validations: answer.validations };
}

/** Whether an operation has entity tags: in a header of its answer, in a parameter, or by a 304. */
function isTagged(operation: Operation): boolean {
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
