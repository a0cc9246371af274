import OrgClient from '@org/client';
import { clientMembers } from '@org/codegen';
import { expect, test } from 'vitest';

test('the generator knows every member of the client, which no resource can be called like', () => {
  const client = new OrgClient({ adminAPIKey: null });
  const base = Object.getPrototypeOf(OrgClient.prototype);
  const members = [...Object.keys(client), ...Object.getOwnPropertyNames(base)];
  // The generated part has resources, and nothing but them.
  const own = members.filter((name) => !['admin', 'constructor', '_client'].includes(name));
  expect(own.sort()).toEqual([...clientMembers].sort());
});
