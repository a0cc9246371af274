import { describe, expect, test } from 'vitest';
import { emitErrors } from '../src/emit/errors.ts';
import { buildModel } from '../src/infer/build-model.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';

const Book = object({ id: text });
const json = (schema: Json, type = 'application/json') => ({
  description: 'An error.',
  content: { [type]: { schema } },
});

/** What is generated for a document with these error responses. */
function errors(responses: Json, schemas: Json = {}): string {
  const operation = call('books.get', { gives: ref('Book') });
  const merged = { ...operation, responses: { ...(operation['responses'] as Json), ...responses } };
  const built = buildModel(document({ '/books': { get: merged } }, { Book, ...schemas }));
  return emitErrors(built)['packages/client/src/server/errors.gen.ts'] ?? '';
}

describe('an error', () => {
  test('is the body where that has no `error`', () => {
    const code = errors(
      { '404': json(ref('Problem'), 'application/problem+json') },
      {
        Problem: object({ title: text, detail: text, status: { type: 'integer' } }),
      },
    );
    expect(code).toContain("import type { Problem } from '@org/types';");
    expect(code).toContain('export type ErrorObject = Problem;');
    expect(code).toContain('errorIn = (body: Sent): unknown => body;');
    expect(code).toContain("unknown => error?.['detail'] ?? error?.['title'];");
  });

  test('is the `error` of the body where that is an object', () => {
    const schemas = {
      Failure: object({ error: { oneOf: [ref('Reason'), { type: 'null' }] } }),
      Reason: object({ code: { type: 'integer' }, message: text }),
    };
    const code = errors({ default: json(ref('Failure')) }, schemas);
    expect(code).toContain('export type ErrorObject = Reason;');
    expect(code).toContain("errorIn = (body: Sent): unknown => body?.['error'];");
    expect(code).toContain("unknown => error?.['message'];");
  });

  test('has the type of a property where its schema has no name', () => {
    const Failure = object({ error: object({ message: text }) });
    const code = errors({ '4XX': json(ref('Failure')) }, { Failure });
    expect(code).toContain("import type { Failure } from '@org/types';");
    expect(code).toContain("export type ErrorObject = NonNullable<Failure['error']>;");
  });

  test('has the type of a property of a schema that is called like its own type', () => {
    const schemas = { Error: object({ error: object({ message: text }) }) };
    const code = errors({ '4XX': json(ref('Error')) }, schemas);
    expect(code).toContain("import type { ErrorObject as _ErrorObject } from '@org/types';");
    expect(code).toContain("export type ErrorObject = NonNullable<_ErrorObject['error']>;");
  });

  test('is the body where `error` is a text', () => {
    const code = errors({ '400': json(ref('Failure')) }, { Failure: object({ error: text }) });
    expect(code).toContain('errorIn = (body: Sent): unknown => body;');
    expect(code).toContain("unknown => error?.['error'];");
  });

  test('is of several types where responses differ', () => {
    const schemas = {
      A: object({ message: text }),
      B: object({ errors: { type: 'array', items: object({ detail: text }) } }),
    };
    const code = errors({ '400': json(ref('A')), '500': json(ref('B')) }, schemas);
    expect(code).toContain('export type ErrorObject = A | B;');
    expect(code).toContain("error?.['message'] ?? error?.['errors']?.['0']?.['detail'];");
  });

  test('is unknown where no response says what it is', () => {
    for (const responses of [{}, { '404': { description: 'None.' } }, { '404': json({}) }]) {
      const code = errors(responses);
      expect(code).not.toContain('@org/types');
      expect(code).toContain('export type ErrorObject = unknown;');
      expect(code).toContain('messageIn = (_: Sent): unknown => undefined;');
    }
  });

  test('keeps its name where the document has it', () => {
    const schemas = { Error: object({ message: text }) };
    const code = errors({ '404': json(ref('Error')) }, schemas);
    expect(code).toContain("import type { ErrorObject } from '@org/types';");
    expect(code).toContain('export type { ErrorObject };');
  });
});
