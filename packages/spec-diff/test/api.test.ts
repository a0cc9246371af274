import { expect, test } from 'vitest';
import type { Change, Verdict } from '../src/change/change.ts';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { documentOf, parameter } from './support/documents.ts';
import { addition, breaking, none, verdictOf } from './support/meanings.ts';

const changes = async (before: object, after: object): Promise<Change[]> =>
  (await diff(before as Document, after as Document)).changes;
const text = { type: 'string' };
const json = { 'application/json': { schema: text } };
const ok = { description: 'ok', content: json };
const bearer = { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } };
const secured = (operation: object, schemes: object = bearer) =>
  documentOf(operation, { components: schemes });
const list = (more: object) => parameter({ type: 'array', items: text }, more);

const operationRows: [
  name: string,
  before: object,
  after: object,
  there: Verdict,
  back: Verdict,
  place: string,
][] = [
  [
    'an operation comes',
    documentOf({}, { paths: {} }),
    documentOf(),
    addition,
    breaking,
    'GET /things',
  ],
  [
    'an operationId changes',
    documentOf(),
    documentOf({ operationId: 'all' }),
    breaking,
    breaking,
    'GET /things › operationId',
  ],
  [
    'an operation is deprecated',
    documentOf(),
    documentOf({ deprecated: true }),
    addition,
    none,
    'GET /things',
  ],
  [
    'an optional parameter comes',
    documentOf(),
    parameter(text),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a required parameter comes',
    documentOf(),
    parameter(text, { required: true }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a parameter becomes required',
    parameter(text),
    parameter(text, { required: true }),
    breaking,
    addition,
    'GET /things › query › q',
  ],
  [
    'a parameter moves to a header',
    parameter(text),
    parameter(text, { in: 'header' }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a parameter is described',
    parameter(text),
    parameter(text, { description: 'x' }),
    none,
    none,
    'GET /things › query › q',
  ],
  [
    'a style changes',
    list({ style: 'form' }),
    list({ style: 'pipeDelimited', explode: true }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'explode changes',
    list({ explode: true }),
    list({ explode: false }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    "OpenAPI's own defaults are written down",
    list({}),
    list({ style: 'form', explode: true }),
    none,
    none,
    '',
  ],
  [
    'allowReserved comes',
    parameter(text),
    parameter(text, { allowReserved: true }),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a request body comes',
    documentOf(),
    documentOf({ requestBody: { content: json } }),
    addition,
    breaking,
    'GET /things › request body',
  ],
  [
    'a required request body comes',
    documentOf(),
    documentOf({ requestBody: { required: true, content: json } }),
    breaking,
    breaking,
    'GET /things › request body',
  ],
  [
    'a request body becomes required',
    documentOf({ requestBody: { content: json } }),
    documentOf({ requestBody: { required: true, content: json } }),
    breaking,
    addition,
    'GET /things › request body',
  ],
  [
    'a request may be of another media type',
    documentOf({ requestBody: { content: json } }),
    documentOf({ requestBody: { content: { ...json, 'text/plain': { schema: text } } } }),
    addition,
    breaking,
    'GET /things › request body › text/plain',
  ],
  [
    'an error status comes',
    documentOf(),
    documentOf({ responses: { 200: { description: 'ok' }, 429: { description: 'slow' } } }),
    addition,
    breaking,
    'GET /things › response 429',
  ],
  [
    'a success status comes',
    documentOf(),
    documentOf({ responses: { 200: { description: 'ok' }, 202: { description: 'later' } } }),
    breaking,
    breaking,
    'GET /things › response 202',
  ],
  [
    'a response is described',
    documentOf({ responses: { 200: { description: 'a' } } }),
    documentOf({ responses: { 200: { description: 'b' } } }),
    none,
    none,
    'GET /things › response 200',
  ],
  [
    'an answer may be had in another media type',
    documentOf({ responses: { 200: ok } }),
    documentOf({
      responses: { 200: { ...ok, content: { ...json, 'text/csv': { schema: text } } } },
    }),
    addition,
    breaking,
    'GET /things › response 200 › text/csv',
  ],
  [
    'a response header comes',
    documentOf({ responses: { 200: ok } }),
    documentOf({ responses: { 200: { ...ok, headers: { 'X-A': { schema: text } } } } }),
    addition,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a response header changes its type',
    documentOf({ responses: { 200: { ...ok, headers: { 'X-A': { schema: text } } } } }),
    documentOf({
      responses: { 200: { ...ok, headers: { 'x-a': { schema: { type: 'integer' } } } } },
    }),
    breaking,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a key is needed',
    secured({}),
    secured({ security: [{ key: [] }] }),
    breaking,
    addition,
    'GET /things › security',
  ],
  [
    'a second way to authenticate comes',
    secured({ security: [{ key: [] }] }),
    secured({ security: [{ key: [] }, {}] }),
    addition,
    breaking,
    'GET /things › security',
  ],
  [
    'a scheme has another name',
    secured({ security: [{ key: [] }] }),
    secured(
      { security: [{ other: [] }] },
      { securitySchemes: { other: { type: 'http', scheme: 'bearer' } } },
    ),
    none,
    none,
    '',
  ],
  [
    'another scheme is asked for',
    secured({ security: [{ key: [] }] }),
    secured(
      { security: [{ key: [] }] },
      { securitySchemes: { key: { type: 'http', scheme: 'basic' } } },
    ),
    breaking,
    breaking,
    'GET /things › security',
  ],
  [
    'the API moves',
    documentOf({}, { servers: [{ url: 'https://a.test/v1' }] }),
    documentOf({}, { servers: [{ url: 'https://a.test/v2' }] }),
    breaking,
    breaking,
    'servers',
  ],
  [
    'the title changes',
    documentOf(),
    documentOf({}, { info: { title: 'U', version: '1.0.0' } }),
    none,
    none,
    'info',
  ],
  [
    'a named schema comes',
    documentOf(),
    documentOf({}, { components: { schemas: { Thing: text } } }),
    addition,
    breaking,
    'components › schemas › Thing',
  ],
];

test.each(operationRows)('%s', async (_, before, after, there, back, place) => {
  const found = await changes(before, after);
  expect([verdictOf(found), verdictOf(await changes(after, before))]).toEqual([there, back]);
  if (place) expect(found.map((each) => each.place)).toContain(place);
  else expect(found).toEqual([]);
});
