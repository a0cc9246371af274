import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createMock,
  type Handlers,
  type MockServer,
  type ServerOptions,
  startMock,
} from '../src/index.ts';
import { open, parse } from './support/sockets.ts';

let mock: MockServer | undefined;
const start = async (options: ServerOptions) => {
  mock = await startMock(options);
  return mock;
};
afterEach(async () => {
  await mock?.close();
  mock = undefined;
});
const later = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe('options of the server', () => {
  test.each<[unknown, RegExp]>([
    [{ port: 'abc' }, /port must be an integer from 0 to 65535, not "abc"/],
    [{ port: -1 }, /port must be/],
    [{ port: 65_536 }, /port must be/],
    [{ port: 1.5 }, /port must be/],
    [{ host: '' }, /host must be/],
    [{ host: 5 }, /host must be/],
    [{ cors: 'yes' }, /cors must be true, false or an array of origins/],
    [{ cors: ['app.example.com'] }, /cors must be/],
    [{ cors: ['https://app.example.com/'] }, /cors must be/],
    [{ control: 0 }, /control must be true or false/],
    [{ allowedHosts: 'mock' }, /allowedHosts must be an array of host names/],
    [{ allowedHosts: ['http://mock'] }, /allowedHosts must be/],
    [{ allowedHosts: ['mock:80'] }, /allowedHosts must be/],
    [{ requestTimeout: 0 }, /requestTimeout must be/],
    [{ requestTimeout: 2 ** 31 }, /requestTimeout must be/],
  ])('%o are refused with a sentence', async (options, message) => {
    await expect(startMock(options as ServerOptions)).rejects.toThrow(message);
  });

  test('a mock on all addresses has an address that can be asked', async () => {
    const { url } = await start({ host: '0.0.0.0' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect((await fetch(new URL('/_mock/health', url))).status).toBe(200);
  });
});

describe('a request that never ends', () => {
  test('is a 408 if its body arrives too slowly, and the connection is closed', async () => {
    const { url } = await start({ requestTimeout: 500 });
    const { socket, closed } = open(url);
    socket.write(
      'POST /v1/organization/users/user_a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n',
    );
    const drip = setInterval(() => socket.write('x'), 50);
    const started = performance.now();
    const answer = parse(await closed);
    clearInterval(drip);
    expect(answer.status).toBe(408);
    expect(answer.body).toContain('in time');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('is a 408 where its headers drip', async () => {
    const { url } = await start({ requestTimeout: 500 });
    const { socket, closed } = open(url);
    socket.write('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => socket.write('x: y\r\n'), 50);
    expect(parse(await closed).status).toBe(408);
    clearInterval(drip);
  });

  test('does not end one whose answer takes longer than that', async () => {
    const { url } = await start({ requestTimeout: 300, latency: 2_000 });
    const headers = { authorization: 'Bearer x' };
    expect((await fetch(`${url}/organization/users`, { headers })).status).toBe(200);
  });
});

test('connections are kept alive, also after a request with a body', async () => {
  const { url } = await start({});
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const ask = (method: string, path: string, body?: string) =>
    new Promise<boolean>((answered, failed) => {
      const sent = request(url + path, { method, headers, agent }, (response) => {
        response.resume().on('end', () => answered(sent.reusedSocket));
      });
      sent.on('error', failed).end(body);
    });
  expect(await ask('GET', '/organization/users?limit=1')).toBe(false);
  expect(await ask('POST', '/organization/users/user_a', '{}')).toBe(true);
  expect(await ask('GET', '/organization/users?limit=1')).toBe(true);
  agent.destroy();
});

test('an idle connection stays open for more than a minute', async () => {
  const { url } = await start({});
  const { socket } = open(url);
  socket.write('GET /_mock/health HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const [head] = await once(socket, 'data');
  socket.destroy();
  const [, seconds] = /^keep-alive: timeout=(\d+)/im.exec(String(head)) ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});

describe('close', () => {
  test('with a grace lets requests under way finish, and ends keep-alive connections', async () => {
    const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const handlers: Handlers = {
      'admin.organization.users.list': async (_, next) => {
        arrived.resolve();
        await released.promise;
        return next();
      },
    };
    const { url, close } = await start({ handlers });
    const headers = { authorization: 'Bearer x' };
    const call = fetch(`${url}/organization/users`, { headers });
    await arrived.promise;
    const closed = close({ grace: 600_000 });
    released.resolve();
    await closed;
    expect((await call).status).toBe(200);
    expect((await call).headers.get('connection')).toBe('close');
  });

  test('cuts off requests that take longer than the grace', async () => {
    const { url, close } = await start({ latency: 60_000 });
    const call = fetch(`${url}/organization/users`).catch(() => 'cut off');
    await later(100);
    await close({ grace: 200 });
    expect(await call).toBe('cut off');
  });

  test('can be called twice', async () => {
    const { close } = await start({});
    await Promise.all([close({ grace: 1_000 }), close()]);
    await close();
  });
});

test('a walk in the process lets timers fire', async () => {
  const { fetch: ask } = createMock();
  const headers = { authorization: 'Bearer x' };
  // The first call compiles schemas, which may take longer than the walk.
  await ask('/organization/users', { headers });
  let fired = 0;
  const timer = setInterval(() => {
    fired += 1;
  }, 1);
  // Without a turn for timers, the walk would end first, however slow the machine is.
  for (let asked = 0; asked < 20_000 && fired < 5; asked += 1)
    await ask('/organization/users', { headers });
  clearInterval(timer);
  expect(fired).toBe(5);
});

test('a delay that a signal ends leaves no listener and no timer', async () => {
  const { fetch: ask } = createMock({ latency: 2 ** 31 - 1 });
  const started = performance.now();
  const call = ask('/organization/users', { signal: AbortSignal.timeout(50) });
  await expect(call).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(2_000);
});
