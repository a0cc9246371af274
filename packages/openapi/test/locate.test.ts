import { describe, expect, test } from 'vitest';
import { createLocator } from '../src/read/index.ts';

const files: Record<string, string> = {
  'main.yaml': `openapi: 3.1.0
paths:
  /books:
    $ref: paths/books.yaml
  /shelves:
    get: &list
      operationId: shelves.list
      responses:
        "200":
          $ref: "#/components/responses/Shelves"
  /racks:
    get: *list
components:
  responses:
    Shelves:
      description: Shelves.
`,
  'paths/books.yaml': `get:
  operationId: books.list
  parameters:
    - name: after
    - $ref: ../parameters.yaml#/limit
`,
  'parameters.yaml': `limit:
  name: limit
  in: query
`,
};
const { inDocument: locate, inFile } = createLocator('main.yaml', (path) => {
  const text = files[path];
  if (text === undefined) throw new Error(`There is no ${path}.`);
  return text;
});

describe('a path of the bundled document is found in the source', () => {
  test.each([
    ['in the main file', ['paths', '/shelves', 'get', 'operationId'], 'main.yaml', 7, 7],
    [
      'through a reference in the file',
      ['paths', '/shelves', 'get', 'responses', '200', 'description'],
      'main.yaml',
      16,
      7,
    ],
    ['through an alias', ['paths', '/racks', 'get', 'operationId'], 'main.yaml', 7, 7],
    [
      'through a reference to a file',
      ['paths', '/books', 'get', 'operationId'],
      'paths/books.yaml',
      2,
      3,
    ],
    [
      'as an element of an array',
      ['paths', '/books', 'get', 'parameters', 0, 'name'],
      'paths/books.yaml',
      4,
      7,
    ],
    [
      'through two files',
      ['paths', '/books', 'get', 'parameters', 1, 'in'],
      'parameters.yaml',
      3,
      3,
    ],
    [
      'as what holds it, if the source lacks it',
      ['paths', '/books', 'get', 'tags', 0],
      'paths/books.yaml',
      1,
      1,
    ],
  ])('%s', (_, pointer, file, line, column) => {
    expect(locate(pointer)).toEqual({ file, line, column });
  });
});

test('no location is found in a source that cannot be read', () => {
  expect(
    createLocator('none.yaml', () => {
      throw new Error('There is no such file.');
    }).inDocument(['paths']),
  ).toBeUndefined();
});

test('a location in a file is found without following references', () => {
  const path = ['paths', '/books', '$ref'];
  expect(inFile('main.yaml', path)).toEqual({ file: 'main.yaml', line: 4, column: 5 });
});
