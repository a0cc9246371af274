import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { createRandom } from '../../src/state/generate/random.ts';
import { type Command, startCommand } from './support/command.ts';

// The command in a process of its own, and a mock with the same seed here: it knows what every page must be.
const users = 1_000;
const limit = 20;
const requests = Number(process.env['LOAD_REQUESTS'] ?? 100_000);
const malformed = Number(process.env['LOAD_MALFORMED'] ?? 50_000);
const connections = 200;
let command: Command;
let origin: URL;

beforeAll(async () => {
  command = await startCommand('--data', `users=${users}`, '--seed', 'load');
  origin = command.origin;
});
afterAll(() => command?.stop());

interface Outcome {
  status: number;
  text: string;
  whole: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** One request; a connection that breaks is an outcome as well. */
function ask(path: string): Promise<Outcome> {
  return new Promise((done) => {
    const headers = { authorization: 'Bearer x' };
    const request = get(
      { host: origin.hostname, port: origin.port, path, headers, agent },
      (response) => {
        let text = '';
        response.setEncoding('latin1');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', () => {});
        response.on('close', () =>
          done({ status: response.statusCode ?? 0, text, whole: response.complete }),
        );
      },
    );
    request.on('error', () => done({ status: 0, text: '', whole: false }));
  });
}

test(`${requests} requests over ${connections} connections, a tenth of them with faults: none is lost, no page is wrong`, async () => {
  const faults = [
    { status: 500, probability: 0.03 },
    { status: 429, retryAfter: 0, probability: 0.03 },
    { body: 'malformed', probability: 0.02 },
    { connection: 'cut', probability: 0.01 },
    { connection: 'reset', probability: 0.01 },
  ];
  for (const fault of faults) {
    const body = JSON.stringify(fault);
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await fetch(new URL('/_mock/faults', origin), init)).status).toBe(201);
  }
  const mock = createMock({ data: { users }, seed: 'load' });
  const ids = mock.data.users.list().map(({ id }) => id);
  const pages = await Promise.all(
    ids.map(async (id) => {
      const path = `/organization/users?limit=${limit}&after=${id}`;
      const response = await mock.fetch(path, { headers: { authorization: 'Bearer x' } });
      return { path, text: Buffer.from(await response.arrayBuffer()).toString('latin1') };
    }),
  );
  const random = createRandom(1);
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  const samples: number[] = [];
  let sent = 0;
  const worker = async () => {
    while (sent < requests) {
      sent += 1;
      if (sent % Math.ceil(requests / 10) === 0) samples.push(command.memory());
      const page = pages[Math.floor(random() * pages.length)];
      if (!page) throw new Error('Expected a page.');
      const { status, text, whole } = await ask(page.path);
      const name = status === 200 && whole && text === page.text ? 'right' : `${status} ${whole}`;
      counts[name] = (counts[name] ?? 0) + 1;
      const isHalf = status === 200 && text.length < page.text.length && page.text.startsWith(text);
      const isFault = status === 500 || status === 429 || status === 0 || isHalf;
      if (name !== 'right' && !isFault) wrong.push(`${page.path}: ${status} ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));

  console.log(counts, samples.map((each) => `${each.toFixed(0)} MB`).join(' '));
  expect(wrong).toEqual([]);
  expect(Object.values(counts).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(requests);
  const share = 1 - (counts['right'] ?? 0) / sent;
  expect(share).toBeGreaterThan(0.08);
  expect(share).toBeLessThan(0.12);
  // The journal is full and the code is compiled after the first tenths: from there on nothing grows.
  const [settled = 0] = samples.slice(3);
  expect(samples.at(-1)).toBeLessThan(settled * 1.25);
  await fetch(new URL('/_mock/reset', origin), { method: 'POST' });
}, 1_200_000);

test(`${malformed} malformed requests: none gets a 5xx, none hangs, and the mock lives on`, async () => {
  const valid =
    'GET /v1/organization/users?limit=2 HTTP/1.1\r\nhost: a\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n';
  const random = createRandom(2);
  const below = (most: number) => Math.floor(random() * most);
  const mutated = (): Buffer => {
    const bytes = Buffer.from(valid);
    const changes = 1 + below(4);
    for (let i = 0; i < changes; i += 1) bytes[below(bytes.length)] = below(256);
    const cut = below(4) === 0 ? below(bytes.length) : bytes.length;
    return bytes.subarray(0, cut);
  };
  const exchange = (bytes: Buffer) =>
    new Promise<string>((done, failed) => {
      const socket = connect(Number(origin.port), origin.hostname);
      let text = '';
      socket.setTimeout(20_000, () => {
        socket.destroy();
        failed(new Error(`No end after ${JSON.stringify(bytes.toString('latin1'))}`));
      });
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('error', () => {});
      socket.on('close', () => done(text));
      socket.end(bytes);
    });
  let left = malformed;
  const failures: string[] = [];
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const bytes = mutated();
      const text = await exchange(bytes);
      if (/^HTTP\/1\.1 5/.test(text))
        failures.push(`${JSON.stringify(bytes.toString('latin1'))}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  expect(failures).toEqual([]);
  expect((await ask('/v1/organization/users?limit=1')).status).toBe(200);
}, 600_000);
