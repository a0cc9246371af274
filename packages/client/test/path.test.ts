import { expect, test } from 'vitest';
import { encodePath } from '../src/core/path.ts';

test.each([
  ['{user_id}', 'user_id'],
  ['{user-id}', 'user-id'],
  ['{user.id}', 'user.id'],
  ['{userId*}', 'userId*'],
  ['{ü}', 'ü'],
])('the parameter %s of a path is replaced', (template, name) => {
  expect(encodePath(`/users/${template}/roles`, { [name]: 'a b' })).toBe('/users/a%20b/roles');
});
