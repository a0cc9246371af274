import { parseBody } from '../http/body.ts';
import { isMediaType, readAccept } from '../http/media-types.ts';
import { type ParsedRequest, plainNames } from '../http/request.ts';
import { byteLength } from '../lib/bytes.ts';
import { bearerKey } from '../prism/authorization.ts';
import type { PrismRequest } from '../prism/request.ts';

/**
 * Reads a request for Prism's validators, which throw if a header is not a media type.
 *
 * @param accepted the media types of the operation's body, for a message
 */
export function readRequest(
  { method, path, query, headers: given, body: sent }: ParsedRequest,
  accepted: string | undefined,
): PrismRequest | { status: number; refused: string } {
  // A body of these has no meaning: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1
  const body = /^(?:GET|HEAD)$/i.test(method) ? undefined : sent;
  const accept = readAccept(given['accept'] ?? '*/*');
  if (accept === undefined)
    return { status: 406, refused: 'The Accept header is not a list of media types.' };
  const type = given['content-type'] ?? 'application/json';
  if (body && !isMediaType(type)) {
    const advice = accepted === undefined ? '' : `: send ${accepted}`;
    const refused = `The Content-Type ${JSON.stringify(type)} is not a media type${advice}.`;
    return { status: 415, refused };
  }
  if (body && isWithoutBoundary(type) && accepted?.includes('multipart/form-data')) {
    const refused = `The Content-Type ${JSON.stringify(type)} has no boundary: let the HTTP client write this header.`;
    return { status: 415, refused };
  }
  const encoding = given['content-encoding'] ?? 'identity';
  if (body && !/^identity$/i.test(encoding)) {
    const refused = `The mock does not support the Content-Encoding ${JSON.stringify(encoding)}.`;
    return { status: 415, refused };
  }
  return {
    // Prism compares the method with the spec's, whatever it is.
    method: method.toLowerCase() as 'get',
    url: { path, query: plainNames(query) },
    headers: plainHeaders(given, accept, body),
    ...parseBody(body, given['content-type']),
  };
}

/** Whether a form with files does not say what separates its parts: a program has set the header by hand. */
function isWithoutBoundary(type: string): boolean {
  return /^\s*multipart\/form-data\b/i.test(type) && !/;\s*boundary=/i.test(type);
}

function plainHeaders(
  given: ParsedRequest['headers'],
  accept: string,
  body: string | undefined,
): Record<string, string> {
  const headers = { ...given };
  const key = bearerKey(given['authorization']);
  if (given['accept'] !== undefined) headers['accept'] = accept;
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`;
  // Prism looks at a body's content type only where it has a length, and throws at the type of a body that is not there.
  if (body) headers['content-length'] = String(byteLength(body));
  else delete headers['content-type'];
  return headers;
}
