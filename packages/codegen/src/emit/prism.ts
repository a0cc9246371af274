import { type Document, methods, type PathItem, parsePointer, type Schema } from '@org/openapi';
import { transformOas3Operations } from '@stoplight/http-spec/oas3/operation';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import { circularSchemas, referredSchema } from '../read/circular-schemas.ts';
import { dataKeywords, keywordNodes, maps } from '../read/keyword-nodes.ts';
import { ignoredHeaders } from '../read/read-operations.ts';
import { makeCheckable } from './checkable-schema.ts';
import { inliner } from './inline-references.ts';
import { isTooLarge, KeptReferences, keptPrefix, restoreReferences } from './kept-references.ts';

/** An operation in Prism's format, with only the fields that the emitter uses. */
export interface PrismOperation {
  iid?: string;
  request?: {
    path?: Parameter[];
    query?: Parameter[];
    headers?: Parameter[];
    cookie?: Parameter[];
    body?: { id?: string; contents?: Content[] };
  };
  responses: { id?: string; code: string; headers?: Parameter[]; contents?: Content[] }[];
  __bundled__?: Record<string, unknown>;
}

interface Parameter {
  id?: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  name?: string;
  schema?: object;
  /** Of a parameter whose value has a media type. */
  content?: Record<string, { schema?: object }>;
  examples?: { id?: string }[];
}

interface Content extends Parameter {
  mediaType: string;
  encodings?: { property: string; style?: string; explode?: boolean }[];
}

/** The operations of a document as Prism wants them. */
export async function prismOperations(document: Document): Promise<PrismOperation[]> {
  const operations: PrismOperation[] = [];
  const transform = transformer(document);
  const keeping = new Set<PrismOperation>();
  let kept: { references: KeptReferences; transform: Transform } | undefined;
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (!methods.some((method) => item[method])) continue;
    const isLarge = isTooLarge(document, item);
    const whole = isLarge ? undefined : transform(path, item);
    if (whole) {
      operations.push(...whole);
      continue;
    }
    if (!kept) {
      const references = new KeptReferences(document);
      kept = { references, transform: transformer(references.marked) };
    }
    const read =
      kept.transform(path, item) ??
      (await readByPrism(isLarge ? kept.references.marked : document, path, item));
    operations.push(...read);
    for (const operation of read) keeping.add(operation);
  }
  for (const operation of keeping) restoreReferences(operation);
  const trimmed = new Set<object>();
  for (const operation of operations) {
    stateExplode(operation);
    trim(operation, trimmed);
  }
  const bundled = (await kept?.references.schemas()) ?? {};
  trimSchema(bundled, trimmed, true);
  return withOneBundle(operations, keeping, bundled);
}

type Transform = (path: string, item: PathItem) => PrismOperation[] | undefined;

/**
 * Prism's transformation without its reader, which reads the whole document again for each path. What several paths
 * refer to is transformed once. Undefined for a path that refers to something in a circle, or that is invalid.
 */
function transformer(document: Document): Transform {
  const inline = inliner(document);
  const { paths: _, components = {}, webhooks: __, 'x-webhooks': ___, ...rest } = document;
  const { securitySchemes = {} } = components;
  return (path, item) => {
    try {
      const whole = { ...(inline(rest) as object), components: inline({ securitySchemes }) };
      const part = { ...whole, paths: { [path]: inline(item) } };
      // Its types are those of a document of OpenAPI 3.0, and have all fields.
      return transformOas3Operations(part) as unknown as PrismOperation[];
    } catch {
      return undefined;
    }
  };
}

/**
 * An operation as Prism reads it. Prism reads a whole document for each of its operations, so it gets one path at a
 * time, and only the components that the path needs.
 */
async function readByPrism(
  document: Document,
  path: string,
  item: PathItem,
): Promise<PrismOperation[]> {
  // Webhooks would refer to components that this path does not need.
  const { webhooks: _, 'x-webhooks': __, ...rest } = document;
  const part = { ...rest, paths: { [path]: item }, components: reachable(document, item) };
  // Prism dereferences in place.
  const copy = structuredClone(part);
  wrapCircularReferences(copy.components?.schemas ?? {});
  return (await getHttpOperationsFromSpec(copy)) as PrismOperation[];
}

/**
 * Prism keeps what schemas refer to in circles in each operation, under names that are the operation's own. Here all
 * operations have one such bundle, so that a schema can be taken out of its operation.
 */
function withOneBundle(
  operations: readonly PrismOperation[],
  keeping: ReadonlySet<PrismOperation>,
  kept: Record<string, object>,
): PrismOperation[] {
  const bundle: Record<string, unknown> = { ...kept };
  const ownReference = new RegExp(`"\\$ref":"#/__bundled__/(?!${keptPrefix})`, 'g');
  return operations
    .map((operation, i) => {
      if (!operation.__bundled__) return { operation, refers: keeping.has(operation) };
      // Names are keys of schemas: letters, digits and escaped characters of JSON pointers.
      const text = JSON.stringify(operation).replaceAll(
        ownReference,
        `"$ref":"#/__bundled__/${i}.`,
      );
      const own = JSON.parse(text) as PrismOperation;
      for (const [name, schema] of Object.entries(own.__bundled__ ?? {}))
        bundle[`${i}.${name}`] = schema;
      return { operation: own, refers: true };
    })
    .map(({ operation, refers }) => (refers ? { ...operation, __bundled__: bundle } : operation));
}

/**
 * Prism copies a schema to add the keywords beside a reference to it. If the schema refers to itself, the copy would
 * refer to the map of its properties as if that were a schema. So such a reference becomes a part of `allOf`.
 */
function wrapCircularReferences(schemas: Record<string, Schema>): void {
  const circular = circularSchemas(schemas);
  for (const node of [...keywordNodes(Object.values(schemas))]) {
    const [target] = referredSchema(node);
    if (target === undefined || !circular.has(target) || Object.keys(node).length === 1) continue;
    node['allOf'] = [{ $ref: node['$ref'] }];
    delete node['$ref'];
  }
}

/**
 * The properties of an object in the query are parameters of their own unless the document says otherwise; Prism takes
 * the opposite for the default.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
function stateExplode({ request }: PrismOperation): void {
  for (const parameter of request?.query ?? []) {
    const { type, properties } = (parameter.schema ?? {}) as Schema;
    const isObject = [type].flat().includes('object') || properties !== undefined;
    if (parameter.style === 'form' && isObject) parameter.explode ??= true;
  }
}

/** The components that a part of the document refers to, and those that they refer to. */
function reachable(document: Document, start: unknown): Document['components'] {
  const found: Record<string, Record<string, unknown>> = {};
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { $ref } = node as { $ref?: unknown };
    if (typeof $ref === 'string') {
      const [root, kind = '', name = ''] = parsePointer($ref);
      const component = (document.components?.[kind] as Record<string, unknown> | undefined)?.[
        name
      ];
      found[kind] ??= {};
      if (root === 'components' && !(name in found[kind])) {
        found[kind][name] = component;
        visit(component);
      }
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(start);
  const { securitySchemes } = document.components ?? {};
  return { ...found, ...(securitySchemes ? { securitySchemes } : {}) } as Document['components'];
}

/**
 * Removes data that costs time or space without an effect: empty lists, which Prism validates at every request,
 * and the ids of parts, which keep equal parts from being equal.
 */
function trim({ request, responses, __bundled__ }: PrismOperation, trimmed: Set<object>): void {
  // Prism knows ranges in capitals.
  for (const response of responses)
    response.code = response.code.toUpperCase().replace('DEFAULT', 'default');
  for (const parameter of [
    ...(request?.path ?? []),
    ...(request?.query ?? []),
    ...(request?.headers ?? []),
  ]) {
    addType(parameter);
    allowSeveral(parameter);
  }
  // OpenAPI says so: media types and `security` describe them.
  if (request?.headers)
    request.headers = request.headers.filter(
      ({ name = '' }) => !ignoredHeaders.has(name.toLowerCase()),
    );
  for (const place of ['headers', 'cookie', 'path'] as const) {
    if (request?.[place]?.length === 0) delete request[place];
  }
  const parameters = [
    ...(request?.path ?? []),
    ...(request?.query ?? []),
    ...(request?.headers ?? []),
    ...(request?.cookie ?? []),
    ...responses.flatMap(({ headers = [] }) => headers),
  ];
  const contents = [request?.body, ...responses].flatMap((part) => part?.contents ?? []);
  for (const part of [request?.body, ...responses, ...parameters, ...contents]) delete part?.id;
  trimSchema(__bundled__, trimmed, true);
  const inParameters = parameters.flatMap(({ content }) => Object.values(content ?? {}));
  for (const { schema } of inParameters) trimSchema(schema, trimmed);
  for (const { schema, examples } of [...parameters, ...contents]) {
    for (const example of examples ?? []) delete example.id;
    trimSchema(schema, trimmed);
  }
}

/** Parameters are texts: without a type, a number would not be read as one, and among texts it is one of them. */
function addType(parameter: Parameter): void {
  const schema: Schema = parameter.schema ?? {};
  const values = 'const' in schema ? [schema.const] : (schema.enum ?? []);
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  const isText = schema.type === undefined || [schema.type].flat().includes('string');
  // Others may have the same schema.
  if (types.size > 1 && isText) parameter.schema = { ...schema, enum: values.map(String) };
  else if (
    schema.type === undefined &&
    types.size === 1 &&
    (type === 'number' || type === 'boolean')
  )
    parameter.schema = { ...schema, type };
}

/** The text `1` is a string and a number: a value that has to be one of them may be both. */
function allowSeveral(parameter: Parameter): void {
  const { oneOf, ...rest } = (parameter.schema ?? {}) as Schema & { oneOf?: Schema[] };
  const isPlain = oneOf?.every(
    ({ type }) => type !== undefined && type !== 'object' && type !== 'array',
  );
  if (oneOf && isPlain) parameter.schema = { ...rest, anyOf: oneOf };
}

/**
 * Removes what has no effect from a schema and those inside of it, and what keeps it from being checked.
 *
 * @param trimmed schemas that several places share, and that are done
 * @param isMap whether the keys are names, such as those of properties
 */
function trimSchema(schema: unknown, trimmed: Set<object>, isMap = false): void {
  if (typeof schema !== 'object' || schema === null || trimmed.has(schema)) return;
  trimmed.add(schema);
  const isNode = !isMap && !Array.isArray(schema);
  const node = schema as Record<string, unknown>;
  for (const [key, child] of Object.entries(schema)) {
    if (isNode && dataKeywords.has(key)) continue;
    trimSchema(child, trimmed, isNode && maps.has(key));
  }
  if (!isNode) return;
  delete node['x-stoplight'];
  makeCheckable(node);
}
