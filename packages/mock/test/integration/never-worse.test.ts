import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCore } from '../../src/core.ts';
import { createFetch } from '../../src/http/fetch.ts';
import { apiOf } from '../support/api-of.ts';
import type { AnyBody } from '../support/ask.ts';
import { type Prism, startPrism } from './support/prism.ts';
import { propertySchemas, sharedSchemas } from './support/property-schemas.ts';

// Where Prism's own command answers with a success, the mock does as well, whatever the schemas are.
const text = { type: 'string' };
const json = (schema: object, more: object = {}) => ({
  content: { 'application/json': { schema, ...more } },
});
const ok = (schema: object, status = 200, more: object = {}) => ({
  responses: { [status]: { description: 'OK', ...json(schema, more) } },
});
const takes = (schema: object) => ({ requestBody: { required: true, ...json(schema) } });
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const listOf = (item: object) => object({ data: { type: 'array', items: item } });
const person = { $ref: '#/components/schemas/Person' };

/** A collection whose items have what is given; a body has the same, unless it is given as well. */
function collection(name: string, properties: object, input = object(properties), more = {}) {
  const item = object({ id: text, ...properties });
  return {
    [`/${name}`]: {
      get: { operationId: `${name}.list`, 'x-mock': { seed: 5 }, ...ok(listOf(item)) },
      post: { operationId: `${name}.create`, ...takes(input), ...ok(item, 201, more) },
    },
    [`/${name}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { operationId: `${name}.retrieve`, ...ok(item, 200, more) },
      patch: { operationId: `${name}.update`, ...takes(input), ...ok(item) },
      delete: { operationId: `${name}.delete`, ...ok(item) },
    },
  };
}

/** Not about a property alone. */
const others: Record<string, object> = {
  // Bodies that say a thing in another way than the item.
  ...collection(
    'to',
    { to: { type: 'array', items: text } },
    object({ to: { anyOf: [text, { type: 'array', items: text }] } }),
  ),
  ...collection(
    'labels',
    { labels: { type: 'array', items: person } },
    object({ labels: { type: 'array', items: text } }),
  ),
  ...collection('owners', { owner: person }, object({ owner: { type: 'integer' } })),
  ...collection(
    'cents',
    { price: object({ cents: { type: 'integer' } }) },
    object({ price: object({ cents: text }) }),
  ),
  // A property that is required and not described.
  ...collection(
    'undescribed',
    { name: text },
    { ...object({ name: text }), required: ['name', 'color'] },
  ),
  // Examples that break the contract.
  ...collection('examples', { age: { type: 'integer' } }, undefined, {
    example: { id: 7, age: 'old' },
  }),
  '/': { get: { operationId: 'root.retrieve', ...ok(object({ name: text })) } },
  '/headers': {
    get: {
      operationId: 'headers.list',
      responses: {
        200: {
          description: 'OK',
          headers: {
            'X-Total': { required: true, schema: { type: 'integer' } },
            'X-Kind': { required: true, schema: { enum: ['a', 'b'] } },
          },
          ...json(listOf(object({ id: text }))),
        },
      },
    },
  },
  '/nothing': {
    get: { operationId: 'nothing.retrieve', responses: { 204: { description: 'None' } } },
  },
  '/fallback': {
    get: {
      operationId: 'fallback.list',
      responses: { default: { description: 'Any', ...json(listOf(object({ id: text }))) } },
    },
  },
  '/texts': {
    get: {
      operationId: 'texts.retrieve',
      responses: { 200: { description: 'OK', content: { 'text/plain': { schema: text } } } },
    },
  },
  '/several': {
    get: {
      operationId: 'several.retrieve',
      responses: {
        200: {
          description: 'OK',
          content: {
            'text/csv': { schema: text },
            'application/json': { schema: object({ a: text }) },
          },
        },
      },
    },
  },
  '/bare': {
    get: { operationId: 'bare.list', ...ok({ type: 'array', items: object({ id: text }) }) },
  },
};

/** Prism compares every request with every operation: with a few documents of fewer it is quicker. */
const parts = 4;
const documents = Array.from({ length: parts }, (_, part) => ({
  openapi: '3.1.0',
  info: { title: 'Schemas', version: '1' },
  paths: Object.assign(
    {},
    ...propertySchemas.map(([, value], i) =>
      i % parts === part ? collection(`s${i}`, { value }) : {},
    ),
    part === 0 ? others : {},
  ),
  components: { schemas: sharedSchemas },
}));

interface Sides {
  prism: Prism;
  send: ReturnType<typeof createFetch>;
}
let sides: Sides[] = [];
beforeAll(async () => {
  sides = await Promise.all(
    documents.map(async (document) => {
      const api = await apiOf(document);
      return { prism: await startPrism(document), send: createFetch(createCore({}, api)) };
    }),
  );
}, 120_000);
afterAll(async () => {
  for (const { prism } of sides) await prism[Symbol.asyncDispose]();
});

/** Both bodies; and what is worse than with Prism, where something is. */
async function compare(
  { prism, send }: Sides,
  method: string,
  theirPath: string,
  ourPath: string,
  given?: unknown,
) {
  const headers = { 'content-type': 'application/json' };
  const init = given === undefined ? { method } : { method, headers, body: JSON.stringify(given) };
  const answers = await Promise.all([fetch(prism.url + theirPath, init), send(ourPath, init)]);
  const [theirs = '', ours = ''] = await Promise.all(answers.map((answer) => answer.text()));
  const [a, b] = answers.map(({ status }) => status);
  const isWorse = answers[0].ok && !answers[1].ok;
  const worse = isWorse ? [`${method} ${theirPath}: Prism ${a}, the mock ${b} ${ours}`] : [];
  return { theirs: parse(theirs), ours: parse(ours), worse };
}

function parse(body: string): AnyBody {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Everything that can be asked of a collection. */
async function compareAll(part: number, name: string, body?: object): Promise<string[]> {
  const ask = compare.bind(undefined, sides[part] as Sides);
  const list = await ask('GET', `/${name}`, `/${name}`);
  const [first] = list.ours.data;
  const [theirs, ours] = [`/${name}/x`, `/${name}/${first?.id}`];
  const one = await ask('GET', theirs, ours);
  const { id: _, ...example } = one.theirs ?? first;
  const given = body ?? example;
  const answers = [
    list,
    one,
    await ask('POST', `/${name}`, `/${name}`, given),
    await ask('PATCH', theirs, ours, given),
    await ask('DELETE', theirs, ours),
  ];
  return answers.flatMap(({ worse }) => worse);
}

test.each(propertySchemas.map(([title], i) => [title, i] as const))('%s', async (_, i) => {
  expect(await compareAll(i % parts, `s${i}`)).toEqual([]);
});

test.each<[string, object]>([
  ['to', { to: 'a' }],
  ['labels', { labels: ['a', 'b'] }],
  ['owners', { owner: 3 }],
  ['cents', { price: { cents: '5' } }],
  ['undescribed', { name: 'a', color: 'b' }],
  ['examples', { age: 3 }],
])('a collection whose bodies and answers differ: %s', async (name, body) => {
  expect(await compareAll(0, name, body)).toEqual([]);
});

test.each(['/', '/headers', '/nothing', '/fallback', '/texts', '/several', '/bare'])(
  'GET %s',
  async (path) => {
    expect((await compare(sides[0] as Sides, 'GET', path, path)).worse).toEqual([]);
  },
);
