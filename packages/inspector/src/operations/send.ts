import { fullPath } from '../api/full-path.ts';
import type { OperationInfo, RecordedRequest } from '../api/types.ts';

/** The values of an operation's form, by parameter; empty if not sent. */
export interface SendForm {
  /** By `in` and name: `query limit`. Array values are one per line. */
  values: Record<string, string>;
  body: string;
}

/** A request, ready to be sent, and to be copied as something else. */
export type Prepared = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'> & {
  headers: Record<string, string>;
  /** Path and query. */
  target: string;
};

/** The request that a form describes. It is not validated, so that you can see the mock refuse it. */
export function prepare(
  operation: OperationInfo,
  { values, body: text }: SendForm,
  basePath: string,
): Prepared {
  const { method, parameters, body } = operation;
  const query: Record<string, string | string[]> = {};
  const headers: Record<string, string> = {};
  let full = fullPath(operation, basePath);
  for (const parameter of parameters) {
    const { in: place, name } = parameter;
    const value = values[`${place} ${name}`] ?? '';
    if (place === 'path') full = full.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== '' && place === 'header') headers[name] = value;
    else if (value !== '' && place === 'query') {
      const lines = value.split('\n').filter((line) => line !== '');
      query[name] = isArray(parameter.schema) ? lines : value;
    }
  }
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) search.append(name, one);
  }
  return {
    method: method.toUpperCase(),
    path: full,
    query,
    headers: body && text !== '' ? { ...headers, 'content-type': 'application/json' } : headers,
    target: search.size === 0 ? full : `${full}?${search}`,
    ...(body && text !== '' ? { body: parsed(text) } : {}),
  };
}

/** A request that was not sent, as the journal would have it. */
export function asRecorded(prepared: Prepared): RecordedRequest {
  const rest = { id: '', operation: null, status: 0, validations: [], time: 0, duration: 0 };
  return { ...rest, ...prepared };
}

export function isArray(schema: { type?: string | string[] } | undefined): boolean {
  return [schema?.type].flat().includes('array');
}

/** Text that is not JSON is sent unchanged. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
