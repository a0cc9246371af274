import type { Document } from '@org/openapi';
import { expect, test } from 'vitest';
import { ajvVerdicts } from '../lib/ajv-verdict.ts';

test('a body is judged by its schema, and not by the $id of an example', async () => {
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
  const headers = { 'content-type': 'application/json' };
  expect(await verdict('/books', 'get', new Response('', { headers }))).toBe('the body is empty');
});
