import { expect, test } from 'vitest';
import { totalsOf } from '../lib/reports.ts';

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
