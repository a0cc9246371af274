import { connect } from 'node:net';
import type { OperationInfo } from '@org/inspector/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../src/state/generate/random.ts';
import { type Command, startCommand } from './support/command.ts';
import { createMutator, secretPrefix } from './support/mutate.ts';

// FUZZ_REQUESTS=1000000 FUZZ_SEED=7 for a longer run, or another one.
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 20_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
/** Milliseconds after which a request counts as one that hangs. */
const patience = 20_000;
let command: Command;

beforeAll(async () => {
  command = await startCommand('--data', 'users=50', '--seed', 'fuzz');
});
afterAll(() => command?.stop());

/**
 * Sends bytes, and gathers what comes until the connection is closed; undefined where that does not happen.
 *
 * @param pause Milliseconds before anything is read
 */
function exchange(bytes: Buffer, pause = 0): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect(Number(command.origin.port), command.origin.hostname);
    let text = '';
    socket.setTimeout(patience, () => {
      socket.destroy();
      done(undefined);
    });
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => done(text));
    socket.end(bytes);
    if (pause > 0) {
      socket.pause();
      setTimeout(() => socket.resume(), pause);
    }
  });
}

/** The status of the answer; 0 where the connection was closed without one. */
function statusOf(text: string): number {
  const final = text.replace(/^(HTTP\/1\.1 100 Continue\r\n\r\n)+/, '');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(final)?.[1] ?? 0);
}

test(`${requests} mutated requests with seed ${seed}: no crash, no hang, no 5xx without a fault rule`, async () => {
  const get = async (path: string) => (await fetch(new URL(path, command.origin))).json();
  const operations = (await get('/_mock/operations')) as OperationInfo[];
  const { data } = (await get('/_mock/data/users?limit=10')) as { data: { id: string }[] };
  const ids = [...data.map(({ id }) => id), 'user_unknown', 'role_unknown'];
  const snapshot = JSON.stringify(await get('/_mock/snapshot'));
  const put = (path: string, body: string) =>
    fetch(new URL(path, command.origin), {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json' },
    });
  const mutate = createMutator(operations, ids, createRandom(seed));

  const counts: Record<string, number> = {};
  const failures: string[] = [];
  const memory: number[] = [];
  const live: number[] = [];
  let sent = 0;
  const worker = async () => {
    while (sent < requests && failures.length < 20) {
      sent += 1;
      if (sent % Math.ceil(requests / 10) === 0) {
        memory.push(command.memory());
        live.push(await command.liveMemory());
        console.log(`${sent} sent, ${live.at(-1)?.toFixed(0)} MB live`);
      }
      // What was deleted comes back, or soon every id would be unknown.
      if (sent % 500 === 0) await put('/_mock/snapshot', snapshot);
      const { bytes, asksFor5xx } = mutate();
      // Some readers are slow.
      const text = await exchange(bytes, sent % 200 === 0 ? 250 : 0);
      const status = text === undefined ? 'hangs' : statusOf(text);
      counts[status] = (counts[status] ?? 0) + 1;
      const isFailure = status === 'hangs' || (Number(status) >= 500 && !asksFor5xx);
      if (isFailure)
        failures.push(`${JSON.stringify(bytes.toString('latin1')).slice(0, 2_000)}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));

  const show = (megabytes: number[]) => megabytes.map((each) => each.toFixed(0)).join(' ');
  console.log(counts, `live ${show(live)} MB, resident ${show(memory)} MB`);
  expect(failures).toEqual([]);
  expect(command.isAlive()).toBe(true);
  // Journal and caches fill up in the first half; after that, nothing that is held grows with the number of requests. A
  // single sample may include in-flight requests.
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  expect(middle(live.slice(5))).toBeLessThan(middle(live.slice(0, 5)) * 1.25);
  // Both what the spec has and what it refuses were reached.
  for (const status of [200, 400, 401, 404, 405, 406, 415])
    expect(counts[status]).toBeGreaterThan(0);

  // Credentials are shown nowhere, wherever else their text was sent.
  for (const path of ['/_mock/requests?limit=1000', '/_mock/faults', '/_mock/snapshot']) {
    const shown = JSON.stringify(await get(path));
    expect(shown.includes(secretPrefix), path).toBe(false);
  }

  await fetch(new URL('/_mock/reset', command.origin), { method: 'POST' });
  const headers = { authorization: 'Bearer x' };
  const list = await fetch(`${command.origin}/organization/users?limit=100`, { headers });
  expect(list.status).toBe(200);
  expect(((await list.json()) as { data: unknown[] }).data).toHaveLength(50);
}, 3_600_000);
