import { describe, expect, test } from 'vitest';
import { parseSpec } from '../src/read/parse.ts';

const paths = { paths: {} };
const with30 = (schema: object) =>
  parseSpec(
    JSON.stringify({ openapi: '3.0.3', ...paths, components: { schemas: { A: schema } } }),
    'a.json',
  );
const upgraded = (schema: object): unknown =>
  (with30(schema)['components'] as { schemas: { A: unknown } }).schemas.A;

describe('a document that cannot be compared is refused in a sentence that names it', () => {
  test.each([
    ['', 'a.yaml is not an OpenAPI document'],
    ['- a\n- b', 'a.yaml is not an OpenAPI document'],
    ['swagger: "2.0"', 'found Swagger 2.0. Convert it to OpenAPI 3.1'],
    ['title: x', 'found no key "openapi"'],
    ['openapi: 4.0.0', 'a.yaml is OpenAPI 4.0.0: expected 3.0, 3.1 or 3.2.'],
    ['openapi: 3.1.0\n  broken: [', 'a.yaml does not parse'],
    ['{"openapi": "3.1.0",', 'a.yaml does not parse'],
  ])('%j', (text, message) => {
    expect(() => parseSpec(text, 'a.yaml')).toThrow(message);
  });

  test('keywords of 3.2 that no rule reads are listed with their places', () => {
    const document = {
      openapi: '3.2.0',
      paths: {
        '/a': {
          query: {},
          get: { responses: { 200: { content: { 'text/event-stream': { itemSchema: {} } } } } },
        },
      },
    };
    const read = () => parseSpec(JSON.stringify(document), 'a.json');
    expect(read).toThrow('query (paths › /a)');
    expect(read).toThrow(/itemSchema \(paths › \/a › get .*text\/event-stream\)/);
  });
});

test('a document of 3.2 without such keywords is read', () => {
  expect(parseSpec('openapi: 3.2.0\npaths: {}', 'a.yaml')).toMatchObject(paths);
});

test('dates are texts, and merge keys are followed', () => {
  const text = 'openapi: 3.1.0\nx-a: &a { b: 2024-01-01 }\nx-c: { <<: *a, d: 1 }';
  expect(parseSpec(text, 'a.yaml')['x-c']).toEqual({ b: '2024-01-01', d: 1 });
});

describe('3.0 is upgraded', () => {
  test.each([
    [
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      { type: 'number', minimum: 5, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 5 },
    ],
    [
      { type: 'number', maximum: 5, exclusiveMaximum: false },
      { type: 'number', maximum: 5 },
    ],
    [
      { nullable: true, allOf: [{ $ref: '#/a', description: 'ignored' }] },
      { anyOf: [{ allOf: [{ $ref: '#/a' }] }, { type: 'null' }] },
    ],
    [
      { type: 'object', properties: { nullable: { type: 'boolean' } } },
      { type: 'object', properties: { nullable: { type: 'boolean' } } },
    ],
  ])('%j', (schema, expected) => {
    expect(upgraded(schema)).toEqual(expected);
  });
});
