import { expect, test } from 'vitest';
import { closest } from '../src/index.ts';

test.each([
  ['limt', ['limit', 'list', 'after'], ['limit', 'list']],
  ['organisation', ['organization', 'project'], ['organization']],
  ['userz', ['users', 'user', 'use', 'uses'], ['users', 'user', 'use']],
  ['x', ['a', 'b'], []],
  ['ab', ['cd', 'ad'], ['ad']],
  ['', ['a'], []],
  ['completely', ['different'], []],
])('%s is most like, of %j, %j', (misspelled, known, similar) => {
  expect(closest(misspelled, known)).toEqual(similar);
});
