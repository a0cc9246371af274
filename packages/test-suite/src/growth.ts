/** Additions that a team would make to the spec, as data. */

interface Spec {
  paths: Record<string, Item>;
  components: { schemas: Record<string, Item> };
}

type Item = Record<string, unknown>;

const text = { type: 'string' };
const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const schema = (name: string) => ref('schemas', name);

const failures = {
  400: ref('responses', 'BadRequest'),
  401: ref('responses', 'Unauthorized'),
  404: ref('responses', 'NotFound'),
};

interface Operation {
  gives: Item;
  body?: Item;
  parameters?: Item[];
  'x-mock'?: Item;
}

function operation(operationId: string, { gives, body, ...more }: Operation): Item {
  const summary = `Calls ${operationId}`;
  const content = (given: Item) => ({ 'application/json': { schema: given } });
  return {
    operationId,
    tags: ['Users'],
    summary,
    description: `${summary}.`,
    ...more,
    ...(body ? { requestBody: { required: true, content: content(body) } } : {}),
    responses: { 200: { description: 'Done.', content: content(gives) }, ...failures },
  };
}

function pathParameters(path: string): Item[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'An id.',
    schema: text,
  }));
}

function object(properties: Item, required: string[] = Object.keys(properties)): Item {
  return { type: 'object', required, properties };
}

export interface NewCollection {
  /** The id of its operations without their last name: `shop.books`. */
  id: string;
  path: string;
  /** The name of the item's schema. */
  type: string;
  properties?: Item;
}

/** A collection with list, create, retrieve, update and delete. */
export function addCollection(spec: Spec, { id, path, type, properties }: NewCollection): void {
  const prefix = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  spec.components.schemas[type] = object(
    {
      id: { ...text, examples: [`${prefix}_abc`] },
      object: { ...text, const: prefix },
      name: text,
      archived: { type: 'boolean' },
      created_at: { type: 'integer', format: 'unixtime' },
      description: { anyOf: [text, { type: 'null' }] },
      ...properties,
    },
    ['id', 'object', 'name', 'archived', 'created_at'],
  );
  spec.components.schemas[`${type}List`] = object({
    object: { ...text, const: 'list' },
    data: { type: 'array', items: schema(type) },
    has_more: { type: 'boolean' },
    next: { type: ['string', 'null'] },
  });
  const query = [
    { name: 'after', in: 'query', description: 'A cursor.', schema: text },
    {
      name: 'limit',
      in: 'query',
      description: 'The size of a page.',
      schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    },
  ];
  const item = `${path}/{${prefix}_id}`;
  spec.paths[path] = {
    ...(path.includes('{') ? { parameters: pathParameters(path) } : {}),
    get: operation(`${id}.list`, { gives: schema(`${type}List`), parameters: query }),
    post: operation(`${id}.create`, { gives: schema(type), body: object({ name: text }) }),
  };
  spec.paths[item] = {
    parameters: pathParameters(item),
    get: operation(`${id}.retrieve`, { gives: schema(type) }),
    post: operation(`${id}.update`, { gives: schema(type), body: object({ name: text }, []) }),
    delete: operation(`${id}.delete`, {
      gives: object({ id: text, deleted: { type: 'boolean', const: true } }),
    }),
  };
}

/** One object at a path: GET, POST, and DELETE as a reset. */
export function addSingleton(spec: Spec, id: string, path: string): void {
  const theme = { ...text, enum: ['light', 'dark'] };
  spec.components.schemas['Preferences'] = object({ theme, digest: { type: 'boolean' } });
  const gives = schema('Preferences');
  spec.paths[path] = {
    get: operation(`${id}.retrieve`, { gives }),
    post: operation(`${id}.update`, { gives, body: object({ theme }, []) }),
    delete: operation(`${id}.reset`, { gives }),
  };
}

/** `POST …/{id}/archive`, which sets a property of the item. */
export function addAction(spec: Spec, id: string, path: string, type: string): void {
  spec.paths[path] = {
    parameters: pathParameters(path),
    post: operation(id, { gives: schema(type), 'x-mock': { set: { archived: true } } }),
  };
}

export type { Spec };
