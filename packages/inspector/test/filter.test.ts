import { expect, test } from 'vitest';
import { matcher, noFilter, target } from '../src/requests/filter.ts';
import { placeOf, sentenceOf } from '../src/requests/violations.ts';
import { recorded } from './support/requests.ts';

const violation = {
  location: ['query', 'limit'],
  message: 'Request query parameter limit must be <= 100',
  severity: 'error' as const,
};
const bad = recorded({ status: 400, query: { limit: '101' }, validations: [violation] });
const good = recorded({ status: 200, operation: 'things.update', method: 'POST' });
const odd = recorded({ validations: [{ ...violation, severity: 'warning' }] });
const unknown = recorded({ status: 404, operation: null });
const broken = recorded({ status: 0, fault: 'fault_1' });

test('no filter lets every request pass', () => {
  expect([bad, good, odd, unknown, broken].filter(matcher(noFilter))).toHaveLength(5);
});

test('all words of the text must occur, in any order and case', () => {
  expect(matcher({ ...noFilter, text: 'LIMIT=101 get' })(bad)).toBe(true);
  expect(matcher({ ...noFilter, text: 'limit=101 post' })(bad)).toBe(false);
});

test('the text is searched for in violations, too', () => {
  expect(matcher({ ...noFilter, text: '<= 100' })(bad)).toBe(true);
});

test.each([
  ['4', [bad, unknown]],
  ['404', [unknown]],
  ['0', [broken]],
  ['violations', [bad]],
  ['faults', [broken]],
])('status %s', (status, expected) => {
  expect([bad, good, odd, unknown, broken].filter(matcher({ ...noFilter, status }))).toEqual(
    expected,
  );
});

test('requests that no operation matches can be asked for', () => {
  const wanted = [bad, good, unknown].filter(matcher({ ...noFilter, operation: 'none' }));
  expect(wanted).toEqual([unknown]);
});

test('the query is shown decoded, with repeated parameters repeated', () => {
  expect(target(recorded({ query: { a: ['x y', '2'], b: '' } }))).toBe('/v1/things?a=x y&a=2&b=');
});

test('a violation is its place, and a sentence that does not repeat it', () => {
  expect([placeOf(violation), sentenceOf(violation)]).toEqual(['limit', 'must be ≤ 100']);
  const types = {
    location: ['body', 'role'],
    message: 'Request body property role must be string,null',
    severity: 'error' as const,
  };
  expect([placeOf(types), sentenceOf(types)]).toEqual(['role', 'must be string or null']);
  const body = {
    location: ['body'],
    message: 'Request body must be object',
    severity: 'error' as const,
  };
  expect([placeOf(body), sentenceOf(body)]).toEqual(['body', 'must be object']);
});
