import type { Behavior } from '@org/codegen/model';
import type { OperationInfo } from '@org/inspector/api';
import { argumentName, type CallArguments, callArguments } from '@org/inspector/copy-as/arguments';
import { literal, text } from '@org/inspector/copy-as/literal';
import type { API } from '../api/api.ts';
import type { Cause } from '../state/history.ts';
import type { References } from './references.ts';

/** A method of the client, as generated code has it. */
const method = /^client(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)+$/u;

/** Writes a request as a call on the client, with references to ids that earlier calls created. */
export function writeCall(
  api: API,
  info: OperationInfo,
  { path, query, body }: Pick<Cause, 'path' | 'query' | 'body'>,
  references: References,
): string {
  if (!method.test(info.call)) throw new TypeError(`${info.id} is not a method of a client.`);
  const given = callArguments({ path, query, body }, info);
  const { positional, params, extraQuery } = withReferences(api, info, path, given, references);
  const parts: string[] = [];
  if (positional !== undefined)
    parts.push(typeof positional === 'string' ? text(positional) : literal(positional));
  if (params !== undefined) parts.push(literal(params, '    '));
  if (extraQuery) {
    if (params === undefined && info.arguments.length > (positional === undefined ? 0 : 1))
      parts.push('{}');
    parts.push(literal({ query: extraQuery }, '    '));
  }
  return `${info.call}(${parts.join(', ')})`;
}

/** Whether a call needs nothing that the mock does not record: headers that the document requires. */
export function isCallable({ parameters }: OperationInfo): boolean {
  return !parameters.some((one) => one.in === 'header' && one.required);
}

/** The path of an operation, with values for its parameters in their order. */
export function fillPath({ path }: OperationInfo, values: readonly string[]): string {
  let at = 0;
  return path.replace(/\{[^}]+\}/g, () => encodeURIComponent(values[at++] ?? ''));
}

/** The values of a path's parameters, by name. */
function readPathOf(info: OperationInfo, path: string): [name: string, value: string][] {
  const given = path.split('/');
  return info.path.split('/').flatMap((segment, i) => {
    const [, name] = /^\{(.+)\}$/.exec(segment) ?? [];
    return name === undefined ? [] : [[name, decode(given[i] ?? '')] as [string, string]];
  });
}

function withReferences(
  api: API,
  info: OperationInfo,
  path: string,
  { positional, params, extraQuery }: CallArguments,
  references: References,
): Omit<CallArguments, 'positional'> & { positional: unknown } {
  const entries = readPathOf(info, path);
  const values = entries.map(([, value]) => value);
  const collections = collectionsOf(api, api.behavior(info.id));
  const codes = entries.map(([name, id], i) => {
    const collection = collections[i];
    const code = collection && references.of({ name: collection, scope: values.slice(0, i), id });
    return [argumentName(info, 'path', name), code] as const;
  });
  const known = Object.fromEntries(codes.slice(0, -1).filter(([, code]) => code));
  const isObject = typeof params === 'object' && params !== null && !Array.isArray(params);
  return {
    positional: codes.at(-1)?.[1] ?? positional,
    params: isObject ? { ...(references.in(params) as object), ...known } : references.in(params),
    extraQuery,
  };
}

/** The collections whose items the parameters of an operation's path name, in their order. */
function collectionsOf(api: API, behavior: Behavior): (string | undefined)[] {
  if ('singleton' in behavior) return behavior.scope.map(({ collection }) => collection);
  if (!('collection' in behavior)) return [];
  const definition = api.collections.find(({ name }) => name === behavior.collection);
  return [...(definition?.scope.map(({ collection }) => collection) ?? []), behavior.collection];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
