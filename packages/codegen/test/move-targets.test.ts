import { expect, test } from 'vitest';
import { generate } from '../src/index.ts';
import { call, document, object, ref, text } from './support/document.ts';

const at = (path: string) => ({ $ref: `#/paths/~1${path}` });

test('operations may refer to parts of others, and to parts of these', async () => {
  const schema = object({ data: object({ author: object({ name: text }) }) });
  const get = call('books.get', { gives: schema });
  const content = 'responses/200/content/application~1json/schema';
  const { model, document: moved } = await generate(
    document({
      '/books': { get },
      '/book': {
        get: { operationId: 'books.one', responses: { 200: at('books/get/responses/200') } },
      },
      '/author': {
        get: call('authors.get', {
          gives: at(`books/get/${content}/properties/data/properties/author`),
        }),
      },
    }),
  );
  expect(model.operations.map(({ result }) => result)).toMatchObject([
    { kind: 'value', type: 'BookGetResponse' },
    { kind: 'value', type: 'BookGetResponse' },
    { kind: 'value', type: 'Author' },
  ]);
  expect(moved.components?.schemas).toMatchObject({
    BookGetResponse: { properties: { data: { properties: { author: ref('Author') } } } },
    Author: object({ name: text }),
  });
});
