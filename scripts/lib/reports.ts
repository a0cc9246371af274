import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters, styleText } from 'node:util';
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
  /** See {@link failuresOf}. */
  failures: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults?: VitestFile[];
}

interface VitestFile {
  status: string;
  name?: string;
  message?: string;
  assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[];
}

/** The paths of all reports below the root, those of the test workspace included. */
export function reportPaths(): string[] {
  const reports = '{scripts,packages/*,examples}/reports/*.json';
  return globSync([reports, `.test-workspace/${reports}`], { cwd: root }).sort();
}

/** Reads a report: see {@link totalsOf} and {@link failuresOf}. */
export function readReport(path: string): Report {
  const report = JSON.parse(readFileSync(join(root, path), 'utf8'));
  return { path, ...totalsOf(report), failures: failuresOf(report) };
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

/** The failed tests of a report, each as `file › title` and its message without the stack. */
export function failuresOf({ testResults = [] }: Pick<VitestReport, 'testResults'>): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name = '', message = '', assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [`${file}\n${withoutStack(message)}`];
      return failed.map(
        ({ fullName, failureMessages = [] }) =>
          `${file} › ${fullName}\n${withoutStack(failureMessages[0] ?? '')}`,
      );
    });
}

/** The maximum number of lines of a failure's message; the output of the tests has all of them. */
const mostLines = 30;

function withoutStack(message: string): string {
  const lines = stripVTControlCharacters(message)
    .replace(/^(?:AssertionError|Error): /, '')
    .split('\n');
  const stack = lines.findIndex((line) => /^\s+at \S/.test(line));
  const text = stack < 0 ? lines : lines.slice(0, stack);
  return [...text.slice(0, mostLines), ...(text.length > mostLines ? ['…'] : [])].join('\n');
}

/** How many failed tests are listed. */
const mostFailures = 10;

/** The first failures of {@link failuresOf}, with an empty line after each, and how many more there are. */
export function formatFailures(failures: readonly string[]): string {
  const listed = failures.slice(0, mostFailures);
  const left = failures.length - listed.length;
  return [
    ...listed.map((failure) => `${styleText('red', '✗')} ${failure}\n`),
    ...(left > 0 ? [`… and ${left} more above\n`] : []),
  ].join('\n');
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
