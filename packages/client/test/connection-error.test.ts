import { describe, expect, test } from 'vitest';
import { connectionError } from '../src/core/connection-error.ts';
import { TimedOut } from '../src/core/deadline.ts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIUserAbortError,
  OrgClientError,
} from '../src/index.ts';

const mask = (text: string) => text.replaceAll('secret', '***');
const errorOf = (reason: unknown, ...signals: AbortSignal[]) =>
  connectionError(reason, signals, mask) as Error;
const failed = (message: string, name = 'Error') =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { name }) });

test("the caller's abort comes first, with its reason untouched", () => {
  const reason = new Error('a secret');
  const signals = [new AbortController().signal, AbortSignal.abort(reason)];
  for (const given of [new TimedOut('x'), new OrgClientError('x'), failed('x')]) {
    const error = errorOf(given, ...signals);
    expect(error).toBeInstanceOf(APIUserAbortError);
    expect(error.cause).toBe(reason);
  }
});

test('an error of this package stays as it is', () => {
  const error = new OrgClientError('x');
  expect(errorOf(error)).toBe(error);
});

test('the end of the time is a timeout, and its cause says how long that was', () => {
  const error = errorOf(new TimedOut('No response within 5 ms.'), new AbortController().signal);
  expect(error).toBeInstanceOf(APIConnectionTimeoutError);
  expect(error.cause).toMatchObject({ name: 'TimeoutError', message: 'No response within 5 ms.' });
});

describe('a timeout of the platform', () => {
  test.each([
    new DOMException('This operation was aborted', 'AbortError'),
    new DOMException('The operation timed out.', 'TimeoutError'),
    failed('Headers Timeout Error', 'HeadersTimeoutError'),
    failed('Connect TimedOut'),
    new Error('request time out'),
    'ETIMEOUT',
  ])('such as "%s" is one', (reason) => {
    expect(errorOf(reason)).toBeInstanceOf(APIConnectionTimeoutError);
  });

  test('is the cause, masked', () => {
    expect(errorOf(failed('secret timeout')).cause).toMatchObject({
      message: 'fetch failed',
      cause: { message: '*** timeout' },
    });
  });
});

describe('everything else', () => {
  test.each([failed('ECONNRESET'), new Error('outtimed'), 'x', null, undefined, 5])(
    'such as "%s" is a failed connection',
    (reason) => {
      const error = errorOf(reason);
      expect(error).toBeInstanceOf(APIConnectionError);
      expect(error).not.toBeInstanceOf(APIConnectionTimeoutError);
      expect(error.message).toBe('Connection error.');
    },
  );

  test('says what to do where a dispatcher does not fit', () => {
    const cause = Object.assign(new Error('invalid onRequestStart method'), {
      code: 'UND_ERR_INVALID_ARG',
    });
    expect(errorOf(new TypeError('fetch failed', { cause })).message).toBe(
      'Connection error. Does `dispatcher` fit `fetch`? Pass both from the same version of undici.',
    );
  });
});
