import type { OperationInfo } from '@org/inspector/api';
import { beforeAll, expect, test } from 'vitest';
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
