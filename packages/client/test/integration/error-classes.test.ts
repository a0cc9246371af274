import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import OrgClient, { type APIError, OpenAIError, OrgClientError } from '../../src/index.ts';

// Programs construct errors in their own tests: what compiles and holds with the official package does with ours.
const body = { message: 'Slow down.', type: 'requests', param: 'limit', code: 'rate_limited' };
const headers = new Headers({ 'x-request-id': 'req_1' });
const cause = new TypeError('fetch failed');

/** What the official package's errors and ours have in common. */
function facts(error: APIError | InstanceType<typeof OpenAI.APIError>) {
  const { message, status, headers, error: body, code, param, type, requestID } = error;
  const name = error.constructor.name;
  return { name, message, status, headers, body, code, param, type, requestID, cause: error.cause };
}

type Classes = typeof OrgClient;
const makers: Record<string, (of: Classes) => unknown> = {
  'an APIError': ({ APIError }) => new APIError(418, body, undefined, headers),
  'an APIError without a body': ({ APIError }) => new APIError(418, undefined, 'Tea', headers),
  'an APIError without anything': ({ APIError }) =>
    new APIError(undefined, undefined, undefined, undefined),
  'a RateLimitError': ({ RateLimitError }) => new RateLimitError(429, body, undefined, headers),
  'a connection error': ({ APIConnectionError }) => new APIConnectionError({}),
  'a connection error with message and cause': ({ APIConnectionError }) =>
    new APIConnectionError({ message: 'Down.', cause }),
  'a timeout': ({ APIConnectionTimeoutError }) => new APIConnectionTimeoutError(),
  'a timeout with a message': ({ APIConnectionTimeoutError }) =>
    new APIConnectionTimeoutError({ message: 'Slow.' }),
  'an abort': ({ APIUserAbortError }) => new APIUserAbortError(),
  'an abort with a message': ({ APIUserAbortError }) => new APIUserAbortError({ message: 'Off.' }),
  'a generated error without a status': ({ APIError }) =>
    APIError.generate(undefined, cause, 'Down.', undefined),
  'a generated error without headers': ({ APIError }) =>
    APIError.generate(500, cause, undefined, undefined),
  'a generated error without a body': ({ APIError }) =>
    APIError.generate(500, undefined, 'Oops', headers),
  ...Object.fromEntries(
    [400, 401, 403, 404, 409, 410, 422, 429, 500, 503].map((status) => [
      `a generated error of status ${status}`,
      ({ APIError }: Classes) => APIError.generate(status, { error: body }, undefined, headers),
    ]),
  ),
};

test.each(Object.entries(makers))('%s is constructed as with the official package', (_, make) => {
  const theirs = make(OpenAI as unknown as Classes) as APIError;
  const mine = make(OrgClient) as APIError;
  expect(facts(mine)).toEqual(facts(theirs));
  expect(mine).toBeInstanceOf(OrgClientError);
  expect(mine).toBeInstanceOf(Error);
});

describe('the aliases', () => {
  test('are the classes themselves, named and static', () => {
    expect(OrgClient.OpenAI).toBe(OrgClient);
    expect(OrgClient.OpenAIError).toBe(OrgClientError);
    expect(OpenAIError).toBe(OrgClientError);
    expect(new OpenAIError('no').name).toBe('OrgClientError');
  });

  test('name a class that every error is an instance of', () => {
    const client = new OrgClient({ adminAPIKey: 'x', fetch: () => Promise.reject(cause) });
    const call = client.get('/x', { maxRetries: 0 });
    return expect(call).rejects.toBeInstanceOf(OrgClient.OpenAIError);
  });
});

test('a dispatcher of another undici than the `fetch` in use is explained', async () => {
  const mismatch = Object.assign(new Error('invalid onRequestStart method'), {
    code: 'UND_ERR_INVALID_ARG',
  });
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: mismatch }));
  const client = new OrgClient({ adminAPIKey: 'x', fetch, maxRetries: 0 });
  await expect(client.get('/x')).rejects.toThrow(
    'Connection error. Does `dispatcher` fit `fetch`? Pass both from the same version of undici.',
  );
});
