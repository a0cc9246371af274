import type { Operation } from '../api/api.ts';
import type { PrismRequest } from '../prism/request.ts';

/** A request with the `Accept` header that Prism needs, and the type that was asked for where it is none of the document's. */
export interface Negotiated {
  request: PrismRequest;
  type?: string;
}

/**
 * Chooses among the types of an answer where Prism would take the first one of the document, or none: most programs
 * expect JSON, `image/gif` is one of `image/*`, and programs that accept `application/vnd.github+json` accept JSON.
 */
export function negotiate(operation: Operation, request: PrismRequest): Negotiated {
  const types = operation.responses.flatMap(({ code, contents = [] }) =>
    /^2/.test(code) ? contents.map(({ mediaType }) => mediaType.toLowerCase()) : [],
  );
  const given = request.headers['accept'];
  if (acceptsAny(given))
    return types.includes(json) ? { request: accepting(request, json) } : { request };
  for (const accepted of given?.toLowerCase().split(',') ?? []) {
    const range = accepted.replace(/;.*/, '').trim();
    if (range.endsWith('/*') || types.includes(range)) return { request };
    const wide = types.find((type) => type === '*/*' || type === range.replace(/\/.*/, '/*'));
    if (wide) return { request: accepting(request, wide), type: range };
    if (range.endsWith('+json') && types.includes(json))
      return { request: accepting(request, json) };
  }
  return { request };
}

export function acceptsAny(accept: string | undefined): boolean {
  return accept === undefined || accept === '*/*';
}

const json = 'application/json';

function accepting(request: PrismRequest, accept: string): PrismRequest {
  return { ...request, headers: { ...request.headers, accept } };
}
