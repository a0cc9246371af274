import type { OperationInfo, RecordedRequest } from '../api/types.ts';
import { callArguments } from './arguments.ts';
import { literal, text } from './literal.ts';

/** The request as a call on the client: `client.users.list({ limit: 2 })`. */
export function clientCall(request: RecordedRequest, operation: OperationInfo): string {
  if (operation.call === '') return callByPath(request, operation);
  const { positional, params, extraQuery } = callArguments(request, operation);
  const parts: string[] = [];
  if (positional !== undefined) parts.push(text(positional));
  if (params !== undefined) parts.push(literal(params));
  if (extraQuery) {
    // Options come after the params, if the call takes any.
    if (params === undefined && takesParams(operation)) parts.push('{}');
    parts.push(literal({ query: extraQuery }));
  }
  return `${operation.call}(${parts.join(', ')})`;
}

/** The client calls any path: `client.post('/things', { body: { name: 'a' } })`. */
function callByPath(
  { query, body, ...request }: RecordedRequest,
  { method, path, up = '' }: OperationInfo,
): string {
  // Without the base path, which is a part of the client's address.
  const count = path.split('/').length - 1;
  const segments = request.path.split('/').slice(-count);
  const options = {
    ...(Object.keys(query).length > 0 && { query }),
    ...(body !== undefined && { body }),
  };
  const more = Object.keys(options).length > 0 ? `, ${literal(options)}` : '';
  return `client.${method.toLowerCase()}(${text(`${up}/${segments.join('/')}`)}${more})`;
}

/** Whether the call has an object of params besides the id. */
function takesParams({ arguments: given, path }: OperationInfo): boolean {
  return given.length > (path.includes('{') ? 1 : 0);
}
