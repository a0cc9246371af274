import { describe, expect, test, vi } from 'vitest';
import { decode, discard, isRaw, readBody, tooLarge, writeBody } from '../src/core/body.ts';
import { writeQuery } from '../src/core/query.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const write = (body: unknown, type?: string) =>
  writeBody(body, type, (form) => writeQuery(form as Record<string, unknown>, 'repeat'));

/** A response whose body comes in these pieces. */
function responseOf(pieces: Uint8Array[], cancel = vi.fn()) {
  const rest = [...pieces];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = rest.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
  return new Response(body);
}

describe('readBody', () => {
  test('gives what comes, up to the limit', async () => {
    const read = () => readBody(responseOf([bytes('ab'), bytes('cd')]), 4);
    expect(decode(await read())).toBe('abcd');
  });

  test('rejects beyond the limit, and cancels the rest', async () => {
    const cancel = vi.fn();
    const response = responseOf([bytes('ab'), bytes('cde'), bytes('f')], cancel);
    await expect(readBody(response, 4)).rejects.toBe(tooLarge);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test('cuts at the limit where it is asked to, and cancels the rest', async () => {
    const cancel = vi.fn();
    const response = responseOf([bytes('ab'), bytes('cde'), bytes('f')], cancel);
    expect(decode(await readBody(response, 4, true))).toBe('abcd');
    expect(cancel).toHaveBeenCalledOnce();
  });

  test('is not disturbed by a rest that cannot be cancelled', async () => {
    const cancel = () => Promise.reject(new Error('gone'));
    const response = responseOf([bytes('abc')], vi.fn(cancel));
    expect(decode(await readBody(response, 1, true))).toBe('a');
  });

  test('gives nothing where there is no body', async () => {
    expect(await readBody(new Response(null), 0)).toEqual([]);
  });

  test.each([{}, { body: {} }, { body: undefined }])(
    'reads the text of a response without a stream (%j)',
    async (given) => {
      // What a `fetch` that is not the platform's may give.
      const response = { ...given, text: async () => 'text' } as Response;
      expect(decode(await readBody(response, 0))).toBe('text');
    },
  );
});

test('a character that is cut between two pieces is whole again', async () => {
  const [a, b] = [bytes('€').subarray(0, 1), bytes('€').subarray(1)];
  expect(decode(await readBody(responseOf([a, b, bytes('x')]), 9))).toBe('€x');
  expect(decode([a])).toBe('\ufffd');
  expect(decode([])).toBe('');
});

test('discard cancels a body, whatever it is', () => {
  const cancel = vi.fn(() => Promise.reject(new Error('gone')));
  discard(responseOf([], cancel as never));
  expect(cancel).toHaveBeenCalledOnce();
  for (const response of [new Response(null), { body: {} }, {}]) discard(response as Response);
});

test('binary data, forms and streams go out as they are', () => {
  const raw = [
    ...[new ReadableStream(), new Blob([]), new File([], 'a'), new FormData()],
    ...[new URLSearchParams(), new ArrayBuffer(1), new DataView(new ArrayBuffer(1))],
    ...[new Uint8Array(1), new Float64Array(1)],
  ];
  expect(raw.map(isRaw)).toEqual(raw.map(() => true));
  for (const body of raw) expect(write(body).body).toBe(body);
  class Blobby {
    readonly [Symbol.toStringTag] = 'MyBlob';
  }
  class File2 {
    readonly [Symbol.toStringTag] = 'File2';
  }
  const others = [{}, [], 'text', 5, null, undefined, new Map(), new Blobby(), new File2()];
  expect(others.map(isRaw)).toEqual(others.map(() => false));
  expect(write({ a: [1] })).toEqual({ body: '{"a":[1]}', type: 'application/json' });
});

test('nothing is sent for null and undefined', () => {
  expect(write(null)).toEqual({ body: null });
  expect(write(undefined)).toEqual({ body: null });
});

test('a media type decides how texts and objects are written', () => {
  const form = 'application/x-www-form-urlencoded';
  expect(write({ a: 'x y' }, form)).toEqual({ body: 'a=x%20y', type: form });
  expect(write('a,b', 'text/csv')).toEqual({ body: 'a,b', type: 'text/csv' });
  expect(write('text')).toEqual({ body: '"text"', type: 'application/json' });
  const patch = 'application/merge-patch+json';
  expect(write({ a: null }, patch)).toEqual({ body: '{"a":null}', type: patch });
});

test('iterators are streamed, once', async () => {
  async function* later() {
    yield 'a';
    yield bytes('b');
  }
  function* now() {
    yield 'c';
  }
  for (const [iterator, text] of [
    [later(), 'ab'],
    [now(), 'c'],
  ] as const) {
    const { body, once } = write(iterator);
    expect(once).toBe(true);
    expect(await new Response(body).text()).toBe(text);
  }
});

test('an iterator ends when its stream is cancelled', async () => {
  const ended = vi.fn();
  async function* parts() {
    try {
      for (;;) yield 'a';
    } finally {
      ended();
    }
  }
  const stream = write(parts()).body as ReadableStream;
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  expect(ended).toHaveBeenCalledOnce();
});

test('a value that cannot be JSON is an error with the reason', () => {
  const loop: unknown[] = [];
  loop.push(loop);
  expect(() => write(loop)).toThrow(
    expect.objectContaining({
      name: 'OrgClientError',
      message: 'The body cannot be written as JSON.',
      cause: expect.any(TypeError),
    }),
  );
});
