import { describe, expect, test, vi } from 'vitest';
import { checkRule, type FaultRule, longestDelay } from '../../src/control/fault-rule.ts';
import { Faults } from '../../src/control/faults.ts';

const operations = ['things.list', 'things.retrieve'];
const target = {
  method: 'GET',
  path: '/things',
  fullPath: '/v1/things',
  query: {},
  headers: {},
  operation: 'things.list',
};

describe('checkRule takes the bounds themselves', () => {
  test.each<FaultRule>([
    { status: 400 },
    { status: 599 },
    { status: 429, retryAfter: 0 },
    { status: 429, retryAfter: 0.5 },
    { delay: 0 },
    { delay: longestDelay },
    { delay: [0, longestDelay] },
    { delay: [5, 5] },
    { status: 500, times: 1 },
    { status: 500, times: Number.MAX_SAFE_INTEGER },
    { status: 500, duration: 0.1 },
    { status: 500, probability: 0 },
    { status: 500, probability: 1 },
    { connection: 'reset' },
    { connection: 'cut' },
    { connection: 'stall' },
    { body: 'malformed' },
    { cursor: 'repeat' },
    { status: 500, match: {} },
    { status: 500, match: { query: {}, headers: {} } },
    { status: 500, match: { operation: 'things.retrieve', method: 'get', path: '/' } },
  ])('%o', (rule) => {
    expect(() => checkRule(rule, { operations })).not.toThrow();
  });
});

describe('checkRule reports the expected and the actual value', () => {
  const rule = (more: object) => ({ status: 500, ...more });
  test.each<[unknown, string]>([
    [{ status: 399 }, 'status must be a status from 400 to 599, not 399.'],
    [
      rule({ retryAfter: Number.POSITIVE_INFINITY }),
      'retryAfter must be a number of seconds, not null.',
    ],
    [
      { delay: -1 },
      'delay must be milliseconds up to 2147483647, or a range of them such as [50, 200], not -1.',
    ],
    [
      { delay: [-1, 5] },
      'delay must be milliseconds up to 2147483647, or a range of them such as [50, 200], not [-1,5].',
    ],
    [rule({ times: 2 ** 53 }), 'times must be a positive integer, not 9007199254740992.'],
    [rule({ times: true }), 'times must be a positive integer, not true.'],
    [rule({ duration: -5 }), 'duration must be a positive number of milliseconds, not -5.'],
    [rule({ probability: -0.1 }), 'probability must be a number from 0 to 1, not -0.1.'],
    [rule({ probability: '1' }), 'probability must be a number from 0 to 1, not "1".'],
    [rule({ match: null }), 'match must be an object such as { path: "/things" }, not null.'],
    [rule({ match: { operation: '' } }), 'match.operation must be the id of an operation, not "".'],
    [
      rule({ match: { operation: 'things' } }),
      'match.operation must be one of things.list, things.retrieve, not "things".',
    ],
    [rule({ match: { method: 5 } }), 'match.method must be a method such as "GET", not 5.'],
    [rule({ match: { path: '' } }), 'match.path must be a path such as "/things", not "".'],
    [
      rule({ match: { query: null } }),
      'match.query must be an object of texts such as { "limit": "3" }, not null.',
    ],
    [
      rule({ match: { headers: { a: 'x', b: 1 } } }),
      'match.headers must be an object of texts such as { "accept": "application/json" }, not {"a":"x","b":1}.',
    ],
    [
      rule({ match: { url: '/' } }),
      'match has no "url". It may have: operation, method, path, query, headers.',
    ],
    [{ connection: 'cut it' }, `connection must be 'reset', 'cut' or 'stall', not "cut it".`],
    [
      { body: 'cut' },
      "body must be 'malformed' or an object, not 'cut': write { connection: 'cut' }.",
    ],
    [
      { body: 'stall' },
      "body must be 'malformed' or an object, not 'stall': write { connection: 'stall' }.",
    ],
    [{ body: 'half' }, `body must be 'malformed', or an object that is sent as JSON, not "half".`],
    [{ cursor: 'same' }, `cursor must be 'repeat', not "same".`],
    [
      { retryAfter: 5, times: 1 },
      'A fault rule must have an effect: expected status, delay, connection, body, cursor.',
    ],
    [undefined, 'A fault rule must be an object.'],
  ])('%o', (given, message) => {
    expect(() => checkRule(given, { operations })).toThrow(new TypeError(message));
  });

  test('and cuts what is long', () => {
    const given = { status: 'x'.repeat(10_000) };
    expect(() => checkRule(given, { operations })).toThrow(
      `status must be a status from 400 to 599, not "${'x'.repeat(199)}.`,
    );
  });
});

describe('the rules in force', () => {
  test('notify listeners when they are added, hit, removed and reset', () => {
    const onChange = vi.fn();
    const faults = new Faults({ seed: 1, operations, onChange });
    const calls = (action: () => unknown) => {
      onChange.mockClear();
      action();
      return onChange.mock.calls.length;
    };
    expect(calls(() => faults.add({ status: 500 }))).toBe(1);
    expect(calls(() => faults.next(target))).toBe(1);
    expect(calls(() => faults.list())).toBe(0);
    expect(calls(() => faults.remove('fault_2'))).toBe(0);
    expect(calls(() => faults.remove('fault_1'))).toBe(1);
    expect(calls(() => faults.next(target))).toBe(0);
    expect(calls(() => faults.clear())).toBe(1);
    expect(calls(() => faults.reset())).toBe(1);
  });

  test('are added and removed by requests; a refused rule is not added', () => {
    const faults = new Faults({ seed: 1, operations });
    expect(() => faults.add({ status: 5 })).toThrow(TypeError);
    expect(faults.list()).toEqual([]);
    faults.add({ status: 500 });
    faults.add({ status: 501, times: 5 });
    expect(faults.remove('fault_3')).toBe(false);
    expect(faults.remove('fault_1')).toBe(true);
    expect(faults.list()).toEqual([
      { id: 'fault_2', rule: { status: 501, times: 5 }, left: 5, hits: 0 },
    ]);
    faults.clear();
    expect(faults.list()).toEqual([]);
  });

  test('end with their time, to the millisecond, and the others do not', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 5_000 });
    try {
      const faults = new Faults({ seed: 1, operations });
      faults.add({ status: 503, duration: 1_000 });
      faults.add({ status: 500 });
      const statusAt = (time: number) => {
        vi.setSystemTime(time);
        return faults.next(target)?.status;
      };
      expect([statusAt(5_000), statusAt(5_999), statusAt(6_000)]).toEqual([503, 503, 500]);
      expect(faults.list()).toEqual([
        { id: 'fault_1', rule: { status: 503, duration: 1_000 }, until: 6_000, left: 0, hits: 2 },
        { id: 'fault_2', rule: { status: 500 }, left: null, hits: 1 },
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('have ids that are never given twice', () => {
    const faults = new Faults({ seed: 1, operations });
    expect(faults.add({ status: 500 })).toBe('fault_1');
    faults.clear();
    expect(faults.add({ status: 500 })).toBe('fault_2');
  });

  test('describe the effect on a request, not its time', () => {
    const faults = new Faults({ seed: 1, operations });
    const rule: FaultRule = { status: 503, retryAfter: 2, connection: 'cut', body: 'malformed' };
    const when: FaultRule = {
      times: 3,
      duration: 60_000,
      probability: 1,
      match: { path: '/things' },
    };
    faults.add({ ...rule, ...when, cursor: 'repeat' });
    expect(faults.next(target)).toEqual({ ...rule, cursor: 'repeat', rule: 'fault_1' });
    expect(faults.next({ ...target, path: '/other', fullPath: '/v1/other' })).toBeUndefined();
  });

  test('are hit by as many requests as there may be, however many rules they are', () => {
    const faults = new Faults({ seed: 1, operations });
    faults.add({ status: 500, times: 1 });
    faults.add({ status: 501, probability: 0 });
    faults.add({ status: 502, times: 2 });
    const statuses = Array.from({ length: 5 }, () => faults.next(target)?.status);
    expect(statuses).toEqual([500, 502, 502, undefined, undefined]);
    expect(faults.list().map(({ left, hits }) => [left, hits])).toEqual([
      [0, 1],
      [null, 0],
      [0, 2],
    ]);
  });

  test('pick delays from the whole of a range, the same ones after a reset', () => {
    const faults = new Faults({ seed: 1, operations, initial: [{ delay: [100, 200] }] });
    const delays = () => Array.from({ length: 200 }, () => faults.next(target)?.delay ?? 0);
    const first = delays();
    expect(Math.min(...first)).toBeGreaterThanOrEqual(100);
    expect(Math.min(...first)).toBeLessThan(110);
    expect(Math.max(...first)).toBeLessThanOrEqual(200);
    expect(Math.max(...first)).toBeGreaterThan(190);
    faults.reset();
    expect(delays()).toEqual(first);
    expect(faults.pick(7)).toBe(7);
  });

  test('hit other requests with another seed', () => {
    const hits = (seed: number) => {
      const faults = new Faults({ seed, operations, initial: [{ status: 500, probability: 0.5 }] });
      return Array.from({ length: 50 }, () => faults.next(target) !== undefined);
    };
    expect(hits(1)).toEqual(hits(1));
    expect(hits(1)).not.toEqual(hits(2));
  });

  test('are listed as copies, without keys', () => {
    const faults = new Faults({ seed: 1, operations });
    const headers = { Authorization: 'Bearer sk-admin-secret', accept: 'text/html' };
    faults.add({ status: 500, match: { headers } });
    const [listed] = faults.list();
    expect(listed?.rule.match?.headers).toEqual({ Authorization: '***', accept: 'text/html' });
    if (listed) listed.left = 0;
    const request = { authorization: 'Bearer sk-admin-secret', accept: 'text/html' };
    expect(faults.next({ ...target, headers: request })?.status).toBe(500);
  });

  test('match only requests with all given properties', () => {
    const matches = (match: FaultRule['match'], given: Partial<typeof target> = {}) => {
      const faults = new Faults({
        seed: 1,
        operations,
        initial: [{ status: 500, match }] as FaultRule[],
      });
      return faults.next({ ...target, ...given }) !== undefined;
    };
    expect(matches({ operation: 'things.list' })).toBe(true);
    expect(matches({ operation: 'things.retrieve' })).toBe(false);
    expect(matches({ method: 'get' })).toBe(true);
    expect(matches({ method: 'GET' }, { method: 'get' })).toBe(true);
    expect(matches({ method: 'POST' })).toBe(false);
    expect(matches({ path: '/v1/things' })).toBe(true);
    expect(matches({ path: '/thing' })).toBe(false);
    const query = { a: '1', 'b[]': ['2', '3'] };
    expect(matches({ query: { a: '1', b: '3' } }, { query })).toBe(true);
    expect(matches({ query: { a: '1', b: '4' } }, { query })).toBe(false);
    expect(matches({ query: { c: '1' } }, { query })).toBe(false);
    const headers = { 'x-team': 'a', accept: 'b' };
    expect(matches({ headers: { 'X-Team': 'a', accept: 'b' } }, { headers })).toBe(true);
    expect(matches({ headers: { 'X-Team': 'a', accept: 'c' } }, { headers })).toBe(false);
  });
});
