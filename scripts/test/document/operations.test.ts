import APIClient, { APIError } from '@org/client';
import { readAuth } from '@org/codegen';
import { buildModel } from '@org/codegen/build-model';
import type { Operation, Parameter } from '@org/codegen/model';
import { createMock } from '@org/mock';
import { deref, type Schema } from '@org/openapi';
import { generate } from '@stoplight/prism-http/dist/mocker/generator/JSONSchema.js';
import { describe, expect, test } from 'vitest';
import { keysFor, methodOf } from '../../lib/client-calls.ts';
import { readOwnSpec } from '../../lib/spec.ts';

// What holds whatever `spec/openapi.yaml` says. No operation is named here.
const { document: bundled } = await readOwnSpec({ lint: false });
const { model, document } = buildModel(bundled);
const { keys, options } = keysFor(readAuth(document).schemes, 'sk-any-document');

/** Prism reads the operation only to name it in errors. */
type Source = Parameters<typeof generate>;

/** A schema without references, without what may be left out, and with one of its alternatives. */
function needed(schema: unknown, depth = 0): unknown {
  if (Array.isArray(schema)) return schema.map((part) => needed(part, depth + 1));
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
  if ('items' in rest && !rest.minItems) Object.assign(rest, { items: {}, maxItems: 0 });
  for (const keyword of ['anyOf', 'oneOf'])
    if (Array.isArray(rest[keyword])) rest[keyword] = rest[keyword].slice(0, 1);
  const kept = required.map((name) => [name, needed(properties?.[name] ?? {}, depth + 1)]);
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([keyword, value]) => [keyword, needed(value, depth + 1)]),
    ),
    ...(properties ? { properties: Object.fromEntries(kept), required } : {}),
  };
}

/** A value that the schema allows, by Prism. */
function sample(schema: unknown): unknown {
  const [operation, source] = [{}, needed(schema)] as [Source[0], Source[2]];
  const result = generate(operation, {}, source, '1');
  if (result._tag === 'Left') throw result.left;
  return result.right;
}

/** An empty list would not be sent. */
function exampleOf({ example, schema }: Parameter): unknown {
  const { items, minItems, ...rest } = (deref(document, schema as Schema) ?? {}) as {
    items?: unknown;
    minItems?: number;
  };
  return example ?? sample(items ? { ...rest, items, minItems: minItems || 1 } : rest);
}

/** Some documents describe errors alone: the mock then answers with one. */
function describesSuccess({ path, method }: Operation): boolean {
  const statuses = Object.keys(document.paths?.[path]?.[method]?.responses ?? {});
  return statuses.some((status) => /^(2|default)/i.test(status));
}

/** The least that a call needs: ids of items that the mock has, and values for the rest. */
function argumentsOf({ path, method, ...operation }: Operation, ids: Record<string, unknown>) {
  const { positional, pathParams, query, headers, body } = operation;
  const params: Record<string, unknown> = Object.fromEntries([
    ...pathParams.map((parameter) => [parameter.name, ids[parameter.name] ?? exampleOf(parameter)]),
    ...[...query, ...headers]
      .filter(({ required }) => required)
      .map((parameter) => [parameter.name, exampleOf(parameter)]),
  ]);
  const first = positional ? [ids[positional.name] ?? exampleOf(positional)] : [];
  if (!body) return [...first, params];
  const { content = {} } = deref(document, document.paths?.[path]?.[method]?.requestBody) ?? {};
  const sent = body.example ?? sample(content[body.mediaType]?.schema);
  if (body.isProperty) return [...first, { ...params, body: sent }];
  return [...first, body.isObject ? { ...params, ...(sent as object) } : sent];
}

/** Ids of an item, and of the items above it, by the path parameters that name them. */
function idsFor({ behavior }: Operation, mock: ReturnType<typeof createMock>) {
  const ids: Record<string, unknown> = {};
  const name = 'collection' in behavior ? behavior.collection : undefined;
  const collection = model.collections.find((one) => one.name === name);
  const itemOf = (of: string | undefined) =>
    (mock.data as unknown as Record<string, { list(scope: object): Record<string, unknown>[] }>)[
      of ?? ''
    ]?.list(ids)[0];
  for (const { param, collection: parent } of collection?.scope ?? []) {
    const { idProperty = 'id' } = model.collections.find((one) => one.name === parent) ?? {};
    const id = itemOf(parent)?.[idProperty];
    if (id !== undefined) ids[param] = id;
  }
  const id = itemOf(name)?.[collection?.idProperty ?? 'id'];
  if (collection?.itemParam !== undefined && id !== undefined) ids[collection.itemParam] = id;
  return ids;
}

describe('every call of the client', () => {
  test.each(model.operations)('$id: the mock accepts it, and its answer is valid', async (each) => {
    const mock = createMock({ keys });
    const client = new APIClient({
      ...options,
      baseURL: `http://127.0.0.1${model.basePath}`,
      fetch: mock.fetch as typeof fetch,
      maxRetries: 0,
      logLevel: 'off',
    } as object);
    await methodOf(
      client,
      each.id,
    )(...argumentsOf(each, idsFor(each, mock))).catch((error) => {
      if (!(error instanceof APIError) || describesSuccess(each)) throw error;
    });
    const [request] = mock.requests;
    expect(request?.operation).toBe(each.id);
    expect(request?.validations).toEqual([]);
  });
});
