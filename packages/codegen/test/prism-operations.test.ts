import { createRequire } from 'node:module';
import type { Document } from '@org/openapi';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import { expect, test } from 'vitest';
import { inliner } from '../src/emit/inline-references.ts';
import { prismOperations } from '../src/emit/prism.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const paths = {
  '/pets/{id}': {
    parameters: [{ $ref: '#/components/parameters/ID' }],
    get: {
      operationId: 'pets.retrieve',
      responses: {
        200: { description: 'A pet.', content: json(ref('Pet')) },
        default: { $ref: '#/components/responses/Failure' },
      },
    },
    put: {
      operationId: 'pets.update',
      security: [],
      requestBody: { content: json({ ...ref('Pet'), description: 'The new one.' }) },
      responses: { 200: { description: 'A pet.', content: json(ref('Pet')) } },
    },
  },
  '/owners': {
    get: {
      operationId: 'owners.list',
      parameters: [{ name: 'size', in: 'query', schema: ref('Size') }],
      responses: {
        200: { description: 'Owners.', content: json({ type: 'array', items: ref('Owner') }) },
        default: { $ref: '#/components/responses/Failure' },
      },
    },
  },
};
const schemas = {
  Size: { type: 'integer', enum: [1, 2] },
  Owner: { type: 'object', properties: { name: { type: 'string' }, size: ref('Size') } },
  Pet: { type: 'object', properties: { owner: ref('Owner') } },
};
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://api.example.com/v1' }],
  security: [{ key: [] }],
  paths,
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    parameters: { ID: { name: 'id', in: 'path', required: true, schema: ref('Size') } },
    responses: { Failure: { description: 'Wrong.', content: json(ref('Owner')) } },
    schemas,
  },
};

/** What is left out of operations: ids of their parts, and empty lists. */
const plain = (operations: unknown) =>
  JSON.parse(
    JSON.stringify(operations, (key, value) => {
      if (key === 'x-stoplight' || (key === 'id' && typeof value === 'string')) return undefined;
      return Array.isArray(value) && value.length === 0 ? undefined : value;
    }),
  ) as unknown;

test('operations are those that Prism reads', async () => {
  const theirs = await getHttpOperationsFromSpec(structuredClone(document));
  const ours = await prismOperations(structuredClone(document) as unknown as Document);
  expect(ours).toHaveLength(3);
  expect(plain(ours)).toEqual(plain(theirs));
});

test('what several operations refer to is transformed once', async () => {
  const operations = await prismOperations(document as unknown as Document);
  const failures = operations
    .flatMap(({ responses }) => responses)
    .filter(({ code }) => code === 'default');
  expect(failures).toHaveLength(2);
  const [first, second] = failures.map(({ contents }) => contents?.[0]?.schema);
  expect(first).toBe(second);
});

test('a document stays as it is', async () => {
  const copy = structuredClone(document);
  await prismOperations(copy as unknown as Document);
  expect(copy).toEqual(document);
});

test('a reference to anything but a component, or in a circle, is not put into its place', () => {
  const circle = { ...ref('Tree') };
  const inline = inliner({
    components: { schemas: { Tree: { properties: { left: circle } }, Size: schemas.Size } },
  });
  expect(() => inline({ $ref: '#/x-tree' })).toThrow('`#/x-tree` leads to no component.');
  expect(() => inline(ref('Tree'))).toThrow('A reference leads in a circle.');
  expect(() => inline({ any: circle })).toThrow('A reference leads in a circle.');
  expect(inline({ size: ref('Size') })).toEqual({ size: schemas.Size });
});

test('keywords beside a reference replace those of its target', () => {
  const inline = inliner({ components: { schemas: { Size: { type: 'integer', title: 'A' } } } });
  expect(inline({ ...ref('Size'), title: 'B' })).toEqual({ type: 'integer', title: 'B' });
});

test('the transformation is the one that Prism has', () => {
  const own = createRequire(import.meta.url);
  const prism = createRequire(own.resolve('@stoplight/prism-http'));
  const file = '@stoplight/http-spec/oas3/operation';
  expect(own.resolve(file)).toBe(prism.resolve(file));
});
