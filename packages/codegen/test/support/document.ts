/** Builds OpenAPI documents in few words. None of them is this repository's. */

export type Json = Record<string, unknown>;

export const text: Json = { type: 'string' };
export const flag: Json = { type: 'boolean' };
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

export function object(properties: Json, required: string[] = Object.keys(properties)): Json {
  return { type: 'object', required, properties };
}

function json(schema: Json, more: Json = {}): Json {
  return { content: { 'application/json': { schema, ...more } } };
}

export interface Call {
  /** Query parameters, by name. */
  query?: Json;
  body?: Json;
  /** The schema of the 200; none for a 204. */
  gives?: Json;
  [more: string]: unknown;
}

/** An operation; its path parameters are declared by {@link document}. */
export function call(operationId: string, { query = {}, body, gives, ...more }: Call = {}): Json {
  return {
    operationId,
    parameters: Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
    ...(body ? { requestBody: { required: true, ...json(body) } } : {}),
    responses: gives
      ? { 200: { description: 'Done.', ...json(gives) } }
      : { 204: { description: 'Done.' } },
    ...more,
  };
}

/** A page of items: by default with every cursor that the class needs. */
export function page(item: Json, ...extra: string[]): Json {
  const cursors = Object.fromEntries(extra.map((name) => [name, { type: ['string', 'null'] }]));
  return object({ data: { type: 'array', items: item }, ...cursors }, ['data']);
}

export const cursor: Json = { after: text };

export function document(paths: Record<string, Json>, schemas: Json = {}, more: Json = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Library', version: '1.0.0' },
    servers: [{ url: 'https://library.test/v2' }],
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [
        path,
        {
          parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
            name,
            in: 'path',
            required: true,
            schema: text,
          })),
          ...item,
        },
      ]),
    ),
    components: { schemas },
    ...more,
  };
}

/** A document of as many operations: collections of five, every second one below another. */
export function manyOperations(count: number): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = {};
  for (let i = 0; i * 5 < count; i += 1) {
    const [name, parent] = [`things${i}`, `things${i - 1}`];
    const nested = i % 2 === 1;
    const base = nested ? `/${parent}/{parent_id}/${name}` : `/${name}`;
    const id = nested ? `${parent}.${name}` : name;
    const item = ref(`Thing${i}`);
    schemas[`Thing${i}`] = object({
      id: text,
      object: { const: `thing${i}` },
      name: { anyOf: [text, { type: 'null' }] },
      labels: { type: 'array', items: text },
      details: ref('Details'),
    });
    schemas[`Thing${i}List`] = page(item, 'has_more', 'next');
    paths[base] = {
      get: call(`${id}.list`, {
        query: { ...cursor, limit: { type: 'integer' } },
        gives: ref(`Thing${i}List`),
      }),
      post: call(`${id}.create`, { body: object({ name: text }), gives: item }),
    };
    paths[`${base}/{id}`] = {
      get: call(`${id}.retrieve`, { gives: item }),
      patch: call(`${id}.update`, { body: object({ name: text }), gives: item }),
      delete: call(`${id}.delete`, { gives: object({ id: text, deleted: flag }) }),
    };
  }
  schemas['Details'] = object({
    owner: object({ id: text, email: { type: 'string', format: 'email' } }),
    tags: { type: 'array', items: object({ key: text, value: text }) },
  });
  return document(paths, schemas);
}
