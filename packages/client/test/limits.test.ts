import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import OrgClient from '../src/index.ts';
import { ScriptedServer } from './support/scripted-server.ts';
import { adminAPIKey, json, page, rejection, stubClient } from './support/stub.ts';

const type = { 'content-type': 'application/json' };

/** A body without an end, and how much of it was taken. */
function endless(): { body: ReadableStream; taken: () => number; cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const chunk = new Uint8Array(10_000).fill(32);
  const body = new ReadableStream({
    pull(controller) {
      taken += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, taken: () => taken, cancelled: () => cancelled };
}

describe('maxResponseSize', () => {
  test('is 64 MB, and readable', () => {
    expect(stubClient().client.maxResponseSize).toBe(64_000_000);
    expect(stubClient([], { maxResponseSize: 5 }).client.maxResponseSize).toBe(5);
    expect(() => stubClient([], { maxResponseSize: -1 })).toThrow(
      'maxResponseSize must be a non-negative integer',
    );
  });

  test('lets a body of exactly that size pass, and none that is larger', async () => {
    const body = JSON.stringify(page(['a']));
    const exact = stubClient([new Response(body, { headers: type })], {
      maxResponseSize: body.length,
    });
    expect((await exact.users.list()).data).toHaveLength(1);
    const short = stubClient([new Response(body, { headers: type })], {
      maxResponseSize: body.length - 1,
    });
    expect(await rejection(short.users.list())).toMatchObject({
      name: 'InvalidResponseError',
      message: `200 The body of the response exceeds maxResponseSize (${body.length - 1} bytes).`,
    });
  });

  test('ends the transfer of a larger body, which is not sent for again', async () => {
    const { body, taken, cancelled } = endless();
    const { users, sent } = stubClient([() => new Response(body)], { maxResponseSize: 100_000 });
    expect(await rejection(users.list())).toMatchObject({
      name: 'InvalidResponseError',
      attempts: 1,
    });
    expect(sent).toHaveLength(1);
    expect(taken()).toBeLessThan(200_000);
    expect(cancelled()).toBe(true);
  });

  test('counts after decompression: a megabyte of gzip for a gigabyte is fetched once', async () => {
    // 100 MB stand for a gigabyte; the ratio is the same.
    const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));
    const server = await new ScriptedServer().start();
    server.play((response) => {
      response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(bomb);
    });
    const client = new OrgClient({
      adminAPIKey,
      baseURL: server.origin,
      maxResponseSize: 1_000_000,
    });
    const before = process.memoryUsage().rss;
    const error = await rejection(client.admin.organization.users.list());
    expect(error.message).toContain('exceeds maxResponseSize');
    expect(server.requests).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
    await server.stop();
  });
});

describe('the body of an error', () => {
  test('is read to 64 kB, and its message cut to 2 kB', async () => {
    const { body, taken, cancelled } = endless();
    const { users } = stubClient([() => new Response(body, { status: 404 })]);
    const error = await rejection(users.list());
    expect(error['status']).toBe(404);
    expect(error.message.length).toBeLessThan(2_100);
    expect(taken()).toBeLessThan(100_000);
    expect(cancelled()).toBe(true);
  });

  test('whose message is 50 kB is cut as well', async () => {
    const { users } = stubClient([
      json({ error: { message: 'x'.repeat(50_000) } }, { status: 400 }),
    ]);
    const { message } = await rejection(users.list());
    expect(message).toBe(`400 ${'x'.repeat(2_000)}…`);
  });

  test.each(['[', '{"a":'])(
    'that is nested deeply by %j is an error of its status',
    async (open) => {
      const close = open === '[' ? ']' : '}';
      const depth = Math.floor(63_000 / (open.length + 1));
      const text = `{"error":${open.repeat(depth)}1${close.repeat(depth)}}`;
      const { users } = stubClient([new Response(text, { status: 400, headers: type })]);
      const error = await rejection(users.list());
      expect(error).toMatchObject({ name: 'BadRequestError', status: 400 });
    },
  );
});

test('a query that is nested without an end is an error of this package', async () => {
  const loop: Record<string, unknown> = {};
  loop['again'] = loop;
  const list: unknown[] = [];
  list.push(list);
  const { users, sent } = stubClient();
  for (const filter of [loop, list, { a: list }]) {
    expect(await rejection(users.list({}, { query: { filter } }))).toMatchObject({
      name: 'OrgClientError',
      message: 'The query parameter "filter" is nested too deeply.',
    });
  }
  expect(sent).toHaveLength(0);
});

test('a query may be nested twenty levels deep', async () => {
  const nested = (levels: number): unknown => (levels > 0 ? { a: nested(levels - 1) } : 'x');
  const { users, sent } = stubClient();
  await users.list({}, { query: { filter: nested(20) } });
  expect(decodeURIComponent(sent[0]?.url.search ?? '')).toBe(`?filter${'[a]'.repeat(20)}=x`);
  await expect(users.list({}, { query: { filter: nested(21) } })).rejects.toThrow('too deeply');
});
