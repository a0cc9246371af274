import type { Document } from '../../src/document/spec.ts';

type Schema = Record<string, unknown>;

/** Parts of an API of things, each of which a test may replace. */
interface Parts {
  /** The schema of `Thing`, which `things.list`, `things.retrieve` and `things.update` return. */
  thing?: Schema;
  /** The properties of the body of `things.update`, and the names of those that are required. */
  body?: Schema;
  required?: string[];
  /** The request body of `things.update`, in place of the above. */
  requestBody?: Schema | undefined;
  /** The query parameters of `things.list`. */
  query?: Schema[];
  /** Further properties of the body of `things.list`. */
  list?: Schema;
  /** Further or other operations of `/things/{thing_id}`. */
  item?: Schema;
  /** The type of the path parameter. */
  id?: Schema;
  schemas?: Schema;
}

export const text = { type: 'string' };
export const property = (name: string, schema: Schema, required = true): Schema => ({
  type: 'object',
  required: ['id', ...(required ? [name] : [])],
  properties: { id: text, [name]: schema },
});

const json = (schema: Schema) => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});

/** A document with a list, an item, and a change of it, all of which a client has methods for. */
export function thingsAPI({
  thing = property('name', text),
  body = { name: text },
  required = [],
  query = [],
  list = {},
  item = {},
  id = text,
  schemas = {},
  ...parts
}: Parts = {}): Document {
  const Thing = { $ref: '#/components/schemas/Thing' };
  const parameters = [{ name: 'thing_id', in: 'path', required: true, schema: id }];
  const schema = { type: 'object', required, properties: body };
  const requestBody =
    'requestBody' in parts
      ? parts.requestBody
      : { required: required.length > 0, content: { 'application/json': { schema } } };
  const data = { type: 'array', items: Thing };
  const page = {
    type: 'object',
    required: ['data', ...Object.keys(list)],
    properties: { data, ...list },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    paths: {
      '/things': {
        get: { operationId: 'things.list', parameters: query, responses: json(page) },
      },
      '/things/{thing_id}': {
        get: { operationId: 'things.retrieve', parameters, responses: json(Thing) },
        patch: {
          ...{ operationId: 'things.update', parameters, responses: json(Thing) },
          ...(requestBody && { requestBody }),
        },
        ...item,
      },
    },
    components: { schemas: { Thing: thing, ...schemas } },
  };
}
