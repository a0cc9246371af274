import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFormData } from '../src/core/multipart.ts';
import OrgClient from '../src/index.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    const body = Buffer.concat(chunks).toString('latin1');
    response.end(JSON.stringify({ type: request.headers['content-type'], body }));
  });
});
beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
afterAll(() => new Promise((done) => server.close(done)));

/** The parts of a form as a server gets them: name, file name, type and content. */
async function parts(fields: object) {
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new OrgClient({ adminAPIKey: 'any', baseURL, maxRetries: 0 });
  const { type, body } = await client.post<{ type: string; body: string }>('/upload', {
    body: toFormData(fields),
  });
  const [, boundary = ''] = /^multipart\/form-data; boundary=(.*)$/.exec(type) ?? [];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      return {
        name: / name="([^"]*)"/.exec(head)?.[1],
        file: /filename="([^"]*)"/.exec(head)?.[1],
        type: /content-type: (.*)/i.exec(head)?.[1],
        text: rest.join('\r\n\r\n').slice(0, -2),
      };
    });
}

describe('a form of several parts', () => {
  test('has texts, numbers, booleans and dates as they are, and lacks what is missing', async () => {
    const date = new Date('2026-01-02T03:04:05Z');
    const sent = await parts({ a: 'b & c', n: 1.5, yes: true, date, no: undefined, none: null });
    expect(sent.map(({ name, text }) => `${name}=${text}`)).toEqual([
      'a=b & c',
      'n=1.5',
      'yes=true',
      'date=2026-01-02T03:04:05.000Z',
    ]);
    expect(sent.every(({ file }) => file === undefined)).toBe(true);
  });

  test('has binary data as files, with their names and types', async () => {
    const sent = await parts({
      file: new File(['one'], 'a.txt', { type: 'text/plain' }),
      blob: new Blob(['two'], { type: 'image/png' }),
      bytes: new Uint8Array([51, 51]),
      buffer: new TextEncoder().encode('four').buffer,
    });
    expect(sent).toEqual([
      { name: 'file', file: 'a.txt', type: 'text/plain', text: 'one' },
      { name: 'blob', file: 'blob', type: 'image/png', text: 'two' },
      { name: 'bytes', file: 'blob', type: 'application/octet-stream', text: '33' },
      { name: 'buffer', file: 'blob', type: 'application/octet-stream', text: 'four' },
    ]);
  });

  test('has a part for each item of an array, and objects as JSON', async () => {
    const sent = await parts({ tags: ['a', 'b'], meta: { deep: [1, { x: null }] }, list: [{}] });
    expect(sent).toMatchObject([
      { name: 'tags', text: 'a' },
      { name: 'tags', text: 'b' },
      { name: 'meta', type: 'application/json', text: '{"deep":[1,{"x":null}]}' },
      { name: 'list', type: 'application/json', text: '{}' },
    ]);
  });

  test('is the form that it is given, and nothing where there is nothing', () => {
    const form = new FormData();
    expect(toFormData(form)).toBe(form);
    expect(toFormData(undefined)).toBeUndefined();
    expect(toFormData(null)).toBeNull();
  });

  test('takes no stream, whose length is not known', () => {
    expect(() => toFormData({ file: new ReadableStream() })).toThrow(
      'file must not be a stream: read it into a Blob first.',
    );
  });
});
