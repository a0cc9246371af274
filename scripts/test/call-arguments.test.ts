import { buildModel } from '@org/codegen/build-model';
import { expect, test } from 'vitest';
import { argumentsOf } from '../lib/call-arguments.ts';

test('a body has its properties that responses lack', () => {
  const password = { type: 'string', writeOnly: true };
  const schema = { type: 'object', required: ['password'], properties: { password } };
  const { model, document } = buildModel({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1.0.0' },
    paths: {
      '/tokens': {
        post: {
          operationId: 'tokens.create',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 204: { description: 'Done.' } },
        },
      },
    },
  });
  const [operation] = model.operations;
  expect(operation && argumentsOf(document, operation, {})).toMatchObject([
    { password: expect.any(String) },
  ]);
});
