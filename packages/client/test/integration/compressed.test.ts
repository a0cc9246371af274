import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import OrgClient from '../../src/index.ts';
import { page, type Reply, ScriptedServer } from '../support/scripted-server.ts';
import { rejection } from '../support/stub.ts';

const server = new ScriptedServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
type Coding = keyof typeof compress;
const codings = Object.keys(compress) as Coding[];
const text = Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 104_729}\n`).join('');

/** Compresses, unless it is asked not to; `share` of the bytes arrive, as if there were no more. */
function send(body: string, type: string, coding: Coding, share = 1, stubborn = false): Reply {
  return (response, request) => {
    const plain = !stubborn && request.headers['accept-encoding'] === 'identity';
    const bytes = plain ? Buffer.from(body) : compress[coding](body);
    response.writeHead(200, {
      'content-type': type,
      ...(plain ? {} : { 'content-encoding': coding }),
    });
    response.end(plain ? bytes : bytes.subarray(0, Math.floor(bytes.length * share)));
  };
}

const client = () =>
  new OrgClient({ adminAPIKey: null, baseURL: server.origin, logLevel: 'off', maxRetries: 1 });

describe.each(codings)('%s', (coding) => {
  test('a list that arrives whole is read', async () => {
    server.play(send(JSON.stringify(page(['a'])), 'application/json', coding));
    expect((await client().admin.organization.users.list()).data).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });

  test('a list that ends early is sent for again, and an error in the end', async () => {
    const body = JSON.stringify(page(Array.from({ length: 5_000 }, (_, i) => `user_${i}`)));
    server.play(send(body, 'application/json', coding, 0.5, true));
    const error = await rejection(client().admin.organization.users.list());
    expect(error).toMatchObject({ name: 'InvalidResponseError', attempts: 2 });
    server.play(
      send(body, 'application/json', coding, 0.5, true),
      send(body, 'application/json', coding),
    );
    expect((await client().admin.organization.users.list()).data).toHaveLength(5_000);
  });

  test('a list that ends early is whole in the end, also where a subclass makes each request', async () => {
    class Hooked extends OrgClient {
      protected override async prepareOptions() {}
    }
    const users = new Hooked({ adminAPIKey: null, baseURL: server.origin, logLevel: 'off' }).admin
      .organization.users;
    server.play(send(JSON.stringify(page(['a'])), 'application/json', coding, 0.5));
    expect((await users.list()).data).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  test('a text is asked for without compression, and arrives whole', async () => {
    server.play(send(text, 'text/csv', coding, 0.5));
    expect(await client().get('/x')).toBe(text);
    expect(server.requests).toHaveLength(1);
  });

  test('a text response that is compressed anyway is never accepted as complete', async () => {
    server.play(send(text, 'text/csv', coding, 0.5, true));
    const error = await rejection(client().get('/x'));
    expect(error).toMatchObject({ name: 'InvalidResponseError', attempts: 2 });
  });

  test('the typed client reads what is whole, and sends again for what is not', async () => {
    const api = createFetchClient({ adminAPIKey: null, baseURL: server.origin, logLevel: 'off' });
    const body = JSON.stringify(page(['a', 'b']));
    server.play(
      send(body, 'application/json', coding, 0.5, true),
      send(body, 'application/json', coding, 1, true),
    );
    const { data } = await api.GET('/organization/users');
    expect(data?.data).toHaveLength(2);
    expect(server.requests).toHaveLength(2);
    server.play(send(text, 'text/csv', coding, 0.5));
    const csv = await api.GET('/organization/users', { parseAs: 'text' });
    expect(csv.data).toBe(text);
  });
});
