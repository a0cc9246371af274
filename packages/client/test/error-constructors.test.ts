import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  InternalServerError,
  NotFoundError,
} from '../src/index.ts';

const headers = new Headers({ 'x-request-id': 'req_1' });

describe.each([
  [APIConnectionError, 'Connection error.'],
  [APIConnectionTimeoutError, 'Request timed out.'],
  [APIUserAbortError, 'Request was aborted.'],
] as const)('%o', (Class, usual) => {
  test('has a message of its own, and no status, body, headers or cause', () => {
    const error = new Class();
    expect(error.message).toBe(usual);
    expect(error).toMatchObject({ status: undefined, error: undefined, headers: undefined });
    expect(error).not.toHaveProperty('cause');
  });

  test('takes a message and a cause', () => {
    const cause = new Error('below');
    const error = new Class({ message: 'Elsewhere.', cause });
    expect(error.message).toBe('Elsewhere.');
    expect(error.cause).toBe(cause);
  });
});

test('an abort keeps its reason as the cause, whatever it is', () => {
  expect(new APIUserAbortError({ cause: null })).toHaveProperty('cause', null);
  expect(new APIUserAbortError({ cause: 0 })).toHaveProperty('cause', 0);
});

describe('APIError.generate', () => {
  test.each([
    [undefined, headers],
    [404, undefined],
  ])('gives a connection error for status %o with headers %o', (status, given) => {
    const body = { error: { message: 'No.' } };
    const error = APIError.generate(status, body, 'Broken.', given);
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toMatchObject({ message: 'Broken.', cause: body, status: undefined });
  });

  test('gives an APIError below 500, and an InternalServerError from there on', () => {
    expect(APIError.generate(499, {}, undefined, headers).name).toBe('APIError');
    expect(APIError.generate(500, {}, undefined, headers)).toBeInstanceOf(InternalServerError);
  });

  test.each([null, undefined])('takes the message where the body is %o', (body) => {
    const error = APIError.generate(404, body, 'Gone.', headers);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ message: '404 Gone.', error: undefined, requestID: 'req_1' });
  });
});

describe('a message', () => {
  const messageOf = (error: unknown, message?: string, status: number | undefined = 400) =>
    new APIError(status, error as object, message, headers).message;

  test('of 2,000 characters is whole, and a longer one is cut there', () => {
    expect(messageOf({ message: 'x'.repeat(2_000) })).toBe(`400 ${'x'.repeat(2_000)}`);
    expect(messageOf({ message: 'x'.repeat(2_001) })).toBe(`400 ${'x'.repeat(2_000)}…`);
  });

  test('comes from the error first, and from what is given where there is none', () => {
    expect(messageOf({ message: 'No.' }, 'Given.')).toBe('400 No.');
    expect(messageOf({ code: 'x' }, 'Given.')).toBe('400 {"code":"x"}');
    expect(messageOf(undefined, 'Given.')).toBe('400 Given.');
    expect(messageOf(undefined)).toBe('400 status code (no body)');
  });

  test('does without a status', () => {
    const messageWithout = (message?: string) =>
      new APIError(undefined, undefined, message, undefined).message;
    expect(messageWithout('Given.')).toBe('Given.');
    expect(messageWithout()).toBe('(no status code or body)');
  });

  test('says so where the error cannot be shown', () => {
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    expect(messageOf(loop)).toBe('400 The error cannot be shown.');
    expect(messageOf({ message: loop })).toBe('400 The error cannot be shown.');
  });
});

describe('the name of an error', () => {
  test('is that of its class, does not show among its properties, and can be changed', () => {
    const error = new NotFoundError(404, undefined, 'Gone.', headers);
    expect(error.name).toBe('NotFoundError');
    expect(Object.keys(error)).not.toContain('name');
    error.name = 'Missing';
    expect(String(error)).toBe('Missing: 404 Gone.');
  });

  test('is inherited by a class that a program makes', () => {
    class MissingError extends NotFoundError {}
    expect(new MissingError(404, undefined, 'Gone.', headers).name).toBe('NotFoundError');
  });
});

test('an error without a response prints no properties that are undefined, but has them', () => {
  const error = new APIConnectionError();
  expect(inspect(error)).not.toMatch(/undefined/);
  expect(inspect(error)).not.toMatch(/status/);
  for (const name of ['status', 'headers', 'error', 'code', 'param', 'type', 'requestID']) {
    expect(Object.hasOwn(error, name)).toBe(true);
  }
  const answered = APIError.generate(404, { error: { code: 'none' } }, undefined, headers);
  expect(Object.keys(answered)).toEqual(['status', 'headers', 'error', 'code', 'requestID']);
});
