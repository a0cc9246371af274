import type { IHttpOperation } from '@stoplight/types';
import generated from '../operations.gen.json' with { type: 'json' };

/** The part of JSON Schema that the mock reads for itself; validation is Prism's. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
}

/** The spec as Prism operations. */
// JSON cannot say that its strings are the members of Prism's enumerations.
export const operations = generated.operations as unknown as IHttpOperation[];

/** The path of the API's server: requests may begin with it or not. */
export const basePath: string = generated.basePath;

/** The operation that the directory answers; Prism's own mocker answers all others. */
export const listUsers = operations.find(
  ({ iid }) => iid === 'admin.organization.users.list',
) as IHttpOperation;

/** The schema of a query parameter of the list. */
export function listParameter(name: string): Schema {
  return (listUsers.request?.query?.find((parameter) => parameter.name === name)?.schema ??
    {}) as Schema;
}

/** The schema of one user. */
export const userSchema: Schema =
  (responseContent(listUsers, 200)?.schema as Schema | undefined)?.properties?.['data']?.items ??
  {};

/** An error as the spec's example for the status shows it, or undefined where it has none. */
export function exampleError(
  status: number,
  operation: IHttpOperation = listUsers,
): object | undefined {
  const example = responseContent(operation, status)?.examples?.[0];
  return example && 'value' in example ? (example.value as { error?: object }).error : undefined;
}

function responseContent(operation: IHttpOperation, status: number) {
  return operation.responses.find(({ code }) => code === String(status))?.contents?.[0];
}
