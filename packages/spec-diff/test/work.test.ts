import { expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import { Sameness } from '../src/document/sameness.ts';
import { type Document, Spec } from '../src/document/spec.ts';
import { judgeTypes } from '../src/typescript/judge.ts';
import { changedOperations, representatives } from '../src/typescript/scope.ts';
import { documentOf, type Schema } from './support/documents.ts';
import { walkAll, walkOf } from './support/meanings.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** An API of so many operations, with a shared error; `maximum` is a bound in one of them. */
function apiOf(count: number, maximum: number): object {
  const indexes = Array.from({ length: count }, (_, i) => i);
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  const paths = indexes.map((i) => {
    const limit = { type: 'integer', maximum: i === 7 ? maximum : 100 };
    const responses = {
      200: { description: '', ...json(ref(`T${i}`)) },
      400: { $ref: '#/components/responses/E' },
    };
    const parameters = [{ name: 'limit', in: 'query', schema: limit }];
    return [`/t${i}`, { get: { operationId: `t${i}`, parameters, responses } }] as const;
  });
  const schemas = indexes.map((i) => {
    const next = { anyOf: [ref(`T${i}`), { type: 'null' }] };
    const properties = { id: text, next, other: ref(`T${(i + 1) % count}`) };
    return [`T${i}`, { type: 'object', required: ['id'], properties }] as const;
  });
  return documentOf(
    {},
    {
      paths: Object.fromEntries(paths),
      components: {
        schemas: {
          ...Object.fromEntries(schemas),
          Error: { type: 'object', properties: { message: text } },
        },
        responses: { E: { description: 'An error.', ...json(ref('Error')) } },
      },
    },
  );
}

test('one change among 1,000 operations is one change, and the work grows with the document', () => {
  const [small, large] = [100, 1000].map((count) => {
    const { work, changes } = walkAll(apiOf(count, 100), apiOf(count, 50));
    expect(changes).toMatchObject([
      { verdict: 'breaking', place: 'GET /t7 › query › limit', operations: ['GET /t7'] },
    ]);
    return work.answers + work.schemas;
  });
  expect(large).toBeLessThan(11 * (small ?? 0));
});

test('equal parts of both documents are skipped: the work grows with the change', () => {
  const [small, large] = [100, 1000].map((count) => {
    const { work, changes } = walkOf(apiOf(count, 100), apiOf(count, 50));
    expect(changes).toHaveLength(1);
    return work.answers + work.schemas;
  });
  expect(large).toBe(small);
});

test('a change of a shared response is reported once, with the operations that it reaches', () => {
  const before = apiOf(20, 100) as { components: { schemas: { Error: { required?: string[] } } } };
  const after = structuredClone(before);
  before.components.schemas.Error.required = ['message'];
  const { changes } = walkOf(before, after);
  expect(changes).toMatchObject([
    {
      verdict: 'breaking',
      place: 'components › responses › E › message',
      message: 'May now be missing.',
    },
  ]);
  expect(changes[0]?.operations).toHaveLength(20);
});

test('an addition to a schema that hundreds of others lead to is not breaking, however deep the types are', async () => {
  const [before, after] = [apiOf(300, 100), apiOf(300, 100)] as [Document, Document];
  const { schemas } = after['components'] as { schemas: Record<string, Schema> };
  Object.assign(schemas['T3']?.['properties'] ?? {}, { more: text });
  const { changes, verdict } = await diff(before, after);
  expect(changes.filter(({ surface }) => surface === 'spec')).toMatchObject([
    { verdict: 'addition', path: ['components', 'schemas', 'T3', 'more'] },
  ]);
  expect(verdict).toBe('addition');
}, 60_000);

test.each([4, 30])(
  'values are read once where members refer to each other twice: %i members',
  (count) => {
    const members = Array.from({ length: count }, (_, i) => `B${i}`);
    const union = { oneOf: members.map(ref) };
    const tag = (value: string) => ({ type: 'string', enum: [value] });
    const of = (more: object) => {
      const nodes = { type: 'array', items: ref('Any') };
      const fragment = {
        allOf: [
          { type: 'object', properties: { nodes } },
          { type: 'object', properties: { nodes: { type: 'array', items: union } } },
        ],
      };
      const schemas = members.map((name, i) => {
        const properties = { type: tag(name), fragments: { type: 'array', items: fragment } };
        const all = i === 0 ? { ...properties, ...more } : properties;
        return [name, { type: 'object', required: ['type'], properties: all }] as const;
      });
      const content = { 'application/json': { schema: ref('Any') } };
      return documentOf(
        { responses: { 200: { description: '', content } } },
        { components: { schemas: { ...Object.fromEntries(schemas), Any: union } } },
      );
    };
    const { changes, work } = walkOf(of({}), of({ more: text }));
    expect(changes).toMatchObject([
      { verdict: 'addition', place: 'components › schemas › B0 › more' },
    ]);
    expect(work.answers + work.schemas).toBeLessThan(40 * count);
  },
);

test('TypeScript is asked about few operations that changed through one schema, and names it with all of them', async () => {
  const list = (schema: object) => ({
    200: { description: '', content: { 'application/json': { schema } } },
  });
  const of = (name: Schema) => {
    const paths = Array.from({ length: 10 }, (_, i) => {
      const schema = i === 7 ? ref('User') : ref(`Page${i}`);
      return [`/p${i}`, { get: { operationId: `p${i}`, responses: list(schema) } }];
    });
    const pages = Array.from({ length: 10 }, (_, i) => [
      `Page${i}`,
      { type: 'array', items: ref('User') },
    ]);
    const schemas = {
      User: { type: 'object', properties: { name } },
      ...Object.fromEntries(pages),
    };
    return new Spec(
      documentOf({}, { paths: Object.fromEntries(paths), components: { schemas } }) as Document,
    );
  };
  const specs = { before: of(text), after: of({ type: 'integer' }) };
  const changed = changedOperations(specs, new Sameness(specs));
  expect(changed).toHaveLength(10);
  const names = representatives(changed, 3).map(([{ name }]) => name);
  expect(names).toEqual(['GET /p7', 'GET /p0', 'GET /p1']);
  const { changes } = await judgeTypes(specs.before, specs.after, changed);
  expect(changes).toMatchObject([
    {
      verdict: 'breaking',
      path: ['components', 'schemas', 'User'],
      pointer: '/components/schemas/User',
    },
  ]);
  expect(changes[0]?.operations).toHaveLength(10);
});
