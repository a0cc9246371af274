import type { Document } from '@org/openapi';
import { expect, test } from 'vitest';
import { ajvVerdicts } from '../lib/ajv-verdict.ts';

test('examples with an $id are no schemas', async () => {
  const schema = { type: 'object', example: { $id: 'a' }, required: ['name'] };
  const content = {
    'application/json': { schema, examples: { one: { value: { $id: 'a', b: 1 } } } },
  };
  const verdict = ajvVerdicts({
    openapi: '3.1.0',
    paths: { '/books': { get: { responses: { 200: { description: '', content } } } } },
  } as Document);
  expect(await verdict('/books', 'get', Response.json({ name: 'a' }))).toBeUndefined();
  expect(await verdict('/books', 'get', Response.json({}))).toMatch(/required property 'name'/);
});
