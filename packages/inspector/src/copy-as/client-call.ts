import type { OperationInfo, RecordedRequest } from '../api/types.ts';
import { callArguments } from './arguments.ts';
import { literal, text } from './literal.ts';

/** The request as a call on the client: `client.users.list({ limit: 2 })`. */
export function clientCall(request: RecordedRequest, operation: OperationInfo): string {
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

/** Whether the call has an object of params besides the id. */
function takesParams({ arguments: given, path }: OperationInfo): boolean {
  return given.length > (path.includes('{') ? 1 : 0);
}
