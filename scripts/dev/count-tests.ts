// pnpm count-tests: the sum of all test reports, as one line.
import { CommandError, runCommand } from '../lib/cli.ts';
import { formatFailures, formatTotals, readReport, reportPaths, sum } from '../lib/reports.ts';

await runCommand({
  name: 'count-tests',
  summary:
    'Prints the failed tests and the totals of all test reports, and fails if a test failed.',
  run() {
    const reports = reportPaths().map(readReport);
    for (const report of reports) console.log(`${report.path}: ${formatTotals(report)}`);
    const total = sum(reports);
    if (total.passed + total.failed === 0) {
      throw new CommandError('No test reports found. Run: pnpm test');
    }
    console.log(formatFailures(reports.flatMap(({ failures }) => failures)));
    console.log(formatTotals(total));
    process.exitCode = total.failed > 0 ? 1 : 0;
  },
});
