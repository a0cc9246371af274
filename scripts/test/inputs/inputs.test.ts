import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bin } from '../../lib/exec.ts';
import { root } from '../../lib/repo.ts';

interface Task {
  taskId: string;
  task: string;
  package: string;
  directory: string;
  command: string;
  inputs: Record<string, string>;
  dependencies: string[];
}
interface Plan {
  tasks: Task[];
  globalCacheInputs: { files: Record<string, string> };
}

// A cached result is replayed while no input has changed, so that a test that reads anything else may be replayed wrongly.
const plan: Plan = JSON.parse(
  execFileSync(bin('turbo'), ['run', 'test', '--dry=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  }),
);
const suites = plan.tasks
  // The scripts' tests declare the whole repository.
  .filter(
    ({ task, command, directory }) =>
      task === 'test' && command !== '<NONEXISTENT>' && directory !== 'scripts',
  )
  .sort((a, b) => a.directory.localeCompare(b.directory));

/** The task, and all that it depends on, directly or through others. */
function closure(task: Task): Task[] {
  const ids = new Set([task.taskId]);
  // A set is iterated in the order of insertion, and new entries are visited too.
  for (const id of ids) {
    for (const each of plan.tasks.find(({ taskId }) => taskId === id)?.dependencies ?? [])
      ids.add(each);
  }
  return plan.tasks.filter(({ taskId }) => ids.has(taskId));
}

/** Copies what the task declares, and the builds that it depends on, into a folder. */
function copyInputs(task: Task, target: string): void {
  const copy = (path: string) => {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(target, path), { recursive: true });
  };
  for (const file of Object.keys(plan.globalCacheInputs.files)) copy(file);
  for (const { directory, inputs } of closure(task)) {
    for (const file of Object.keys(inputs)) copy(join(directory, file));
    copy(join(directory, 'dist'));
  }
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'), 'dir');
  for (const folder of globSync('{scripts,spec,packages/*}/node_modules', { cwd: root })) {
    if (!existsSync(join(target, dirname(folder)))) continue;
    cpSync(join(root, folder), join(target, folder), { recursive: true, verbatimSymlinks: true });
  }
}

test.each(suites)(
  'the tests of $directory read nothing but what their task declares',
  (task) => {
    const target = mkdtempSync(join(tmpdir(), 'inputs-'));
    try {
      copyInputs(task, target);
      const vitest = join(target, task.directory, 'node_modules/.bin/vitest');
      const { status, stdout, stderr } = spawnSync(vitest, ['run', '--reporter=dot'], {
        cwd: join(target, task.directory),
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', CI: 'true' },
        maxBuffer: 2 ** 28,
      });
      expect(status, `Declare what it reads as inputs in turbo.json.\n${stdout}${stderr}`).toBe(0);
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  },
  900_000,
);
