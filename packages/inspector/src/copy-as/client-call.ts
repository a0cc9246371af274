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
    // Options come after the params, where the call takes any.
    if (params === undefined && takesParams(operation)) parts.push('{}');
    parts.push(literal({ query: extraQuery }));
  }
  return `${methodOf(operation)}(${parts.join(', ')})`;
}

/** How a program calls the operation. Its id is the path to the method. */
export function methodOf({ id }: OperationInfo): string {
  return `client.${id}`;
}

function takesParams({ parameters, path, body }: OperationInfo): boolean {
  const pathParams = path.match(/\{[^}]+\}/g)?.length ?? 0;
  return body !== undefined || pathParams > 1 || parameters.some((one) => one.in === 'query');
}
