import type { OperationInfo, Parameter, RecordedRequest, Schema } from '../api/types.ts';
import { isObject } from '../json/is-object.ts';

/** The parts of a call on the client, in the order in which they are written. */
export interface CallArguments {
  /** The last path parameter: the first argument. */
  positional: string | undefined;
  /** Earlier path parameters, query and body in one object; undefined if the call needs none. */
  params: unknown;
  /** Query parameters that the operation does not have. They can only be sent as a request option. */
  extraQuery: Record<string, string | string[]> | undefined;
}

/** A request as the arguments of its operation's method. */
export function callArguments(
  request: Pick<RecordedRequest, 'path' | 'query' | 'body'>,
  operation: Pick<OperationInfo, 'path' | 'parameters' | 'arguments'>,
): CallArguments {
  const path = pathArguments(request.path, operation.path);
  const names = Object.keys(path);
  const last = names.at(-1);
  const known = new Map(
    operation.parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]),
  );
  const params: Record<string, unknown> = {};
  const extra: Record<string, string | string[]> = {};
  for (const name of names.slice(0, -1)) params[argumentName(operation, 'path', name)] = path[name];
  for (const [name, value] of Object.entries(request.query)) {
    const parameter = known.get(name);
    if (parameter) params[argumentName(operation, 'query', name)] = typed(value, parameter);
    else extra[name] = value;
  }
  const { body } = request;
  // A body that is not an object is a property if the call has other parameters as well.
  const takesOthers = names.length > 1 || operation.parameters.some((one) => one.in !== 'path');
  const isWhole = body !== undefined && !isObject(body) && !takesOthers;
  const merged = { ...params, ...(isObject(body) ? body : body === undefined ? {} : { body }) };
  const needsParams = Object.keys(merged).length > 0 || isObject(body);
  return {
    positional: last === undefined ? undefined : path[last],
    params: isWhole ? body : needsParams ? merged : undefined,
    extraQuery: Object.keys(extra).length > 0 ? extra : undefined,
  };
}

/** The property of the call's params that a parameter is given as. */
export function argumentName(
  { arguments: given }: Pick<OperationInfo, 'arguments'>,
  place: Parameter['in'],
  name: string,
): string {
  return given.at(-1)?.renamed?.[`${place} ${name}`] ?? name;
}

/** The values of the template's parameters. The path may begin with a base path. */
function pathArguments(path: string, template: string): Record<string, string> {
  const wanted = template.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean).slice(-wanted.length);
  const values: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name !== undefined) values[name] = decode(given[index] ?? '');
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A query value is text, but the client's parameter has a type. Values that do not fit remain text. */
function typed(value: string | string[], { schema }: Parameter): unknown {
  const types = typesOf(schema);
  if (types.includes('array')) {
    return [value].flat().map((one) => scalar(one, typesOf(schema?.items)));
  }
  return Array.isArray(value) ? value.map((one) => scalar(one, types)) : scalar(value, types);
}

function scalar(text: string, types: string[]): unknown {
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** The types that a schema allows, those of its alternatives included. */
function typesOf(schema: Schema | undefined): string[] {
  if (!schema) return [];
  const own = schema.type === undefined ? [] : [schema.type].flat();
  return [...own, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(typesOf)];
}
