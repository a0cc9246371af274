import OrgClient, { type RequestOptions } from '@org/client';
import { requestOptions } from '@org/codegen';
import { createMock } from '@org/mock';
import { expect, expectTypeOf, test } from 'vitest';

// A query parameter that is called like a request option needs code of its own: the generator has to know the names.

test('the generator knows every request option of the client', () => {
  expectTypeOf<(typeof requestOptions)[number]>().toEqualTypeOf<keyof RequestOptions>();
});

test.each(requestOptions)(
  'the client takes %s for a request option, and not for a query',
  (name) => {
    const { users } = new OrgClient({
      adminAPIKey: 'any',
      fetch: createMock().fetch,
    }).admin.organization;
    // Mixed with a query parameter it is an error, which a query parameter is not.
    const mixed: object = { limit: 1, [name]: {} };
    expect(() => users.list(mixed)).toThrow(TypeError);
  },
);
