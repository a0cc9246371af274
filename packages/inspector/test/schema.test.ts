import { describe, expect, test } from 'vitest';
import type { OperationInfo, Schema } from '../src/api/types.ts';
import { constraintsOf, typeOf } from '../src/json/describe.ts';
import { draft } from '../src/json/draft.ts';
import { levelOf, resolve } from '../src/json/schema.ts';
import { carry, placeOf } from '../src/operations/api-key.ts';
import { exampleCode } from '../src/operations/example.tsx';
import { signature } from '../src/operations/signature.ts';
import { list, retrieveNested, update } from './support/requests.ts';

const text: Schema = { type: 'string' };
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
/** A folder with folders in it. */
const folder = { $ref: '#/__bundled__/0.items' };
const definitions = {
  '0.items': object({ id: text, parent: folder, kids: { type: 'array', items: folder } }, ['id']),
  'a/b~c': text,
  loop: { $ref: '#/__bundled__/loop' },
  union: { anyOf: [{ $ref: '#/__bundled__/union' }, text] },
};
const ref = (name: string): Schema => ({ $ref: `#/__bundled__/${name}` });

describe('a reference', () => {
  test('leads to its schema, and into it', () => {
    expect(resolve(folder, definitions)).toBe(definitions['0.items']);
    expect(resolve(ref('a~1b~0c'), definitions)).toBe(text);
    expect(resolve(ref('0.items/properties/id'), definitions)).toBe(text);
  });

  test.each(['loop', 'missing', '0.items/nothing', 'constructor', '0.items/required/0'])(
    '%s leads nowhere',
    (name) => {
      expect(resolve(ref(name), definitions)).toBeUndefined();
      expect(levelOf(ref(name), definitions)).toBeUndefined();
      expect([typeOf(ref(name), definitions), draft(ref(name), definitions)]).toEqual([
        'any',
        null,
      ]);
    },
  );

  test('may lead back to its own schema', () => {
    const names = levelOf(folder, definitions)?.properties.map(({ name }) => name);
    expect(names).toEqual(['id', 'parent', 'kids']);
    const kids = levelOf(folder, definitions)?.properties[2]?.schema;
    expect(levelOf(kids, definitions)?.others?.title).toBe('each item');
    expect(typeOf(kids, definitions)).toBe('object[]');
    expect(draft(folder, definitions)).toEqual({ id: '' });
    expect(typeOf(ref('union'), definitions)).toContain('string');
    expect(levelOf(ref('union'), definitions)).toBeUndefined();
  });

  test('of a required property back to its schema ends', () => {
    const node = { node: object({ next: ref('node') }, ['next']) };
    expect(JSON.stringify(draft(ref('node'), node))).toMatch(/^(\{"next":)+null\}+$/);
  });
});

describe('the level below a schema', () => {
  test('has the properties of all parts of allOf', () => {
    const schema = { allOf: [object({ a: text }, ['a']), { allOf: [object({ b: text })] }] };
    expect(levelOf(schema, undefined)?.properties).toEqual([
      { name: 'a', schema: text, required: true },
      { name: 'b', schema: text, required: false },
    ]);
    expect([typeOf(schema), draft(schema)]).toEqual(['object', { a: '' }]);
  });

  test('has the alternatives, where one of them is an object', () => {
    const schema = { oneOf: [object({ a: text }), text, { type: 'null' }] };
    expect(levelOf(schema, undefined)?.alternatives).toEqual([object({ a: text }), text]);
    expect(levelOf({ oneOf: [text, { type: 'null' }] }, undefined)).toBeUndefined();
  });

  test('is that of the only alternative beside null', () => {
    const schema = { anyOf: [object({ a: text }), { type: 'null' }] };
    expect(levelOf(schema, undefined)?.properties.map(({ name }) => name)).toEqual(['a']);
  });

  test('has the values of properties with any name', () => {
    expect(levelOf({ type: 'object', additionalProperties: text }, undefined)?.others).toEqual(
      expect.objectContaining({ title: 'each other property', schema: text }),
    );
    expect(levelOf({ type: 'object', additionalProperties: true }, undefined)).toBeUndefined();
  });

  test('is missing for texts, and for lists of texts', () => {
    expect(levelOf(text, undefined)).toBeUndefined();
    expect(levelOf({ type: 'array', items: text }, undefined)).toBeUndefined();
  });
});

test('constraints have all that a schema says', () => {
  const schema: Schema = {
    ...{ type: 'array', minItems: 2, maxItems: 2, uniqueItems: true, readOnly: true },
    deprecated: true,
  };
  expect(constraintsOf(schema)).toEqual([
    '2 items',
    'without duplicates',
    'read-only',
    'deprecated',
  ]);
  expect(constraintsOf({ pattern: '^a+$', multipleOf: 5, writeOnly: true })).toEqual([
    'a multiple of 5',
    'matches ^a+$',
    'write-only',
  ]);
});

describe('a signature', () => {
  const things = object({ data: { type: 'array', items: object({ id: text, name: text }) } });
  const response = (schema: Schema) => [
    { status: '200', description: 'OK', schema, example: null },
  ];
  const query = { name: 'query', type: 'ThingListParams', optional: true };

  test('has the types, with the first properties', () => {
    const operation: OperationInfo = {
      ...list,
      arguments: [{ ...query, properties: ['limit', 'names', 'deep', 'after', 'before'] }],
      returns: 'CursorPage<Thing>',
      responses: response(things),
    };
    expect(signature(operation)).toBe(
      'client.things.list(query?: ThingListParams { limit, names, deep, 2 more }, options?): CursorPage<Thing { id, name }>',
    );
  });

  test('has the properties of a body beside the parameters', () => {
    const operation: OperationInfo = {
      ...update,
      arguments: [
        { name: 'thingID', type: 'string', optional: false },
        { name: 'body', type: 'ThingUpdateParams', optional: false, properties: [] },
      ],
      body: {
        required: true,
        schema: object({ a: text, b: text, c: text, d: text }),
        example: null,
      },
      returns: 'Thing',
      responses: response(folder),
      definitions,
    };
    expect(signature(operation)).toBe(
      'client.things.update(thingID: string, body: ThingUpdateParams { a, b, c, d }, options?): Thing { id, parent, kids }',
    );
  });

  test.each(['void', 'string', 'Job | Report', 'Response'])('ends with %s as it is', (returns) => {
    expect(signature({ ...list, arguments: [], returns })).toBe(
      `client.things.list(options?): ${returns}`,
    );
  });
});

describe('an example call', () => {
  test('walks a list to its end', () => {
    const operation = { ...list, behavior: 'list', returns: 'CursorPage<Thing>' };
    expect(exampleCode(operation)).toBe(
      'for await (const item of client.things.list()) {\n  console.log(item);\n}',
    );
  });

  test('has what the operation requires: examples, else the least that is valid', () => {
    const [thing, part] = retrieveNested.parameters;
    const operation = {
      ...retrieveNested,
      parameters: [
        ...(thing ? [{ ...thing, example: 'thing_1' }] : []),
        ...(part ? [{ ...part, schema: { type: 'integer', minimum: 3 } }] : []),
      ],
    };
    expect(exampleCode(operation)).toBe(
      "const result = await client.things.parts.retrieve('3', { thing_id: 'thing_1' });",
    );
  });

  test('has the body', () => {
    const body = { required: true, schema: object({ name: text }, ['name']), example: null };
    const [id] = update.parameters;
    const parameters = id ? [{ ...id, example: 'thing_1' }] : [];
    expect(exampleCode({ ...update, parameters, body, returns: 'void' })).toBe(
      "await client.things.update('thing_1', { name: '' });",
    );
  });
});

describe('a key', () => {
  test.each([
    [{ kind: 'bearer' } as const, { headers: { authorization: 'Bearer k:1' } }, 'Bearer'],
    [{ kind: 'basic' } as const, { headers: { authorization: `Basic ${btoa('k:1')}` } }, 'Basic'],
    [{ kind: 'apiKey', in: 'header', name: 'x-k' } as const, { headers: { 'x-k': 'k:1' } }, 'x-k'],
    [{ kind: 'apiKey', in: 'query', name: 'q' } as const, { query: [['q', 'k:1']] }, 'parameter q'],
    [{ kind: 'apiKey', in: 'cookie', name: 'c' } as const, { cookies: [['c', 'k:1']] }, 'cookie c'],
  ])('is sent as %j', (place, expected, words) => {
    expect(carry([place], 'k:1')).toEqual({ headers: {}, query: [], cookies: [], ...expected });
    expect(placeOf(place)).toContain(words);
    expect(carry([place], '')).toEqual({ headers: {}, query: [], cookies: [] });
  });

  test('of HTTP Basic has a colon, and may have any character', () => {
    expect(carry([{ kind: 'basic' }], 'any-key').headers).toEqual({
      authorization: `Basic ${btoa('any-key:')}`,
    });
    expect(carry([{ kind: 'basic' }], 'ü:ł').headers['authorization']).toBe('Basic w7w6xYI=');
  });
});
