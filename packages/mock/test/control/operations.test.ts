import type { OperationInfo } from '@org/inspector/api';
import { beforeAll, expect, test } from 'vitest';
import { describeOperations } from '../../src/control/operations.ts';
import { loadAPI } from '../../src/index.ts';
import { createWorkspace, workspaceAPI } from '../support/workspace.ts';

let operations: Map<string, OperationInfo>;

beforeAll(async () => {
  const mock = createWorkspace(await workspaceAPI());
  const { body } = await mock.send('GET', '/_mock/operations');
  operations = new Map(body.map((each: OperationInfo) => [each.id, each]));
});

test('an operation without parameters, body, words or state is described as such', () => {
  expect(operations.get('report.retrieve')).toEqual({
    id: 'report.retrieve',
    method: 'GET',
    path: '/report',
    summary: '',
    description: '',
    tag: null,
    call: 'client.report.retrieve',
    arguments: expect.any(Array),
    returns: expect.any(String),
    behavior: 'mocker',
    collection: null,
    keys: expect.any(Array),
    parameters: [],
    responses: [
      {
        status: '200',
        description: 'OK',
        schema: expect.objectContaining({ type: 'object' }),
        example: null,
      },
    ],
  });
});

test('parameters of path and query come in this order, with their schemas', () => {
  const { parameters = [], collection, behavior } = operations.get('boards.cards.list') ?? {};
  expect([collection, behavior]).toEqual(['boards.cards', 'list']);
  expect(parameters.map(({ name, in: place, required }) => `${place} ${name} ${required}`)).toEqual(
    ['path board_id true', 'query after false', 'query limit false'],
  );
  expect(parameters[2]).toMatchObject({
    description: '',
    example: null,
    schema: { type: 'integer', maximum: 50 },
  });
});

test('schemas that refer to themselves come with what they refer to, and keys with their places', async () => {
  const node = { $ref: '#/components/schemas/Node' };
  const json = { content: { 'application/json': { schema: { type: 'array', items: node } } } };
  const { api } = await loadAPI({
    openapi: '3.1.0',
    info: { title: 'Nodes', version: '1' },
    paths: {
      '/nodes': {
        get: {
          operationId: 'nodes.list',
          security: [{ mtls: [] }, { app: [], user: [] }],
          responses: { 200: { description: 'OK', ...json } },
        },
      },
    },
    components: {
      schemas: {
        Node: {
          type: 'object',
          properties: { id: { type: 'string' }, parent: { description: 'Above.', ...node } },
        },
      },
      securitySchemes: {
        app: { type: 'apiKey', in: 'query', name: 'app' },
        user: { type: 'http', scheme: 'basic' },
        mtls: { type: 'mutualTLS' },
      },
    },
  });
  const [operation] = describeOperations(api);
  const names = Object.keys(operation?.definitions ?? {});
  const used = [...JSON.stringify(operation).matchAll(/"\$ref":"#\/__bundled__\/([^"]+)"/g)];
  expect(used.length).toBeGreaterThan(0);
  for (const [, name] of used) expect(names).toContain(name);
  expect(operation?.keys).toEqual([
    { kind: 'apiKey', in: 'query', name: 'app' },
    { kind: 'basic' },
  ]);
});

test('a body is described with its schema; an answer without one has none', () => {
  const { body } = operations.get('boards.create') ?? {};
  expect(body).toMatchObject({
    required: true,
    schema: { required: ['title'] },
    example: null,
  });
  expect(operations.get('boards.delete')?.responses).toEqual([
    { status: '204', description: 'Gone', schema: null, example: null },
  ]);
});
