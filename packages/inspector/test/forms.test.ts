import { describe, expect, test } from 'vitest';
import { fullPath } from '../src/api/full-path.ts';
import { cellText, columnsOf } from '../src/data/columns.ts';
import { childrenOf, childScope, parentOf } from '../src/data/tree.ts';
import { presets } from '../src/faults/presets.ts';
import { describeMatch, describeRule, emptyForm, formOf, ruleOf } from '../src/faults/rule.ts';
import { prepare } from '../src/operations/send.ts';
import { list, update } from './support/requests.ts';

describe('fault rules', () => {
  const full = {
    status: 429,
    retryAfter: 2,
    delay: [10, 20] as [number, number],
    times: 3,
    duration: 1500,
    probability: 0.5,
    match: {
      operation: 'things.list',
      method: 'GET',
      path: '/things',
      query: { limit: '2' },
      headers: { accept: 'text/html' },
    },
  };

  test('a rule in the form is the same rule again', () => {
    for (const rule of [full, ...presets.map((preset) => preset.rule)]) {
      expect(ruleOf(formOf(rule))).toEqual(rule);
    }
  });

  test('an empty form is an empty rule', () => {
    expect(ruleOf(emptyForm)).toEqual({});
  });

  test('a text that is not a number reaches the mock, which reports what it expects', () => {
    expect(ruleOf({ ...emptyForm, status: 'many' })).toEqual({ status: 'many' });
  });

  test('a rule is described in one sentence, with the requests that it applies to', () => {
    expect(describeRule(full)).toBe(
      'Status 429, Retry-After 2 s, delay 10 to 20 ms, for 1.5 s, probability 0.5',
    );
    expect(describeMatch(full)).toBe('things.list, GET /things, limit=2, accept: text/html');
    expect(describeMatch({ status: 500 })).toBe('every request');
  });
});

describe('collections', () => {
  const things = {
    name: 'things',
    size: 1,
    scope: [],
    itemType: 'Thing',
    idProperty: 'id',
    schema: {},
  };
  const parts = {
    name: 'things.parts',
    size: 1,
    scope: ['thing_id'],
    itemType: 'Part',
    idProperty: 'id',
    schema: {},
  };
  const pins = {
    name: 'things.parts.pins',
    size: 1,
    scope: ['thing_id', 'part_id'],
    itemType: 'Pin',
    idProperty: 'id',
    schema: {},
  };
  const all = [things, parts, pins];

  test('a scoped collection is below the one that its items belong to', () => {
    expect(parentOf(pins, all)).toBe(parts);
    expect(parentOf(things, all)).toBeUndefined();
    expect(childrenOf(things, all)).toEqual([parts]);
  });

  test('the scope of a child is that of the item, and the item', () => {
    expect(childScope(pins, { thing_id: 't1' }, 'p1')).toEqual({ thing_id: 't1', part_id: 'p1' });
  });

  test('columns are the id, texts, then the rest', () => {
    const items = [
      { id: '1', kind: 'thing', size: 1, name: 'a', parts: {} },
      { id: '2', kind: 'thing', size: 2, name: 'b', parts: {} },
    ];
    expect(columnsOf(items, undefined, 'id')).toEqual(['id', 'name', 'size']);
  });

  test('times are shown as dates if the schema declares them', () => {
    expect(cellText(1711471533, { anyOf: [{ type: 'integer', format: 'unixtime' }] })).toBe(
      '2024-03-26 16:45',
    );
    expect(cellText(1711471533, { type: 'integer' })).toBe('1711471533');
    expect(cellText(null, {})).toBe('–');
  });
});

describe('Send', () => {
  test('path parameters are encoded, and empty query parameters left out', () => {
    const form = { values: { 'path thing_id': 'a/b ü', 'query limit': '' }, body: '{"name":"x"}' };
    expect(prepare(update, form, '/v1')).toMatchObject({
      method: 'POST',
      target: '/v1/things/a%2Fb%20%C3%BC',
      body: { name: 'x' },
      headers: { 'content-type': 'application/json' },
    });
  });

  test('an array has one value a line', () => {
    const form = { values: { 'query names': 'a\nb\n', 'query limit': '2' }, body: '' };
    expect(prepare(list, form, '').target).toBe('/things?limit=2&names=a&names=b');
  });

  test('an operation beside the base path is sent to its own path', () => {
    const form = { values: { 'path thing_id': 'a' }, body: '' };
    const beside = { ...update, up: '/..', path: '/v3/things/{thing_id}' };
    expect(prepare(beside, form, '/v1').target).toBe('/v3/things/a');
    expect(fullPath(beside, '/v1')).toBe('/v3/things/{thing_id}');
  });

  test('a body that is not JSON is sent unchanged', () => {
    expect(prepare(update, { values: {}, body: '{' }, '').body).toBe('{');
  });
});
