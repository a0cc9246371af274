import type {
  KeyPlace,
  OperationInfo,
  Parameter as ParameterInfo,
  Schema,
} from '@org/inspector/api';
import type { API, Operation } from '../api/api.ts';
import { keyKind } from '../api/carry-key.ts';

/** The operations of the spec, described for people and for programs. */
export function describeOperations(api: API): OperationInfo[] {
  return api.operations.map((operation) => {
    const { iid, method, path, up, summary = '', description = '', request, tags } = operation;
    const call = api.call(iid);
    const behavior = api.behavior(iid);
    const content = request?.body?.contents?.[0];
    return {
      id: iid,
      method: method.toUpperCase(),
      path,
      ...(up !== undefined && { up }),
      summary,
      description,
      tag: tags?.[0]?.name ?? null,
      call: call.method,
      arguments: call.arguments,
      returns: call.returns,
      behavior: behavior.kind,
      collection: 'collection' in behavior ? behavior.collection : null,
      keys: keysOf(operation),
      ...('__bundled__' in operation && {
        definitions: operation.__bundled__ as Record<string, Schema>,
      }),
      parameters: [
        ...(request?.path ?? []).map((parameter) => describeParameter(parameter, 'path')),
        ...(request?.query ?? []).map((parameter) => describeParameter(parameter, 'query')),
        ...(request?.headers ?? []).map((parameter) => describeParameter(parameter, 'header')),
      ],
      ...(request?.body && {
        body: {
          required: request.body.required ?? false,
          schema: asSchema(content?.schema),
          example: exampleOf(content),
        },
      }),
      responses: operation.responses.map(({ code, description: text = '', contents }) => ({
        status: code,
        description: text,
        schema: asSchema(contents?.[0]?.schema),
        example: exampleOf(contents?.[0]),
      })),
    };
  });
}

/** The keys of the first alternative that a request can carry. */
function keysOf({ security = [] }: Operation): KeyPlace[] {
  const alternatives = security.map((schemes) =>
    schemes.map((scheme): KeyPlace | undefined => {
      const kind = keyKind(scheme);
      if (kind === 'bearer' || kind === 'basic') return { kind };
      if (scheme.type !== 'apiKey') return undefined;
      return { kind: 'apiKey', in: scheme.in, name: scheme.name };
    }),
  );
  const usable = alternatives.find((keys) => keys.every((key) => key !== undefined));
  return usable?.filter((key) => key !== undefined) ?? [];
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
  const { name, required = false, description = '', schema } = parameter;
  return {
    name,
    in: place,
    required,
    description,
    schema: asSchema(schema) ?? {},
    example: exampleOf(parameter),
  };
}

/** The first example, or null. */
function exampleOf(described: { examples?: readonly object[] } | undefined): unknown {
  const [example] = described?.examples ?? [];
  return example && 'value' in example ? example.value : null;
}

/** A schema as the control API shows it. */
function asSchema(schema: unknown): Schema | null {
  // The API's types name the keywords that a form needs; a schema of the document has more of them.
  return (schema as Schema | undefined) ?? null;
}
