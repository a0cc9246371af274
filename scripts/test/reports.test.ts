import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../lib/repo.ts';
import { failuresOf, formatFailures, totalsOf } from '../lib/reports.ts';

const reportOf = (status: string, ...tests: string[]) => ({
  numPassedTests: tests.filter((each) => each === 'passed').length,
  numFailedTests: tests.filter((each) => each === 'failed').length,
  numPendingTests: tests.filter((each) => each === 'skipped').length,
  numTodoTests: 0,
  testResults: [{ status, assertionResults: tests.map((each) => ({ status: each })) }],
});

test.each([
  ['whose tests passed', reportOf('passed', 'passed', 'skipped'), [1, 0, 1]],
  ['with a failed test', reportOf('failed', 'passed', 'failed'), [1, 1, 0]],
  ['that could not be loaded', reportOf('failed'), [0, 1, 0]],
  ['whose beforeAll failed', reportOf('failed', 'skipped', 'skipped'), [0, 1, 2]],
])('a file %s is counted', (_, report, [passed, failed, skipped]) => {
  expect(totalsOf(report)).toEqual({ passed, failed, skipped });
});

test('a failure is listed with its file and its message, without the stack', () => {
  const test = (status: string, ...failureMessages: string[]) => ({
    status,
    fullName: 'adds numbers',
    failureMessages,
  });
  const testResults = [
    {
      status: 'failed',
      name: `${root}/packages/a/test/add.test.ts`,
      message: '',
      assertionResults: [
        test('passed'),
        test('failed', 'AssertionError: 1 is not 2:\n  undo it\n    at file:///a.ts:1:2\n    at x'),
      ],
    },
    {
      status: 'failed',
      name: `${root}/packages/a/test/broken.test.ts`,
      message: 'Cannot find ./b',
      assertionResults: [],
    },
    { status: 'passed', name: 'c.test.ts', message: '', assertionResults: [test('passed')] },
  ];
  expect(failuresOf({ testResults })).toEqual([
    'packages/a/test/add.test.ts › adds numbers\n1 is not 2:\n  undo it',
    'packages/a/test/broken.test.ts\nCannot find ./b',
  ]);
});

test('the first ten failures are listed, and the others counted', () => {
  const failures = Array.from({ length: 12 }, (_, i) => `a.test.ts › test ${i}\nmessage ${i}`);
  const text = stripVTControlCharacters(formatFailures(failures));
  expect(text).toContain('✗ a.test.ts › test 9\nmessage 9\n');
  expect(text).not.toContain('test 10');
  expect(text).toMatch(/… and 2 more above\n$/);
  expect(formatFailures([])).toBe('');
});
