import type { BuiltModel, Operation } from '@org/codegen';
import { pascalCase } from '@org/codegen/names';
import { parameterList, type Signature, signatureOf } from '@org/codegen/signatures';
import { emitTypes } from '@org/codegen/types';
import { record } from '../document/json.ts';
import { type Document, Spec } from '../document/spec.ts';
import { Closure } from '../typescript/scope.ts';

/** What generated methods use of the client's core. The tests compile proofs with the client itself. */
const core = `
export interface RequestOptions {
  body?: unknown; headers?: object | null; query?: object | null; timeout?: number | null;
  maxRetries?: number | null; signal?: object | null; idempotencyKey?: string; fetchOptions?: object;
  defaultBaseURL?: string; prefetch?: boolean;
}
export type QueryOrOptions<TQuery> =
  | (TQuery & { [K in Exclude<keyof RequestOptions, keyof TQuery>]?: never })
  | (RequestOptions & { [K in Exclude<keyof TQuery, keyof RequestOptions>]?: never });
export interface APIPromise<T> extends Promise<T> {}
export interface PagePromise<TPage, TItem> extends APIPromise<TPage> { readonly item: TItem }
interface AbstractPage<TItem> { object: string; data: TItem[] }
export interface Page<TItem> extends AbstractPage<TItem> {}
export interface CursorPage<TItem> extends AbstractPage<TItem> { has_more: boolean }
export interface ConversationCursorPage<TItem> extends AbstractPage<TItem> {
  first_id: string | null; last_id: string; has_more: boolean;
}
export interface NextCursorPage<TItem> extends AbstractPage<TItem> { next: string | null; has_more: boolean }
export interface LinkPage<TItem> extends AbstractPage<TItem> { next: string | null; has_more: boolean }
export interface NumberedPage<TItem> extends AbstractPage<TItem> { total: number | null; has_more: boolean }
export interface OffsetPage<TItem> extends AbstractPage<TItem> { total: number | null; has_more: boolean }
`;

/**
 * The declarations of the types and the client, with only these operations and what they refer to. Of other schemas,
 * there are only the names.
 *
 * @param schemas The names of further schemas to declare.
 */
export async function declarationsOf(
  built: BuiltModel,
  isWanted: (operation: Operation) => boolean,
  schemas: readonly string[] = [],
): Promise<string> {
  const operations = built.model.operations.filter(isWanted);
  const document = withOnly(built.document as Document, operations, schemas);
  const model = { ...built.model, operations };
  const files = await emitTypes({ ...built, model, document });
  const methods = built.model.operations.map((operation) => ({
    steps: operation.id.split('.'),
    declaration: isWanted(operation) ? declare(operation) : undefined,
  }));
  const types = [...Object.values(files), core].join('\n');
  return [
    types,
    ...resources(methods, new Set(types.match(/\b[A-Z]\w*/g))),
    `export interface Parts { ${operations.map(partsOf).join('\n')} }`,
    'export declare const client: Client;',
  ].join('\n');
}

function withOnly(
  document: Document,
  operations: readonly Operation[],
  schemas: readonly string[],
): BuiltModel['document'] {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { path, method } of operations) {
    const item = record(record(document['paths'])[path]);
    const { parameters, [method]: operation } = item;
    paths[path] = { ...paths[path], ...(parameters !== undefined && { parameters }) };
    paths[path][method] = operation;
  }
  const named = Object.keys(record(record(document['components'])['schemas']));
  const components: Record<string, Record<string, unknown>> = {
    schemas: Object.fromEntries(named.map((name) => [name, {}])),
  };
  const others = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  for (const reference of new Closure(new Spec(document)).of([paths, others])) {
    const [, section, name] = /^#\/components\/([^/]+)\/([^/]+)/.exec(reference) ?? [];
    if (section === undefined || name === undefined) continue;
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    const node = record(record(document['components'])[section])[key];
    if (node !== undefined) components[section] = { ...components[section], [key]: node };
  }
  // The parts keep their shapes: there are only fewer.
  return { ...document, paths, components } as BuiltModel['document'];
}

/** The types that a call consists of, so that they can be compared one by one. */
function partsOf(operation: Operation): string {
  const { positional, params } = signatureOf(operation);
  const { result } = operation;
  const returned =
    result.kind === 'page'
      ? `${result.pageClass}<${result.item}>`
      : result.kind === 'value'
        ? result.type
        : 'void';
  const parts = [
    ...(positional ? [`positional: ${positional.type};`] : []),
    ...(params ? [`params${params.optional ? '?' : ''}: ${params.type};`] : []),
    `result: ${returned};`,
  ];
  return `${JSON.stringify(operation.id)}: { ${parts.join(' ')} };`;
}

interface Method {
  steps: readonly string[];
  /** Without one, there is only its resource. */
  declaration: ((name: string) => string) | undefined;
}

function declare(operation: Operation): (name: string) => string {
  const signature = signatureOf(operation);
  const list = parameterList(signature).map((each) => either(each, signature, operation));
  return (name) => `${JSON.stringify(name)}(${list.join(', ')}): ${signature.returns};`;
}

/** The first argument of a list is the query or request options, as in the client. */
function either(parameter: string, { params }: Signature, { result }: Operation): string {
  if (result.kind !== 'page' || params?.name !== 'query' || !params.optional) return parameter;
  return parameter.replace(`query?: ${params.type}`, `query?: QueryOrOptions<${params.type}>`);
}

/**
 * The client and its resources as interfaces, which errors name.
 *
 * @param taken The names of other types. A resource of such a name gets another one.
 */
function resources(methods: readonly Method[], taken: Set<string>, name = 'Client'): string[] {
  const groups = new Map<string, Method[]>();
  const own: string[] = [];
  for (const { steps, declaration } of methods) {
    const [first = '', ...rest] = steps;
    if (rest.length > 0)
      groups.set(first, [...(groups.get(first) ?? []), { steps: rest, declaration }]);
    else if (declaration) own.push(declaration(first));
  }
  const inner = [...groups].map(([property, some]) => {
    const type = freeName(pascalCase(property), taken);
    own.push(`${JSON.stringify(property)}: ${type};`);
    return resources(some, taken, type);
  });
  return [`export interface ${name} { ${own.join('\n')} }`, ...inner.flat()];
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  while (taken.has(free)) free += 'Resource';
  taken.add(free);
  return free;
}
