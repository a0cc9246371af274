import { valueIn } from '@org/codegen/item-id';
import type { Model, Operation, Parameter } from '@org/codegen/model';
import { type Document, deref, type Schema } from '@org/openapi';
import { generate } from '@stoplight/prism-http/dist/mocker/generator/JSONSchema.js';

/** Prism reads the operation only to name it in errors. */
type Source = Parameters<typeof generate>;

/** Which of the many values of a schema is made. */
export interface Variant {
  /** The index of the alternative that is taken of `oneOf` and `anyOf`. */
  branch: number;
  /** Whether a value has the properties that may be left out. */
  isFull: boolean;
}

/** Values to try, the least first: not every schema says all that a value needs (`allOf` with `required` beside it). */
export const variants: readonly Variant[] = [0, 1, 2].flatMap((branch) => [
  { branch, isFull: false },
  { branch, isFull: true },
]);

/** A schema without references, with one of its alternatives, and without what the variant leaves out. */
function needed(document: Document, schema: unknown, variant: Variant, depth = 0): unknown {
  const below = (part: unknown) => needed(document, part, variant, depth + 1);
  if (Array.isArray(schema)) return schema.map(below);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (depth > 30) return {};
  const {
    properties,
    required = [],
    ...rest
  } = (deref(document, schema) ?? {}) as {
    properties?: Record<string, unknown>;
    required?: string[];
    items?: unknown;
    minItems?: number;
    [keyword: string]: unknown;
  };
  // Prism makes values of responses, which lack these.
  delete rest['writeOnly'];
  if ('items' in rest && !rest.minItems) Object.assign(rest, { items: {}, maxItems: 0 });
  for (const keyword of ['anyOf', 'oneOf']) {
    const all = rest[keyword];
    if (Array.isArray(all)) rest[keyword] = [all[Math.min(variant.branch, all.length - 1)]];
  }
  const isFull = variant.isFull && depth < 6;
  const names = isFull ? Object.keys(properties ?? {}) : required;
  const kept = names.map((name) => [name, below(properties?.[name] ?? {})]);
  const all = isFull ? [...new Set([...required, ...names])] : required;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([keyword, value]) => [keyword, below(value)])),
    ...(properties ? { properties: Object.fromEntries(kept), required: all } : {}),
  };
}

/** A value that the schema allows, by Prism. */
function sample(document: Document, schema: unknown, variant: Variant): unknown {
  const [operation, source] = [{}, needed(document, schema, variant)] as [Source[0], Source[2]];
  const result = generate(operation, {}, source, '1');
  if (result._tag === 'Left') throw result.left;
  return result.right;
}

/** An empty list would not be sent. */
function exampleOf(document: Document, { example, schema }: Parameter, variant: Variant): unknown {
  const { items, minItems, ...rest } = (deref(document, schema as Schema) ?? {}) as {
    items?: unknown;
    minItems?: number;
  };
  return (
    example ?? sample(document, items ? { ...rest, items, minItems: minItems || 1 } : rest, variant)
  );
}

/** Some documents describe errors alone: the mock then answers with one. */
export function describesSuccess(document: Document, { path, method }: Operation): boolean {
  const statuses = Object.keys(document.paths?.[path]?.[method]?.responses ?? {});
  return statuses.some((status) => /^(2|default)/i.test(status));
}

/** The least that a call needs: ids of items that the mock has, and values for the rest. */
export function argumentsOf(
  document: Document,
  { path, method, ...operation }: Operation,
  ids: Record<string, unknown>,
  variant: Variant = { branch: 0, isFull: false },
): unknown[] {
  const { positional, pathParams, query, headers, body } = operation;
  const params: Record<string, unknown> = Object.fromEntries([
    ...pathParams.map((parameter) => [
      parameter.property,
      ids[parameter.name] ?? exampleOf(document, parameter, variant),
    ]),
    ...[...query, ...headers]
      .filter(({ required }) => required)
      .map((parameter) => [parameter.property, exampleOf(document, parameter, variant)]),
  ]);
  const first = positional
    ? [ids[positional.name] ?? exampleOf(document, positional, variant)]
    : [];
  if (!body) return [...first, params];
  const { content = {} } = deref(document, document.paths?.[path]?.[method]?.requestBody) ?? {};
  const example = variant.isFull ? undefined : body.example;
  const sent = example ?? sample(document, content[body.mediaType]?.schema, variant);
  if (body.isProperty) return [...first, { ...params, body: sent }];
  return [...first, body.isObject ? { ...params, ...(sent as object) } : sent];
}

/** Ids of an item, and of the items above it, by the path parameters that name them. */
export function idsFor(
  document: Document,
  { collections }: Model,
  { behavior, ...operation }: Operation,
  data: object,
): Record<string, unknown> {
  const ids: Record<string, unknown> = {};
  const name = 'collection' in behavior ? behavior.collection : undefined;
  const collection = collections.find((one) => one.name === name);
  const itemOf = (of: string | undefined, above = ids) =>
    (data as Record<string, { list(scope: object): Record<string, unknown>[] }>)[of ?? '']?.list(
      above,
    )[0];
  const scope = 'singleton' in behavior ? behavior.scope : collection?.scope;
  if (!scope) return idsInPath(operation, collections, itemOf);
  for (const { param, collection: parent } of scope) {
    const { idProperty = 'id' } = collections.find((one) => one.name === parent) ?? {};
    const id = valueIn(itemOf(parent), idProperty);
    const parameter = operation.pathParams.find(({ name }) => name === param);
    // The document has no list of these.
    if (id !== undefined) ids[param] = id;
    else if (parameter) ids[param] = exampleOf(document, parameter, { branch: 0, isFull: false });
    else return ids;
  }
  if ('where' in behavior && behavior.where) {
    for (const { param, collection: owner } of behavior.where) {
      const { idProperty = 'id' } = collections.find((one) => one.name === owner) ?? {};
      const ownerID = valueIn(itemOf(owner), idProperty);
      if (ownerID !== undefined) ids[param] = ownerID;
    }
    return ids;
  }
  const id = valueIn(itemOf(name), collection?.idProperty ?? 'id');
  if (collection?.itemParam !== undefined && id !== undefined) ids[collection.itemParam] = id;
  return ids;
}

/** The ids of an operation without state: what it asks about exists, if the mock has items at its path. */
function idsInPath(
  { path }: Pick<Operation, 'path'>,
  collections: Model['collections'],
  itemOf: (name: string, above: Record<string, unknown>) => Record<string, unknown> | undefined,
): Record<string, unknown> {
  const ids: Record<string, unknown> = {};
  for (const [, name = ''] of path.matchAll(/\{([^}]+)\}/g)) {
    const above = path.slice(0, path.indexOf(`/{${name}}`));
    const owner = collections.find(
      (one) => one.path === above && one.scope.every(({ param }) => param in ids),
    );
    const id = owner && valueIn(itemOf(owner.name, ids), owner.idProperty);
    if (id !== undefined) ids[name] = id;
  }
  return ids;
}
