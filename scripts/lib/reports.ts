import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repo.ts';

/** How many tests passed, failed and were skipped. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The report of one suite, as Vitest's JSON reporter wrote it. */
export interface Report extends Totals {
  /** Path below the root: `packages/client/reports/client.json`. */
  path: string;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults?: { status: string; assertionResults: { status: string }[] }[];
}

/** The paths of all reports below the root, those of the test workspace included. */
export function reportPaths(): string[] {
  const reports = '{scripts,packages/*,examples}/reports/*.json';
  return globSync([reports, `.test-workspace/${reports}`], { cwd: root }).sort();
}

/** Reads a report: see {@link totalsOf}. */
export function readReport(path: string): Report {
  return { path, ...totalsOf(JSON.parse(readFileSync(join(root, path), 'utf8'))) };
}

/**
 * Counts the tests of a report. A test file that failed though none of its tests did (it could not be loaded, or its
 * `beforeAll` failed) counts as one failure.
 */
export function totalsOf(report: VitestReport): Totals {
  const failedAsWhole = (report.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + failedAsWhole.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The sum of several reports. */
export function sum(reports: readonly Totals[]): Totals {
  const add = (key: keyof Totals) => reports.reduce((total, each) => total + each[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** `12 passed, 0 failed`, and `, 1 skipped` if tests were skipped. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
