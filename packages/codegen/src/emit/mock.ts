import type { BuiltModel } from '../infer/build-model.ts';
import type { Call, CallArgument, Collection, MockAPI, Model, Operation } from '../model/model.ts';
import { readClient } from '../read/read-client.ts';
import { hasMapping, stateDiscriminators } from './discriminators.ts';
import { type PrismOperation, prismOperations } from './prism.ts';
import { share } from './share.ts';
import { type Argument, signatureOf } from './signatures.ts';
import { notice, propertyName, quote } from './text.ts';

/** The mock's generated files: operations in Prism's format, the mock's behaviors, and its types. */
export async function emitMock(built: BuiltModel): Promise<Record<string, string>> {
  return {
    'packages/mock/src/api.gen.json': print(await buildMockAPI(built)),
    'packages/mock/src/api.gen.ts': emitTypes(built.model),
  };
}

/** The mock's model of a document, as in its generated file. */
export async function buildMockAPI({ model, document }: BuiltModel): Promise<MockAPI> {
  const steps = new Map(served(model).map(({ id, up }) => [id, up]));
  const stated = hasMapping(document) ? structuredClone(document) : document;
  // What no mapping says, such as the names of schemas, documents are often wrong about.
  if (stated !== document) stateDiscriminators(stated, () => false);
  const operations = (await prismOperations(stated)).map((operation) => {
    const up = steps.get(operation.iid ?? '');
    return up === undefined ? operation : { ...operation, up };
  });
  const { title, basePath, collections } = model;
  const { value, shared } = share({ operations, schemas: findSchemas(model, operations) });
  return {
    $comment: notice,
    title,
    basePath,
    env: readClient(document).env,
    shared,
    operations: value.operations,
    behaviors: byID(model, ({ behavior }) => behavior),
    calls: {
      ...byID(model, callOf),
      ...Object.fromEntries(model.ignored.map(({ id }) => [id, noCall])),
    },
    collections,
    schemas: value.schemas,
  };
}

function byID<T>(model: Model, of: (operation: Operation) => T): Record<string, T> {
  return Object.fromEntries(served(model).map((operation) => [operation.id, of(operation)]));
}

/** The operations of the mock: also those that the client lacks. */
function served({ operations, ignored }: Model): Operation[] {
  return [...operations, ...ignored];
}

function callOf(operation: Operation): Call {
  const { positional, params, returns } = signatureOf(operation);
  const { pathParams, query, headers } = operation;
  const renamed = Object.fromEntries(
    Object.entries({ path: pathParams, query, header: headers }).flatMap(([place, parameters]) =>
      parameters
        .filter(({ name, property }) => name !== property)
        .map(({ name, property }) => [`${place} ${name}`, property]),
    ),
  );
  return {
    method: `client.${operation.id}`,
    arguments: [
      ...(positional ? [argument(positional)] : []),
      ...(params
        ? [
            {
              ...argument(params),
              properties: [...pathParams, ...query, ...headers].map(({ property }) => property),
              ...(Object.keys(renamed).length > 0 && { renamed }),
            },
          ]
        : []),
    ],
    returns: /^\w+<(.*)>$/.exec(returns)?.[1]?.replace(/>, .*$/, '>') ?? returns,
  };
}

const noCall: Call = { method: '', arguments: [], returns: 'unknown' };

function argument({ name, type, optional }: Argument): CallArgument {
  return { name, type, optional };
}

/** One line for each part, so that a change of the spec is a change of few lines. */
function print(api: MockAPI): string {
  const entries = Object.entries(api).map(
    ([name, value]) => `${JSON.stringify(name)}: ${lines(value)}`,
  );
  return `{\n${entries.join(',\n')}\n}\n`;
}

/** The document itself, which the mock serves, with a line for each path and kind of component. */
export function emitDocument(bundled: object): Record<string, string> {
  const parts = Object.entries(bundled).map(
    ([name, value]) => `${JSON.stringify(name)}: ${lines(value)}`,
  );
  const text = `{\n"$comment": ${JSON.stringify(notice)},\n"document": {\n${parts.join(',\n')}\n}\n}\n`;
  return { 'packages/mock/src/document.gen.json': text };
}

function lines(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${value.map((part) => JSON.stringify(part)).join(',\n')}\n]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(
    ([name, part]) => `${JSON.stringify(name)}: ${JSON.stringify(part)}`,
  );
  return parts.length === 0 ? '{}' : `{\n${parts.join(',\n')}\n}`;
}

type JSONSchema = Record<string, unknown> & {
  properties?: Record<string, JSONSchema>;
  items?: JSONSchema;
};

/** The schemas of collections' items and of singletons, as Prism has them. */
function findSchemas(model: Model, operations: readonly PrismOperation[]): Record<string, unknown> {
  const byIid = new Map(operations.map((operation) => [operation.iid, operation]));
  const schemas: Record<string, unknown> = {};
  const paths = new Map(model.collections.map(({ name, path }) => [name, path]));
  for (const { id, path, behavior } of served(model)) {
    const operation = byIid.get(id);
    if (!operation) continue;
    if (behavior.kind === 'retrieve') {
      // The list's own schema takes its place.
      schemas[behavior.collection] ??= withBundled(bodySchema(operation), operation);
    } else if (behavior.kind === 'list') {
      // Further lists show the same items.
      if (path !== paths.get(behavior.collection)) continue;
      let array = bodySchema(operation);
      for (const name of behavior.paging.items)
        array = partOf(array, ({ properties }) => properties?.[name], operation);
      const items = partOf(array, ({ items }) => items, operation);
      schemas[behavior.collection] = withBundled(items, operation);
    } else if (behavior.kind === 'singleton.retrieve') {
      schemas[behavior.singleton] = withBundled(bodySchema(operation), operation);
    }
  }
  return schemas;
}

function bodySchema({ responses }: PrismOperation): JSONSchema | undefined {
  const success = responses.find(({ code, contents }) => /^2/.test(code) && contents?.[0]?.schema);
  return success?.contents?.find(({ mediaType }) => /json/.test(mediaType))?.schema as
    | JSONSchema
    | undefined;
}

/** A part of a schema, at any depth: a member of `allOf`, or the schema of "or null". */
function partOf(
  given: JSONSchema | undefined,
  pick: (schema: JSONSchema) => JSONSchema | undefined,
  operation: PrismOperation,
): JSONSchema | undefined {
  const schema = given && follow(given, operation);
  if (!schema) return undefined;
  const own = pick(schema);
  if (own) return own;
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of (schema[key] as JSONSchema[] | undefined) ?? []) {
      const found = partOf(part, pick, operation);
      if (found) return found;
    }
  }
  return undefined;
}

/** The targets of recursive references, which Prism keeps beside the operation. */
function follow(schema: JSONSchema, { __bundled__ = {} }: PrismOperation): JSONSchema | undefined {
  const [, name] = /^#\/__bundled__\/(.+)$/.exec(String(schema['$ref'] ?? '')) ?? [];
  if (name === undefined) return schema;
  const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  return __bundled__[key] as JSONSchema | undefined;
}

/** A schema on its own, with the targets of its references. */
function withBundled(schema: JSONSchema | undefined, { __bundled__ }: PrismOperation): object {
  return { ...schema, ...(__bundled__ ? { __bundled__ } : {}) };
}

/** The types of `mock.data` and of handlers. */
function emitTypes(model: Model): string {
  const { collections } = model;
  const operations = served(model);
  const types = new Set<string>();
  const named = (type: string) => {
    if (!platformTypes.has(type)) types.add(type);
    return type;
  };
  const members = collections.map(
    (collection) =>
      `  ${propertyName(collection.name)}: Collection<${itemType(collection, named)}${scopeType(collection)}>;`,
  );
  const handlers = operations.map((operation) => {
    const { id, pathParams, positional, query, body, result } = operation;
    const params = [...pathParams, ...(positional ? [positional] : [])];
    const path = params.map(({ name }) => `${propertyName(name)}: string`).join('; ');
    return [
      `  ${quote(id)}: {`,
      `    params: ${path ? `{ ${path} }` : 'Record<never, never>'};`,
      `    query: ${query.length > 0 ? `NonNullable<operations[${quote(id)}]['parameters']['query']>` : 'Record<never, never>'};`,
      `    body: ${body ? named(body.type) + (body.required ? '' : ' | undefined') : 'undefined'};`,
      `    response: ${responseType(result, named)};`,
      '  };',
    ].join('\n');
  });
  return [
    `// ${notice}\n`,
    ...importsOf(types, operations, collections),
    '',
    '/** The collections of the mock, by name. */',
    'export interface Collections {',
    ...members,
    '}',
    '',
    '/** The parameters, the body and the result of each operation, by id. */',
    'export interface OperationTypes {',
    ...handlers,
    '}',
    '',
  ].join('\n');
}

/** Types that no schema has. */
const platformTypes: ReadonlySet<string> = new Set(['unknown', 'undefined', 'string', 'Response']);

/** The type of the response body that a handler returns. */
function responseType(result: Operation['result'], named: (type: string) => string): string {
  if (result.kind === 'empty') return 'undefined';
  if (result.kind === 'page' || result.read === undefined) return named(result.type);
  if (result.read === 'any') return result.type.split(' | ').map(named).join(' | ');
  return result.read === 'text' ? 'string' : 'unknown';
}

/** Only the imports that the file uses: a compiler may refuse others. */
function importsOf(
  types: ReadonlySet<string>,
  operations: readonly Operation[],
  collections: readonly Collection[],
): string[] {
  const names = [...types].sort();
  if (operations.some(({ query }) => query.length > 0)) names.push('operations');
  return [
    ...(names.length > 0 ? [`import type { ${names.join(', ')} } from '@org/types';`] : []),
    ...(collections.length > 0 ? ["import type { Collection } from './collection.ts';"] : []),
  ];
}

function itemType(
  { itemType: type, isNullable }: Collection,
  named: (type: string) => string,
): string {
  return isNullable ? `NonNullable<${named(type)}>` : named(type);
}

function scopeType({ scope }: Collection): string {
  if (scope.length === 0) return '';
  return `, { ${scope.map(({ param }) => `${propertyName(param)}: string`).join('; ')} }`;
}
