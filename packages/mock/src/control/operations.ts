import type { API } from '../api/api.ts';

/** An operation, with what is needed to show it and to send a request. */
export interface OperationInfo {
  /** `admin.organization.users.list` */
  id: string;
  /** In upper case. */
  method: string;
  /** Without the base path. */
  path: string;
  summary: string;
  description: string;
  tag: string | null;
  /** How a program calls it with the client: `client.admin.organization.users.list`. */
  call: string;
  /** The names of the call's arguments; those with a question mark may be left out. */
  arguments: readonly string[];
  /** The type of what the call gives: `CursorPage<Thing>`. */
  returns: string;
  /** What the mock does, such as `list`; `mocker` where it keeps no state. */
  behavior: string;
  /** The collection whose items it is about, if there is one. */
  collection: string | null;
  parameters: ParameterInfo[];
  body?: { required: boolean; schema: unknown; example: unknown };
  responses: { status: string; description: string; schema: unknown; example: unknown }[];
}

interface ParameterInfo {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: unknown;
  example: unknown;
}

/** The operations of the spec, described for people and for programs. */
export function describeOperations(api: API): OperationInfo[] {
  return api.operations.map((operation) => {
    const { iid, method, path, summary = '', description = '', request, tags } = operation;
    const call = api.call(iid);
    const behavior = api.behavior(iid);
    const content = request?.body?.contents?.[0];
    return {
      id: iid,
      method: method.toUpperCase(),
      path,
      summary,
      description,
      tag: tags?.[0]?.name ?? null,
      call: call.method,
      arguments: call.arguments,
      returns: call.returns,
      behavior: behavior.kind,
      collection: 'collection' in behavior ? behavior.collection : null,
      parameters: [
        ...(request?.path ?? []).map((parameter) => describeParameter(parameter, 'path')),
        ...(request?.query ?? []).map((parameter) => describeParameter(parameter, 'query')),
        ...(request?.headers ?? []).map((parameter) => describeParameter(parameter, 'header')),
      ],
      ...(request?.body && {
        body: {
          required: request.body.required ?? false,
          schema: content?.schema ?? null,
          example: exampleOf(content),
        },
      }),
      responses: operation.responses.map(({ code, description: text = '', contents }) => ({
        status: code,
        description: text,
        schema: contents?.[0]?.schema ?? null,
        example: exampleOf(contents?.[0]),
      })),
    };
  });
}

/** What parameters of all kinds have in common. */
interface Parameter {
  name: string;
  required?: boolean;
  description?: string;
  schema?: unknown;
  examples?: readonly object[];
}

function describeParameter(parameter: Parameter, place: ParameterInfo['in']): ParameterInfo {
  const { name, required = false, description = '', schema = {} } = parameter;
  return { name, in: place, required, description, schema, example: exampleOf(parameter) };
}

/** The first example, or null. */
function exampleOf(described: { examples?: readonly object[] } | undefined): unknown {
  const [example] = described?.examples ?? [];
  return example && 'value' in example ? example.value : null;
}
