import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import OrgClient, * as exported from '../src/index.ts';
import { adminAPIKey, json, page, rejection, stubClient } from './support/stub.ts';

const { APIError, InternalServerError, InvalidResponseError, OrgClientError } = exported;

const classes: [number, string][] = [
  [400, 'BadRequestError'],
  [401, 'AuthenticationError'],
  [403, 'PermissionDeniedError'],
  [404, 'NotFoundError'],
  [409, 'ConflictError'],
  [422, 'UnprocessableEntityError'],
  [429, 'RateLimitError'],
  [500, 'InternalServerError'],
  [503, 'InternalServerError'],
  [599, 'InternalServerError'],
  [410, 'APIError'],
  [304, 'APIError'],
];

async function failed(status: number, body: string | null, headers: Record<string, string> = {}) {
  const answer = new Response(status === 304 ? null : body, { status, headers });
  return rejection(stubClient([answer], { maxRetries: 0 }).users.list({ after: 'user_9' }));
}

describe('an error', () => {
  test.each(classes)('of status %i is a %s', async (status, name) => {
    const error = await failed(status, '{"error":{"message":"No."}}');
    expect(error).toBeInstanceOf(exported[name as 'APIError']);
    expect(error).toBeInstanceOf(OrgClient[name as 'APIError']);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toBeInstanceOf(OrgClientError);
    expect(error.name).toBe(name);
    expect(error['status']).toBe(status);
  });

  test('has what the server said, and what was asked', async () => {
    const details = {
      message: 'Bad limit.',
      type: 'invalid_request_error',
      param: 'limit',
      code: 'x',
    };
    const error = await failed(400, JSON.stringify({ error: details }), {
      'x-request-id': 'req_7',
    });
    expect(error).toMatchObject({
      message: '400 Bad limit.',
      error: details,
      type: 'invalid_request_error',
      param: 'limit',
      code: 'x',
      requestID: 'req_7',
      method: 'GET',
      url: 'https://api.openai.com/v1/organization/users?after=user_9',
      attempts: 1,
    });
    expect((error['headers'] as Headers).get('x-request-id')).toBe('req_7');
  });

  test.each<[string, string | null, string, unknown]>([
    ['nothing', '', '404 status code (no body)', undefined],
    ['no body', null, '404 status code (no body)', undefined],
    ['text', 'Not here', '404 Not here', undefined],
    ['HTML', '<h1>gone</h1>', '404 <h1>gone</h1>', undefined],
    ['an object without `error`', '{"detail":"x"}', '404 {"detail":"x"}', { detail: 'x' }],
    ['a message on top', '{"message":"x"}', '404 x', { message: 'x' }],
    ['an error that is text', '{"error":"x"}', '404 "x"', 'x'],
    [
      'a message that is not text',
      '{"error":{"message":{"a":1}}}',
      '404 {"a":1}',
      { message: { a: 1 } },
    ],
    ['null', 'null', '404 null', null],
    ['a number', '5', '404 5', 5],
  ])('of a body that is %s is readable', async (_, body, message, error) => {
    expect(await failed(404, body)).toMatchObject({ message, error });
  });

  test('says how long the server wants to be left alone', async () => {
    expect(await failed(429, '', { 'retry-after': '7200' })).toMatchObject({ retryAfter: 7200 });
    expect(await failed(429, '', { 'retry-after-ms': '1500' })).toMatchObject({ retryAfter: 1.5 });
    expect(await failed(429, '')).toMatchObject({ retryAfter: undefined });
  });
});

describe('a success that is unusable', () => {
  test.each([
    ['HTML', '<html>', /is not JSON \(text\/html\)/],
    ['half of a body', '{"object":"list","da', /is not JSON/],
    ['nothing', '', /has no body/],
  ])('such as %s is an error', async (_, body, message) => {
    const answer = new Response(body, { headers: { 'content-type': 'text/html' } });
    const error = await rejection(stubClient([answer]).users.list());
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ status: 200, method: 'GET', attempts: 1 });
  });
});

describe('the key', () => {
  const echoes: [string, () => Response][] = [
    [
      'in the message',
      () => json({ error: { message: `Bad key ${adminAPIKey}` } }, { status: 401 }),
    ],
    [
      'in a header',
      () => json({}, { status: 400, headers: { 'x-echo': `Bearer ${adminAPIKey}` } }),
    ],
    ['in text', () => new Response(`key ${adminAPIKey}`, { status: 500 })],
    ['in a body that is not a list', () => json({ key: adminAPIKey })],
    ['in a body that is not JSON', () => new Response(`{"${adminAPIKey}`)],
    ['in a cursor', () => json(page(['a'], { last_id: adminAPIKey, has_more: true }))],
  ];

  test.each(echoes)(
    'is not shown by an error, though the server sends it back %s',
    async (_, answer) => {
      const { users } = stubClient([answer], { maxRetries: 0 });
      const error = await rejection(
        (async () => {
          for await (const _user of users.list());
        })(),
      );
      const { headers } = error as { headers?: Headers };
      const shown = [
        inspect(error, { depth: 9, showHidden: true }),
        JSON.stringify(error),
        error.message,
        String(error.stack),
        JSON.stringify([...(headers ?? [])]),
      ];
      for (const text of shown) expect(text).not.toContain(adminAPIKey);
    },
  );

  test('is not shown by a client, a call or a page', async () => {
    const { client, users } = stubClient([json(page(['a'], { has_more: true }))]);
    const call = users.list({}, { headers: { authorization: `Bearer ${adminAPIKey}` } });
    for (const value of [client, users, call, await call, await call.withResponse()]) {
      expect(inspect(value, { depth: 9, showHidden: true })).not.toContain(adminAPIKey);
      expect(JSON.stringify(value)).not.toContain(adminAPIKey);
    }
  });
});

test('a server error is the same class everywhere', () => {
  expect(OrgClient.InternalServerError).toBe(InternalServerError);
});
