import OrgClient from '@org/client';
import { clientMembers, clientOptions, errorClasses, staticPages } from '@org/codegen';
import { expect, test, vi } from 'vitest';

test('the generator knows every member of the client, which no resource can be called like', () => {
  const client = new OrgClient({ adminAPIKey: null });
  const base = Object.getPrototypeOf(OrgClient.prototype);
  const members = [...Object.keys(client), ...Object.getOwnPropertyNames(base)];
  // The generated part has resources, and nothing but them.
  const own = members.filter((name) => !['admin', 'constructor', '_client'].includes(name));
  expect(own.sort()).toEqual([...clientMembers].sort());
});

test.each(Object.entries(errorClasses))('the client throws for %s: %s', (status, name) => {
  const error = OrgClient.APIError.generate(Number(status), {}, undefined, new Headers());
  expect(error.constructor.name).toBe(name);
});

test('the client throws its general classes for all other statuses', () => {
  const nameOf = (status: number) =>
    OrgClient.APIError.generate(status, {}, undefined, new Headers()).constructor.name;
  for (let status = 400; status < 500; status += 1)
    expect(nameOf(status)).toBe(errorClasses[status] ?? 'APIError');
  expect([500, 503, 599].map(nameOf)).toEqual(Array(3).fill('InternalServerError'));
});

test('the client has the page classes of the official package as static properties', () => {
  for (const name of staticPages) expect(OrgClient).toHaveProperty(name);
});

test.each(clientOptions)('%s is an option of the client', (name) => {
  const warn = vi.fn();
  const logger = { debug: warn, info: warn, warn, error: warn };
  new OrgClient({ adminAPIKey: 'any', logger, logLevel: 'warn', [name]: undefined });
  expect(warn).not.toHaveBeenCalled();
});
