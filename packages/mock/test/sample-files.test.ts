import { once } from 'node:events';
import { get } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createMock, loadAPI, startMock } from '../src/index.ts';

const file = { type: 'string', format: 'binary' };
const of = (type: string, schema: object = file, more: object = {}) => ({
  get: {
    responses: { 200: { description: 'A file.', content: { [type]: { schema, ...more } } } },
  },
});
const api = await loadAPI({
  openapi: '3.1.0',
  info: { title: 'Files', version: '1' },
  paths: {
    '/png': of('image/png'),
    '/gif': of('image/gif', {}),
    '/jpeg': of('image/jpeg', { type: 'string', contentMediaType: 'image/jpeg' }),
    '/webp': of('image/webp'),
    '/svg': of('image/svg+xml', { type: 'string' }),
    '/image': of('image/*'),
    '/pdf': of('application/pdf'),
    '/zip': of('application/zip'),
    '/gzip': of('application/gzip'),
    '/wav': of('audio/wav'),
    '/mp4': of('video/mp4'),
    '/video': of('video/*'),
    '/bytes': of('application/octet-stream'),
    '/any': of('*/*'),
    '/tagged': {
      get: { ...of('image/png').get, parameters: [{ name: 'If-None-Match', in: 'header' }] },
    },
    '/csv': of('text/csv', { type: 'string' }),
    '/named': of('application/octet-stream', file, { example: 'given' }),
    '/base64': of('text/plain', { type: 'string', format: 'byte' }),
  },
});
const mock = createMock({ api });
const server = await startMock({ api });
afterAll(() => server.close());

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await mock.fetch(`http://mock.test${path}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type'), bytes, response };
}

describe('a sample of a file is one', () => {
  test.each([
    ['/png', 'image/png', '89504e470d0a1a0a'],
    ['/gif', 'image/gif', Buffer.from('GIF89a').toString('hex')],
    ['/jpeg', 'image/jpeg', 'ffd8ff'],
    ['/webp', 'image/webp', Buffer.from('RIFF').toString('hex')],
    ['/svg', 'image/svg+xml', Buffer.from('<svg xmlns=').toString('hex')],
    ['/image', 'image/png', '89504e47'],
    ['/pdf', 'application/pdf', Buffer.from('%PDF-1.4\n').toString('hex')],
    ['/zip', 'application/zip', '504b0506'],
    ['/gzip', 'application/gzip', '1f8b'],
    ['/wav', 'audio/wav', Buffer.from('RIFF').toString('hex')],
    ['/mp4', 'video/mp4', '000102ff'],
    ['/video', 'video/mp4', '000102ff'],
    ['/bytes', 'application/octet-stream', '000102ff'],
    ['/any', 'application/octet-stream', '000102ff'],
  ])('%s', async (path, type, begin) => {
    const { status, bytes, type: given } = await ask(path);
    expect([status, given]).toEqual([200, type]);
    expect(bytes.toString('hex').slice(0, begin.length)).toBe(begin);
    expect(mock.requests.at(-1)?.validations).toEqual([]);
    expect(mock.requests.at(-1)?.response).toEqual({
      body: `(${bytes.length} bytes of ${type})`,
      size: bytes.length,
    });
  });

  test.each([
    ['/image', 'image/gif', 'image/gif', Buffer.from('GIF89a').toString('hex')],
    ['/image', 'text/html, image/webp;q=0.8', 'image/webp', Buffer.from('RIFF').toString('hex')],
    ['/any', 'application/pdf', 'application/pdf', Buffer.from('%PDF').toString('hex')],
  ])('%s, for a program that takes %s', async (path, accept, type, begin) => {
    const { status, bytes, type: given } = await ask(path, { accept });
    expect([status, given]).toEqual([200, type]);
    expect(bytes.toString('hex').slice(0, begin.length)).toBe(begin);
  });

  test('a type that no range of the document has is refused', async () => {
    expect((await ask('/image', { accept: 'text/html' })).status).toBe(406);
  });

  test('the image has a pixel, the archive ends, and the PDF has its pages where it says', async () => {
    const png = (await ask('/png')).bytes;
    const data = png.indexOf('IDAT') + 4;
    expect(inflateSync(png.subarray(data, data + png.readUInt32BE(data - 8)))).toHaveLength(2);
    expect(gunzipSync((await ask('/gzip')).bytes)).toHaveLength(0);
    const pdf = (await ask('/pdf')).bytes.toString();
    const places = [...pdf.matchAll(/^(\d{10}) 00000 n/gm)].map(([, place]) => Number(place));
    expect(places.map((place) => pdf.slice(place, place + 7))).toEqual([
      ...['1 0 obj', '2 0 obj', '3 0 obj'],
    ]);
    expect(pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)?.[1])).startsWith('xref')).toBe(true);
  });
});

test.each([
  ['/csv', 'text/csv', 'string'],
  ['/named', 'application/octet-stream', 'given'],
  ['/base64', 'text/plain', 'string'],
])('what is a text, or has an example, stays: %s', async (path, type, text) => {
  const { bytes, type: given } = await ask(path);
  expect(given).toBe(type);
  if (path !== '/base64') expect(bytes.toString()).toBe(text);
  expect(bytes.toString()).toMatch(/^\w+=*$/);
});

test('a socket gives the same bytes, with their length', async () => {
  const [response] = await once(get(`${server.url}/png`), 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { bytes } = await ask('/png');
  expect(Buffer.concat(chunks)).toEqual(bytes);
  expect(response.headers['content-length']).toBe(String(bytes.length));
});

test('a preferred sample, a handler and an entity tag have the bytes as well', async () => {
  const { bytes } = await ask('/png');
  expect((await ask('/png', { prefer: 'dynamic=true' })).bytes).toEqual(bytes);
  const handled = createMock({
    api,
    handlers: { 'png.retrieve': async (_, next) => next() },
  });
  const response = await handled.fetch('http://mock.test/png');
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  const tag = (await ask('/tagged')).response.headers.get('etag') ?? '';
  const again = await ask('/tagged', { 'if-none-match': tag });
  expect([tag.length, again.status, again.bytes.length]).toEqual([24, 304, 0]);
});

test('faults spoil a file as they spoil a text', async () => {
  const { bytes } = await ask('/png');
  using _half = mock.fail({ body: 'malformed', times: 1 });
  expect((await ask('/png')).bytes).toEqual(bytes.subarray(0, 34));
  using _cut = mock.fail({ connection: 'cut', times: 1 });
  await expect(ask('/png')).rejects.toThrow('fetch failed');
});
