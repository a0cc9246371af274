import { beforeAll, expect, test } from 'vitest';
import { emitTypes } from '../src/emit/types.ts';
import { buildModel } from '../src/infer/build-model.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';
import { compileEach, type GeneratedClient, generateClient } from './support/generated-client.ts';

// The types of schemas that openapi-typescript alone would read differently from the specification.

const child = (parent: string, properties: Json): Json => ({
  allOf: [ref(parent), object(properties)],
});
const number: Json = { type: 'number' };
const kinds = (...values: string[]): Json => ({ type: 'string', enum: values });

const schemas: Json = {
  // Children that a mapping names; one of them has a child of its own.
  Shape: {
    ...object({ kind: text }),
    discriminator: {
      propertyName: 'kind',
      mapping: { circle: '#/components/schemas/Circle', disc: 'Disc', square: 'Square' },
    },
  },
  Circle: child('Shape', { radius: number }),
  Disc: child('Circle', { depth: number }),
  Square: child('Shape', { side: number }),
  // Children that no mapping names.
  Pet: { ...object({ type: text }), discriminator: { propertyName: 'type' } },
  Cat: child('Pet', { lives: number }),
  Dog: child('Pet', { tricks: number }),
  // A union whose members say their values.
  Card: object({ method: kinds('card'), number: text }),
  Cash: object({ method: { const: 'cash' } }),
  Payment: { oneOf: [ref('Card'), ref('Cash')], discriminator: { propertyName: 'method' } },
  // A union whose members share one list of values.
  Created: object({ event: ref('Event'), at: text }),
  Removed: object({ event: ref('Event'), by: text }),
  Event: kinds('created', 'removed', 'archived'),
  Entry: {
    oneOf: [ref('Created'), ref('Removed')],
    discriminator: { propertyName: 'event', mapping: { created: 'Created', removed: 'Removed' } },
  },
  // Alternatives beside properties.
  Contact: {
    ...object({ email: text, phone: text }, []),
    anyOf: [{ required: ['email'] }, { required: ['phone'] }],
  },
  Address: { ...object({ city: text }), oneOf: [ref('Street'), ref('Box')] },
  Street: object({ street: text }),
  Box: object({ box: text }),
  Level: { type: 'string', oneOf: [{ const: 'low' }, { const: 'high' }] },
  // Keywords beside a reference.
  Named: object({ name: text }),
  Tagged: { $ref: '#/components/schemas/Named', properties: { tag: text }, required: ['tag'] },
  Described: object({ named: { $ref: '#/components/schemas/Named', description: 'A name.' } }),
  // Other properties than those that are described.
  Labels: {
    ...object({ name: text, count: number }, ['name']),
    additionalProperties: { type: 'boolean' },
  },
  Counts: { ...object({ total: number }), additionalProperties: number },
  // A part that only requires properties.
  Partly: object({ name: text, size: number }, []),
  Whole: { allOf: [ref('Partly'), { required: ['name'] }] },
  // References to anchors.
  Branch: object({ leaf: { $ref: '#leaf' } }),
  Leaf: { ...object({ color: text }), $anchor: 'leaf' },
  // Read-only and write-only properties.
  Account: object(
    {
      id: { ...text, readOnly: true },
      name: text,
      password: { ...text, writeOnly: true },
      owner: ref('Person'),
    },
    ['id', 'name', 'password', 'owner'],
  ),
  Person: object({ id: { ...text, readOnly: true }, email: text }),
  Note: object({ id: { ...text, readOnly: true }, text }),
};

const get = (id: string, schema: Json) => ({ get: call(id, { gives: schema }) });
const paths: Record<string, Json> = {
  '/shape': get('shape.get', { oneOf: [ref('Circle'), ref('Disc'), ref('Square')] }),
  '/described': get('shape.describe', { allOf: [ref('Shape'), object({ text })] }),
  '/pet': get('pet.get', { oneOf: [ref('Cat'), ref('Dog')] }),
  '/payment': get('payment.get', ref('Payment')),
  '/entry': get('entry.get', ref('Entry')),
  '/contact': { put: call('contact.set', { body: ref('Contact'), gives: ref('Contact') }) },
  '/address': get('address.get', ref('Address')),
  '/level': get('level.get', object({ level: ref('Level') })),
  '/tagged': { put: call('tagged.set', { body: ref('Tagged'), gives: ref('Tagged') }) },
  '/labels': { put: call('labels.set', { body: ref('Labels'), gives: ref('Labels') }) },
  '/counts': get('counts.get', ref('Counts')),
  '/whole': { put: call('whole.set', { body: ref('Whole'), gives: ref('Whole') }) },
  '/branch': get('branch.get', ref('Branch')),
  '/account': {
    get: call('account.get', { gives: ref('Account') }),
    put: call('account.set', { body: ref('Account'), gives: ref('Account') }),
    patch: call('account.change', {
      query: { notify: { type: 'boolean' } },
      body: ref('Account'),
      gives: ref('Account'),
    }),
  },
  '/people': { post: call('people.add', { body: { type: 'array', items: ref('Person') } }) },
  '/note': { put: call('note.set', { body: ref('Note') }) },
};

/** Statements in a function that has a `client`, by title. A line below `@ts-expect-error` must not compile. */
const programs: Record<string, string> = {
  'a discriminator narrows a union by the values of a mapping': `
    const found = await client.shape.get();
    if (found.kind === 'square') console.log(found.side);
    // @ts-expect-error
    if (found.kind === 'square') console.log(found.radius);`,
  'a discriminator narrows a union by the names of schemas that no mapping mentions': `
    const found = await client.pet.get();
    if (found.type === 'Cat') console.log(found.lives);
    // @ts-expect-error
    if (found.type === 'Cat') console.log(found.tricks);`,
  'a discriminator leaves the values that the schemas of a union state themselves': `
    const found = await client.payment.get();
    if (found.method === 'card') console.log(found.number);
    // @ts-expect-error
    if (found.method === 'Card') console.log(found);`,
  'a discriminator narrows an enum that the schemas of a union share': `
    const found = await client.entry.get();
    if (found.event === 'removed') console.log(found.by);
    // @ts-expect-error
    if (found.event === 'archived') console.log(found);`,
  'a schema with a discriminator takes the values of the schemas that extend it': `
    const found = await client.shape.get();
    const disc: typeof found = { kind: 'disc', radius: 1, depth: 1 };
    const circle: typeof found = { kind: 'circle', radius: 1 };
    // @ts-expect-error
    const named: typeof found = { kind: 'Circle', radius: 1 };
    console.log(disc, circle, named);`,
  'a discriminator gives no value to an unnamed schema': `
    const found = await client.shape.describe();
    found.kind = 'any';
    console.log(found.text);`,
  'alternatives that only require properties leave the type of a schema unchanged': `
    await client.contact.set({ email: 'a' });
    // @ts-expect-error
    await client.contact.set({ mail: 'a' });`,
  'alternatives are intersected with the properties of a schema': `
    const found = await client.address.get();
    console.log(found.city, 'street' in found ? found.street : found.box);
    // @ts-expect-error
    console.log(found.street);`,
  'alternatives are intersected with the type of a schema': `
    const { level } = await client.level.get();
    level satisfies 'low' | 'high';`,
  'keywords beside a reference apply as well': `
    await client.tagged.set({ name: 'a', tag: 'b' });
    // @ts-expect-error
    await client.tagged.set({ name: 'a' });
    // @ts-expect-error
    await client.tagged.set({ tag: 'b' });`,
  'a part of a schema may require properties of another part': `
    const found = await client.whole.set({ name: 'a' });
    console.log(found.name.length);
    // @ts-expect-error
    await client.whole.set({ size: 1 });`,
  'a reference to an anchor leads to its schema': `
    console.log((await client.branch.get()).leaf.color.length);`,
  'a property keeps its type beside other properties of another type': `
    const found = await client.labels.set({ name: 'a', count: 1, any: true });
    console.log(found.name.length, found['any']);
    // @ts-expect-error
    await client.labels.set({ name: 1 });`,
  'other properties have their type where all properties have it': `
    console.log((await client.counts.get())['other']?.toFixed());`,
  'a read-only property is in responses, and not in the body of a request': `
    const found = await client.account.get();
    console.log(found.id, found.owner.id);
    const body = { name: 'a', password: 'b', owner: { email: 'c' } };
    await client.account.set(body);
    await client.account.change({ ...body, notify: true });
    // @ts-expect-error
    await client.account.set({ id: '1', name: 'a', password: 'b', owner: { email: 'c' } });`,
  'a program may change a received object, read-only properties included': `
    const found = await client.account.get();
    found.id = 'other';`,
  'a received object may be sent back, with its read-only properties': `
    const found = await client.account.get();
    await client.account.set({ ...found, name: 'b', password: 'c' });`,
  'a read-only property is not in the items of a list that is sent': `
    await client.people.add([{ email: 'a' }]);
    await client.note.set({ text: 'a' });`,
  'a write-only property is in the body of a request, and not in responses': `
    // @ts-expect-error
    await client.account.set({ name: 'a', owner: { email: 'c' } });
    // @ts-expect-error
    console.log((await client.account.get()).password);`,
};

let client: GeneratedClient;
let found: string[][] = [];
beforeAll(async () => {
  client = await generateClient(document(paths, schemas));
  found = compileEach(
    client,
    Object.values(programs).map(
      (text) => `export async function run(client: Client): Promise<void> {\n${text}\n}\nvoid run;`,
    ),
  );
});

test.each(Object.keys(programs).map((title, i) => [title, i] as const))('%s', (_, i) => {
  expect(found[i]).toEqual([]);
});

const types = async (spec: Json) =>
  (await emitTypes(buildModel(spec)))['packages/types/src/openapi.gen.d.ts'];

test('no type has a part that is unknown', () => {
  expect(client.files['packages/types/src/openapi.gen.d.ts']).not.toMatch(/[|&] unknown\b/);
});

test('keywords beside a reference are ignored in OpenAPI 3.0', async () => {
  const old = { ...document({ '/tagged': paths['/tagged'] as Json }, schemas), openapi: '3.0.3' };
  expect(await types(old)).toContain('export type Tagged = Named;');
});

test('no type has the headers that OpenAPI ignores as parameters', async () => {
  const names = ['Accept', 'authorization', 'Content-Type', 'X-Trace'];
  const parameters = names.map((name) => ({ name, in: 'header', required: true, schema: text }));
  const [shared, ...own] = parameters;
  const components = { parameters: { Accept: shared } };
  const list = { ...call('people.retrieve', { gives: ref('Person') }), parameters: own };
  const spec = document(
    { '/person': { parameters: [{ $ref: '#/components/parameters/Accept' }], get: list } },
    schemas,
  );
  const code = await types({
    ...spec,
    components: { ...(spec['components'] as Json), ...components },
  });
  expect(
    /header: \{[^}]*\}/.exec(code?.slice(code.indexOf('interface operations')) ?? '')?.[0],
  ).toMatch(/^header: \{\s*"?X-Trace"?: string;\s*\}$/);
});

test('a schema that is only sent keeps its name', () => {
  expect(client.files['packages/types/src/openapi.gen.d.ts']).not.toContain('NoteWritable');
});

test('the type of a request body gets a number beside a schema of its name', async () => {
  const taken = { ...schemas, PersonWritable: object({}) };
  expect(await types(document(paths, taken))).toContain('export interface PersonWritable2 {');
});

test('names have percent signs, also where objects are nested', async () => {
  const price = object({ '50% off': object({ cents: number, 'rate%': ref('Tax') }) }, []);
  const spec = document(
    { '/price/{id}': { get: call('price.retrieve', { gives: ref('Price') }) } },
    { Price: price, Tax: object({ '100%': object({ of: text }) }) },
  );
  expect(await types(spec)).toMatch(/"50% off"\?: \{\s+cents: number;\s+"rate%": Tax;/);
  expect(await types(spec)).toMatch(/"100%": \{\s+of: string;/);
});
