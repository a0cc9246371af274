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
  testResults?: { status: string; assertionResults: unknown[] }[];
}

/** The paths of all reports below the root. */
export function reportPaths(): string[] {
  return globSync('{scripts,packages/*,examples}/reports/*.json', { cwd: root }).sort();
}

/** Reads a report. A test file that could not be loaded has no tests: it counts as one failure. */
export function readReport(path: string): Report {
  const report: VitestReport = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const unloaded = (report.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    path,
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The sum of several reports. */
export function sum(reports: readonly Totals[]): Totals {
  const add = (key: keyof Totals) => reports.reduce((total, each) => total + each[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** `12 passed, 0 failed`, and `, 1 skipped` where tests were skipped. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
