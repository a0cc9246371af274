import { writeFileSync } from 'node:fs';

/** How many collections the document has, each with five operations. */
const collections = 240;
/** Lists in the middle of it. */
export const listPaths: readonly string[] = Array.from(
  { length: 20 },
  (_, i) => `/group${i}/things${i + 40}`,
);

/** Writes a document of 1,200 operations and 481 schemas as JSON. */
export function writeLargeDocument(file: string): void {
  const numbers = Array.from({ length: collections }, (_, i) => i);
  const schemas = Object.assign({ Error: problem }, ...numbers.map(schemasOf)) as object;
  const paths = Object.assign({}, ...numbers.map(pathsOf)) as object;
  const info = { title: 'Large', version: '1' };
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths, components: { schemas } }));
}

const text = { type: 'string' };
const problem = { type: 'object', required: ['message'], properties: { message: text } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: object) => ({ 'application/json': { schema } });

function schemasOf(i: number): object {
  const others = Array.from({ length: 8 }, (_, k) => [
    `field_${k}`,
    { type: ['string', 'null'], description: `Field ${k} of the thing.`, maxLength: 40 },
  ]);
  const properties = {
    id: text,
    name: { ...text, description: 'The name of the thing.' },
    created_at: { ...text, format: 'date-time' },
    size: { type: 'integer', minimum: 0 },
    status: { ...text, enum: ['active', 'archived'] },
    address: ref(`Address${i}`),
    owner: ref(`Address${(i * 7) % collections}`),
    ...Object.fromEntries(others),
  };
  return {
    [`Thing${i}`]: { type: 'object', required: ['id', 'name', 'created_at'], properties },
    [`Address${i}`]: {
      type: 'object',
      required: ['street'],
      properties: { street: text, city: text, zip: { ...text, pattern: '^[0-9]{5}$' } },
    },
  };
}

function pathsOf(i: number): object {
  const failure = { default: { description: 'An error.', content: content(ref('Error')) } };
  const thing = { description: 'The thing.', content: content(ref(`Thing${i}`)) };
  const requestBody = { required: true, content: content(ref(`Thing${i}`)) };
  const page = {
    type: 'object',
    required: ['data', 'has_more'],
    properties: {
      data: { type: 'array', items: ref(`Thing${i}`) },
      has_more: { type: 'boolean' },
    },
  };
  const limit = { type: 'integer', minimum: 1, maximum: 100, default: 20 };
  const operation = (name: string, responses: object, rest: object = {}) => ({
    operationId: `things${i}.${name}`,
    ...rest,
    responses: { ...responses, ...failure },
  });
  const parameters = [
    { name: 'limit', in: 'query', schema: limit },
    { name: 'after', in: 'query', schema: text },
  ];
  const list = { 200: { description: 'The things.', content: content(page) } };
  const path = `/group${i % 20}/things${i}`;
  return {
    [path]: {
      get: operation('list', list, { parameters }),
      post: operation('create', { 201: thing }, { requestBody }),
    },
    [`${path}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: operation('retrieve', { 200: thing }),
      patch: operation('update', { 200: thing }, { requestBody }),
      delete: operation('delete', { 204: { description: 'Gone.' } }),
    },
  };
}
