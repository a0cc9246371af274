import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LogLevel } from '../src/index.ts';
import { adminAPIKey, failure, json, page, stubClient } from './support/stub.ts';

afterEach(() => vi.unstubAllEnvs());

function recorder() {
  const lines: { level: string; message: string; details: Record<string, unknown> }[] = [];
  const at =
    (level: string) =>
    (message: string, details: object = {}) => {
      lines.push({ level, message, details: details as Record<string, unknown> });
    };
  const logger = { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
  return { lines, logger };
}

describe('options that do not exist', () => {
  test('are warned of once, in the client and in a request', async () => {
    const { lines, logger } = recorder();
    for (let i = 0; i < 2; i += 1) {
      // As a program in JavaScript may have it.
      const options = { logger, logLevel: 'warn', retries: 3, apiKey: undefined } as object;
      const { users } = stubClient([], options);
      await users.list({}, { timeOut: 5, maxRetries: 1 } as object);
    }
    expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'warn: [@org/client] Unknown option "retries". Did you mean "maxRetries"?',
      // The admin key is given.
      'warn: [@org/client] Unknown option "apiKey".',
      'warn: [@org/client] Unknown option "timeOut". Did you mean "timeout"?',
    ]);
  });

  test('are passed over where the level is below warnings', () => {
    const { lines, logger } = recorder();
    stubClient([], { logger, logLevel: 'error', other: 1 } as object);
    expect(lines).toEqual([]);
  });
});

describe('an unknown option', () => {
  test.each([
    ['baseUrl', 'baseURL'],
    ['base_url', 'baseURL'],
    ['maxRetry', 'maxRetries'],
    ['max-retries', 'maxRetries'],
    ['time_out', 'timeout'],
    ['timeoutMs', 'timeout'],
    ['headers', 'defaultHeaders'],
    ['fetchOption', 'fetchOptions'],
    ['organizationId', 'organization'],
  ])('%s of a client suggests %s', (name, expected) => {
    const { lines, logger } = recorder();
    stubClient([], { logger, logLevel: 'warn', [name]: undefined } as object);
    expect(lines[0]?.message).toContain(`"${name}". Did you mean "${expected}"?`);
  });

  test.each([
    ['max_Retries', 'maxRetries'],
    ['abortSignal', 'signal'],
    ['idempotency-key', 'idempotencyKey'],
  ])('%s of a request suggests %s', async (name, expected) => {
    const { lines, logger } = recorder();
    await stubClient([], { logger, logLevel: 'warn' }).users.retrieve('a', { [name]: 1 } as object);
    expect(lines[0]?.message).toContain(`"${name}". Did you mean "${expected}"?`);
  });

  test.each(['colour', '__', '', 'x'])('%j suggests nothing', (name) => {
    const { lines, logger } = recorder();
    stubClient([], { logger, logLevel: 'warn', [name]: 1 } as object);
    expect(lines[0]?.message).toBe(`[@org/client] Unknown option ${JSON.stringify(name)}.`);
  });
});

describe('diagnostics channels', () => {
  test('tell of requests, responses, retries and failures, with one id per call', async () => {
    const heard: [string, Record<string, unknown>][] = [];
    const listen = (message: unknown, name: string | symbol) =>
      heard.push([String(name), message as Record<string, unknown>]);
    const names = ['request', 'response', 'retry', 'error'].map((name) => `@org/client:${name}`);
    for (const name of names) subscribe(name, listen);
    const answers = [failure(503), new TypeError('fetch failed'), json(page(['user_private']))];
    await stubClient(answers).users.list({}, { query: { api_key: 'hidden' } });
    for (const name of names) unsubscribe(name, listen);
    await stubClient().users.list();
    const events = ['request', 'response', 'retry', 'request', 'error', 'retry', 'request'];
    expect(heard.map(([name]) => name)).toEqual(
      [...events, 'response'].map((name) => `@org/client:${name}`),
    );
    expect(new Set(heard.map(([, { id }]) => id)).size).toBe(1);
    expect(heard.at(-1)?.[1]).toMatchObject({ method: 'GET', attempts: 3, status: 200 });
    expect(JSON.stringify(heard)).not.toMatch(/hidden|user_private|sk-admin/);
  });
});

describe('logs', () => {
  test('tell of requests, responses and retries', async () => {
    const { lines, logger } = recorder();
    const { users } = stubClient([failure(503), json(page())], { logger, logLevel: 'debug' });
    await users.list({ limit: 2 });
    const id = lines[0]?.details['id'];
    expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      `debug: [@org/client ${id}] request sent`,
      `debug: [@org/client ${id}] response received`,
      `info: [@org/client ${id}] retrying after status 503`,
      `debug: [@org/client ${id}] request sent`,
      `debug: [@org/client ${id}] response received`,
    ]);
    expect(new Set(lines.map(({ details }) => details['id']))).toEqual(new Set([id]));
    await users.list();
    expect(lines.at(-1)?.details['id']).not.toBe(id);
    expect(lines[4]?.details).toMatchObject({
      method: 'GET',
      url: 'https://api.openai.com/v1/organization/users?limit=2',
      attempts: 2,
      status: 200,
      requestID: 'req_1',
    });
    const [sent, , retrying] = lines.map(({ details }) => details);
    expect(sent).toMatchObject({ method: 'GET', attempts: 1 });
    expect(retrying).toMatchObject({ method: 'GET', attempts: 1, left: 2, wait: 0 });
    // Milliseconds, which are few without a network.
    expect(lines[4]?.details['duration']).toBeGreaterThanOrEqual(0);
    expect(lines[4]?.details['duration']).toBeLessThan(10_000);
  });

  test('have an empty requestID where the server sent none', async () => {
    const { lines, logger } = recorder();
    const { users } = stubClient([() => new Response(JSON.stringify(page()))], {
      logger,
      logLevel: 'debug',
    });
    await users.list();
    expect(lines[1]?.details['requestID']).toBe('');
  });

  test.each<[LogLevel, string[]]>([
    ['off', []],
    ['error', []],
    ['warn', []],
    ['info', ['info']],
  ])('at %s hold no more than that', async (logLevel, levels) => {
    const { lines, logger } = recorder();
    const { users } = stubClient([failure(500), json(page())], { logger, logLevel });
    await users.list();
    expect(lines.map(({ level }) => level)).toEqual(levels);
  });

  test('follow OPENAI_LOG, and warn once of an unknown level', async () => {
    vi.stubEnv('OPENAI_LOG', 'info');
    const { lines, logger } = recorder();
    const { users } = stubClient([failure(500), json(page())], { logger, logLevel: undefined });
    await users.list();
    expect(lines.map(({ level }) => level)).toEqual(['info']);

    vi.stubEnv('OPENAI_LOG', 'loud');
    const other = recorder();
    const { users: same } = stubClient([], { logger: other.logger, logLevel: undefined });
    await same.list();
    await same.list();
    expect(other.lines).toEqual([
      {
        level: 'warn',
        message: expect.stringMatching(/^\[@org\/client] OPENAI_LOG is ignored: .* not "loud"/),
        details: {},
      },
    ]);
  });

  test('never hold a key, a body, or a secret in the query', async () => {
    const { lines, logger } = recorder();
    const answer = json(page(['user_private']), {
      headers: { 'x-request-id': `req-${adminAPIKey}` },
    });
    const { users } = stubClient([failure(500), answer], { logger, logLevel: 'debug' });
    await users.list({}, { query: { api_key: 'hidden', access_token: 'hidden' } });
    const text = JSON.stringify(lines);
    expect(text).toContain('request sent');
    expect(text).not.toContain('hidden');
    expect(text).not.toContain('user_private');
    expect(text).not.toContain(adminAPIKey);
  });

  test('that fail do not fail the call', async () => {
    const fail = () => {
      throw new Error('disk full');
    };
    const logger = { error: fail, warn: fail, info: fail, debug: fail };
    const { users } = stubClient([failure(503), json(page(['a']))], { logger, logLevel: 'debug' });
    expect((await users.list()).data).toHaveLength(1);
    vi.stubEnv('OPENAI_LOG', 'loud');
    expect(() => stubClient([], { logger, logLevel: undefined })).not.toThrow();
  });
});
