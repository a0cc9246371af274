// pnpm count-tests: sums up what the test runners reported, as the line that CI ends with.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const total = { passed: 0, failed: 0, skipped: 0 };

for (const path of globSync('{scripts,packages/*}/reports/*.json', { cwd: root }).sort()) {
  const report = JSON.parse(readFileSync(resolve(root, path), 'utf8'));
  const suites = report.testResults ?? [];
  const passed = report.numPassedTests;
  // A file that could not be loaded reports no test of its own: it counts as one failure.
  const unloaded = suites.filter(
    (suite: { status: string; assertionResults: unknown[] }) =>
      suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  const skipped = report.numPendingTests + report.numTodoTests;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  console.log(`${path}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}

if (total.passed + total.failed === 0) {
  console.error('No test reports were found. Run: pnpm test');
  process.exit(1);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
