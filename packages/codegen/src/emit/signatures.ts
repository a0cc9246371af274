import type { Operation } from '../model/model.ts';
import { withoutDots } from '../read/own-server.ts';

/** One argument of a method. */
export interface Argument {
  name: string;
  type: string;
  optional: boolean;
  description: string;
}

/** How a program calls an operation: the declaration of the method, and the text of the reference. */
export interface Signature {
  positional: Argument | undefined;
  /** The object of query, headers, body and earlier path parameters. */
  params: Argument | undefined;
  /** The type of the promise: `PagePromise<CursorPage<Thing>, Thing>`. */
  returns: string;
}

export function signatureOf(operation: Operation): Signature {
  const { positional, body, query, headers, pathParams, paramsType, paramsOptional } = operation;
  const others = pathParams.length + headers.length;
  const isRenamed = query.some(({ name, property }) => name !== property);
  const isQuery = !body && others === 0 && !isRenamed;
  const isBody = body && query.length + others === 0;
  return {
    positional: positional && {
      name: positional.argument,
      type: positional.type,
      optional: false,
      description: positional.description,
    },
    params:
      paramsType === undefined
        ? undefined
        : {
            name: isQuery ? 'query' : isBody ? 'body' : 'params',
            type: paramsType,
            optional: paramsOptional,
            description: '',
          },
    returns: returnType(operation),
  };
}

/** `userID: string, query?: RoleListParams | null, options?: RequestOptions` */
export function parameterList({ positional, params }: Signature): string[] {
  return [
    ...(positional ? [`${positional.name}: ${positional.type}`] : []),
    ...(params ? [`${params.name}${optional(params)}`] : []),
    'options?: RequestOptions',
  ];
}

function optional({ type, optional }: Argument): string {
  return optional ? `?: ${type} | null` : `: ${type}`;
}

function returnType({ result }: Operation): string {
  switch (result.kind) {
    case 'page':
      return `PagePromise<${result.pageClass}<${result.item}>, ${result.item}>`;
    case 'value':
      return `APIPromise<${result.type}>`;
    case 'empty':
      return 'APIPromise<void>';
  }
}

/** `GET /books`; `GET /v3/books` for a path beside that of the document's server. */
export function requestOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method.toUpperCase()} ${withoutDots(path)}`;
}
