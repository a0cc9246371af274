import { readFileSync } from 'node:fs';

/** How often the processes above this one are checked, in milliseconds. */
const interval = 250;

/**
 * Calls `end` when the npx that started this process has ended. npx runs a command in a shell, and neither passes a
 * signal on to the command: the server of a test runner that kills `npx org-mock` would keep its port.
 *
 * It does nothing if the command was started in any other way, such as `node_modules/.bin/org-mock`: the signal reaches it.
 */
export function onEndOfNpx(end: () => void): void {
  const { npm_lifecycle_event: event, npm_lifecycle_script: script } = process.env;
  // The variables are inherited: npx may have started something that started this process.
  if (event !== 'npx' || !script?.includes('org-mock')) return;
  const parent = process.ppid;
  const npx = isShell(parent) ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npx === undefined || parentOf(parent) === npx)) return;
    clearInterval(timer);
    end();
  }, interval);
  timer.unref();
}

/** Whether a process is `sh -c …`. Some shells become the command that they run, so that npx itself is the parent. */
function isShell(pid: number): boolean {
  return tryReading(`/proc/${pid}/cmdline`).split('\0')[1] === '-c';
}

/** The parent of a process, where the system shows it: on Linux. */
function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s*(\d+)/m.exec(tryReading(`/proc/${pid}/status`)) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function tryReading(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
