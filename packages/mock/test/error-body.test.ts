import { expect, test } from 'vitest';
import { type ErrorDetails, messageOf, sayError } from '../src/answer/error-body.ts';

test.each<[string, unknown]>([
  ['an object with a message', { message: '' }],
  ['an object in `error`', { error: { message: '', type: 'invalid' } }],
  ['problem details', { type: 'about:blank', title: '', detail: '' }],
  ['a list', { errors: [{ detail: '' }] }],
  ['the list of FastAPI', { detail: [{ loc: [], msg: '' }] }],
  ['an object with a status', { status: 404, err: '' }],
  ['OAuth', { error: 'invalid_request', error_description: '' }],
  ['a text', ''],
])('the message of an error is read where it was written: %s', (_, example) => {
  const body = sayError(example, { message: 'No such pet.' }, 404);
  expect(messageOf(body)).toBe('No such pet.');
});

test('the place of an error is written as FastAPI does', () => {
  const example = { detail: [{ loc: ['x', 0], msg: '' }] };
  const { detail } = sayError(
    example,
    { message: 'No.', param: 'address.city', place: 'body' },
    422,
  ) as typeof example;
  expect(detail).toEqual([{ loc: ['body', 'address', 'city'], msg: 'No.' }]);
  expect(sayError(example, { message: 'No.', param: null }, 404)).toEqual({
    detail: [{ loc: [], msg: 'No.' }],
  });
});

test('the status and the place of an error are written as JSON:API does', () => {
  const example = {
    errors: [{ status: 'x', detail: '', source: { pointer: 'x', parameter: 'x' } }],
  };
  const said = (details: ErrorDetails) =>
    (sayError(example, details, 422) as typeof example).errors[0];
  expect(said({ message: 'No.', param: 'data.type', place: 'body' })).toEqual({
    ...{ status: '422', detail: 'No.' },
    source: { pointer: '/data/type', parameter: '' },
  });
  expect(said({ message: 'No.', param: 'page', place: 'query' })?.source).toEqual({
    ...{ pointer: '', parameter: 'page' },
  });
  expect(said({ message: 'No.', param: null })?.source).toEqual({ pointer: '', parameter: '' });
});

test.each([null, 5, [], {}, { error: {} }, { message: 5 }, ''])('%j has no message', (body) => {
  expect(messageOf(body)).toBeUndefined();
});
