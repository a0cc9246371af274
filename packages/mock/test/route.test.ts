import { expect, test } from 'vitest';
import type { Operation } from '../src/api/api.ts';
import { createRoute } from '../src/prism/route.ts';

const operation = (path: string) => ({ method: 'get', path, request: {}, servers: [] }) as never;

test('a path that nearly matches a template with several parameters is refused at once', () => {
  const route = createRoute([operation('/{a}-{b}-{c}:end') as Operation]);
  const started = performance.now();
  expect(route('get', `/${'x-'.repeat(300)}`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('a path whose parameters could be read in too many ways has no operation', () => {
  const find = createRoute([operation('/{a}-{b}-{c}:z-{d}') as Operation]);
  expect(find('get', `/--:z-${'-'.repeat(4_000)}x`)).toBeUndefined();
  expect(find('get', '/1-2-3:z-4')).toBeDefined();
  const uuid = createRoute([operation('/{a}-{b}-{c}-{d}-{e}') as Operation]);
  expect(uuid('get', '/123e4567-e89b-12d3-a456-426614174000')).toBeDefined();
});

test.each([
  ['/{a}-{b}:end', '/1-2-3:end'],
  ['/a%20b/{id}', '/a%20b/1'],
  ['/a b/{id}', '/a%20b/%zz'],
  ['/{a}.{b}/x', '/1.2/x'],
  ['/x/{a}', '/x/a%2Fb'],
])('the template %s matches %s', (template, path) => {
  expect(createRoute([operation(template) as Operation])('get', path)).toBeDefined();
});
