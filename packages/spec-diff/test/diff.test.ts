import { expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { documentOf, parameter, type Schema } from './support/documents.ts';
import { inWords, type Told } from './support/meanings.ts';

const changes = async (before: object, after: object): Promise<Told[]> =>
  inWords((await diff(before as Document, after as Document)).changes);
const object = (more: Schema): Schema => ({ type: 'object', ...more });
const text = { type: 'string' };

test('a schema that holds itself is walked once', async () => {
  const tree = (leaf: Schema) => {
    const node = object({
      properties: {
        leaf,
        children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
      },
    });
    const schema = { $ref: '#/components/schemas/Node' };
    return documentOf(
      { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
      { components: { schemas: { Node: node } } },
    );
  };
  expect(await changes(tree(text), tree({ type: ['string', 'null'] }))).toMatchObject([
    { verdict: 'breaking', place: 'GET /things › response 200 › leaf' },
  ]);
});

test('the TypeScript checker finds changes that the rules miss', async () => {
  const named = (name: string) => documentOf({}, { components: { schemas: { [name]: text } } });
  expect(await changes(named('A'), named('B'))).toEqual([
    expect.objectContaining({ verdict: 'breaking', place: 'components › schemas › A' }),
    expect.objectContaining({ verdict: 'addition', place: 'components › schemas › B' }),
  ]);
});

test('a reference that does not resolve in either document is noted beside other changes, and never alone', async () => {
  const broken = (more: object) =>
    parameter({ $ref: '#/components/schemas/None' }, more) as Document;
  const same = await diff(broken({}), broken({}));
  expect(same).toEqual({ verdict: 'none', changes: [], notes: [], problems: [] });
  const { verdict, notes } = await diff(broken({}), broken({ required: true }));
  expect(verdict).toBe('breaking');
  expect(notes.join()).toContain('#/components/schemas/None does not resolve in either document');
});

test('TypeScript is asked also where a parameter refers to a read-only component', async () => {
  const schemas = { Number: { type: 'integer', readOnly: true } };
  const described = (description: string) => {
    const schema = { $ref: '#/components/schemas/Number' };
    const parameters = [{ name: 'q', in: 'query', schema, description }];
    return documentOf({ parameters }, { components: { schemas } }) as Document;
  };
  const { notes } = await diff(described('Which one.'), described('Which of them.'));
  expect(notes.join()).not.toContain('TypeScript');
});

test('a component that is written as a reference is the same, also where a oneOf has it twice', async () => {
  const thing = object({ properties: { a: text } });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const documentWith = (schemas: object) => {
    const Twice = { oneOf: [ref('Thing'), ref('Thing')] };
    return documentOf({}, { components: { schemas: { Twice, ...schemas } } });
  };
  const found = await changes(
    documentWith({ Thing: thing }),
    documentWith({ Thing: ref('Extracted'), Extracted: thing }),
  );
  expect(found.filter(({ verdict }) => verdict === 'breaking')).toEqual([]);
});

test('alternatives of one component are not paired by its name', async () => {
  const short = { type: 'string', maxLength: 1, enum: ['a', 'c'] };
  const documentWith = (values: object) => {
    const Letter = {
      allOf: [{ type: 'string', ...values }, { oneOf: [text, { oneOf: [short] }] }],
    };
    return documentOf({}, { components: { schemas: { Letter } } });
  };
  const listed = documentWith({ enum: ['a', 'b'] });
  const alternatives = documentWith({ oneOf: [{ const: 'a' }, { const: 'b' }] });
  expect(await changes(listed, alternatives)).toEqual([]);
});

test('a format that is called like a property of every object is compared as any other', async () => {
  const withFormat = (format: string) => {
    const schema = { type: 'string', format };
    const content = { 'application/json': { schema } };
    return documentOf({ responses: { 200: { description: 'ok', content } } });
  };
  const found = await changes(withFormat('hasOwnProperty'), withFormat('constructor'));
  expect(found).toMatchObject([{ id: 'format-changed', verdict: 'breaking' }]);
});
