import { expect, test } from 'vitest';
import { messageOf, sayError } from '../src/answer/error-body.ts';

test.each<[string, unknown]>([
  ['an object with a message', { message: '' }],
  ['an object in `error`', { error: { message: '', type: 'invalid' } }],
  ['problem details', { type: 'about:blank', title: '', detail: '' }],
  ['a list', { errors: [{ detail: '' }] }],
  ['the list of FastAPI', { detail: [{ loc: [], msg: '' }] }],
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

test.each([null, 5, [], {}, { error: {} }, { message: 5 }, ''])('%j has no message', (body) => {
  expect(messageOf(body)).toBeUndefined();
});
