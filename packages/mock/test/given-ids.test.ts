import { expect, test } from 'vitest';
import { HandlerRegistry } from '../src/answer/handlers.ts';
import { readRules } from '../src/cli/rules.ts';
import { createMock, loadAPI } from '../src/index.ts';
import { gives, listOf, object, text } from './support/paths.ts';

// Documents name operations in their own way; the mock derives dotted ids, and takes both.

const Customer = object({ id: text });
const list = (operationId: string) => ({
  get: { operationId, ...gives(object({ customers: listOf(Customer) })) },
});
const api = await loadAPI({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/customers': list('GetCustomers'),
    '/orders': list('ListAll'),
    '/invoices': list('ListAll'),
  },
});

test('a handler and a fault rule may name an operation as the document does', async () => {
  const handlers = { GetCustomers: () => ({ customers: [{ id: 'first' }] }) };
  const mock = createMock({ api, handlers });
  const ask = async () => {
    const response = await mock.fetch('/customers');
    return [response.status, await response.json()];
  };
  expect(await ask()).toEqual([200, { customers: [{ id: 'first' }] }]);
  const handler = mock.handle('GetCustomers', () => ({ customers: [{ id: 'second' }] }));
  expect(await ask()).toEqual([200, { customers: [{ id: 'second' }] }]);
  handler.remove();
  expect(await ask()).toEqual([200, { customers: [{ id: 'first' }] }]);

  mock.fail({ status: 503, match: { operation: 'GetCustomers' } });
  expect((await ask())[0]).toBe(503);
  expect((await mock.fetch('/orders')).status).toBe(200);
  expect(mock.requests.map(({ operation }) => operation)).toContain('customers.list');
});

test('so do those of the command', async () => {
  const rule = { status: 503, match: { operation: 'GetCustomers' } };
  expect(await readRules([rule], [], api.api)).toEqual([rule]);
  const handler = () => ({ customers: [] });
  expect(new HandlerRegistry(api.api, { GetCustomers: handler }).get('customers.list')).toBe(
    handler,
  );
});

test('a name that the document gives twice is refused', () => {
  const mock = createMock({ api });
  expect(() => mock.handle('ListAll', () => ({}))).toThrow('No operation is named "ListAll"');
  const rule = { status: 503, match: { operation: 'ListAll' } };
  expect(() => mock.fail(rule)).toThrow('match.operation must be one of customers.list');
});
