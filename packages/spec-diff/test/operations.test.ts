import { expect, test } from 'vitest';
import { documentOf, parameter } from './support/documents.ts';
import { walkOf } from './support/meanings.ts';

const text = { type: 'string' };

test('a renamed path parameter is one change, and what is below is compared', () => {
  const moved = (path: string, name: string) => {
    const parameters = [{ name, in: 'path', required: true, schema: text }];
    const responses = { 200: { description: 'ok' } };
    return documentOf({}, { paths: { [path]: { get: { responses, parameters, tags: ['a'] } } } });
  };
  const messages = walkOf(moved('/a/{id}', 'id'), moved('/a/{key}', 'key')).changes.map(
    ({ message }) => message,
  );
  expect(messages).toEqual(['The path parameter `id` is now called `key`.']);
});

test('a deprecation has a separate sentence', () => {
  const [change] = walkOf(parameter(text), parameter(text, { deprecated: true })).changes;
  expect(change?.message).toMatch(/deprecated/i);
});
