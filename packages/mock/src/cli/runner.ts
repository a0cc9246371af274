import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** How often the processes above this one are checked, in milliseconds. */
const interval = 250;

/** A process, and the parent that it had when it was looked at. */
interface Link {
  pid: number;
  parent: number;
}

/** The links from this process up to the runner that started it. Without one, there is nothing to watch. */
export interface Runner {
  links: Link[];
  /** It ended before this process looked. */
  isGone: boolean;
}

/** Set by `pnpm mock`, which runs this command from its source: the name under which the command is known there. */
export const launcher: string | undefined = process.env['ORG_MOCK_LAUNCHER'] || undefined;

/** What the command serves without `--spec`, for its help. */
export const defaultSpec: string = launcher
  ? 'spec/openapi.yaml, with the overlay beside it'
  : 'the API that this package was made from';

/**
 * Calls `end` when the npm, npx or pnpm that started this process has ended. They run a command in a shell or beside
 * themselves, and a signal that ends them does not always reach it: a script that kills the job `npx org-mock &` would
 * leave a server on its port.
 *
 * It does nothing if the command was started in any other way, such as `node_modules/.bin/org-mock`: the signal reaches
 * it. Neither does it where the runner's script puts the command in the background with `&`, `nohup` or `setsid`.
 */
export function onEndOfRunner({ links, isGone }: Runner, end: () => void): void {
  if (links.length === 0) return;
  const timer = setInterval(check, interval);
  timer.unref();
  check();

  function check() {
    if (!isGone && links.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    end();
  }
}

/** Finds what started this process. To be called at once: what ends while the command loads leaves no trace. */
export function findRunner(): Runner {
  const links: Link[] = [];
  const own: Link = { pid: process.pid, parent: process.ppid };
  let { pid } = own;
  // Links count if they lead to a runner.
  let counted = 0;
  const { npm_config_user_agent: agent, npm_lifecycle_script: script = '' } = process.env;
  // The variables are inherited by whatever a runner starts, directly or not.
  if ((agent === undefined && !script) || isBackground(script)) return { links, isGone: false };
  let parent = parentOf(pid);
  for (; parent; parent = parentOf(pid)) {
    const args = argumentsOf(parent);
    const isRunner = args.slice(0, 2).some(isRunnerName);
    if (!isRunner && !isForegroundShell(args)) break;
    links.push({ pid, parent });
    if (isRunner) counted = links.length;
    pid = parent;
  }
  if (counted > 0 || !isOwnScript(script)) {
    return { links: links.slice(0, counted), isGone: false };
  }
  // A runner that is not known by name, or a system that does not show processes.
  return { links: [own], isGone: parent !== undefined && isInit(parent) };
}

/** `npm exec org-mock` is a title, and one argument. */
function isRunnerName(argument: string): boolean {
  const [program = ''] = argument.split(' ');
  return /^(?:npm|npx|pnpm|pnpx|pn|pnx|yarn|yarnpkg)(?:-cli)?(?:\.[cm]?js)?$/.test(
    basename(program),
  );
}

/** Whether it is `sh -c …`. Some shells become the command that they run, so that the runner itself is the parent. */
function isForegroundShell([, flag, ...script]: string[]): boolean {
  return flag === '-c' && !isBackground(script.join(' '));
}

/** Whether a shell's script leaves something behind when it ends. `&&`, `2>&1` and `&>file` do not. */
function isBackground(script: string): boolean {
  return /(?<![&>])&(?![&>])|\b(?:nohup|setsid)\b/.test(script);
}

/** Whether a runner's script is this command, and does not only start something that starts it. */
function isOwnScript(script: string): boolean {
  return launcher !== undefined || /^(?:\w+=\S* +)*['"]?(?:[^\s'"]*\/)?org-mock\b/.test(script);
}

/** Whether it takes over the processes whose parent has ended. In a container, a runner may be process 1. */
function isInit(pid: number): boolean {
  const [program = ''] = argumentsOf(pid);
  const name = basename(program);
  return name === 'systemd' || (pid === 1 && !/^(?:node|bun|deno)/.test(name));
}

function argumentsOf(pid: number): string[] {
  return tryReading(`/proc/${pid}/cmdline`).split('\0');
}

/** The parent of a process; of others than this one, where the system shows it: on Linux. */
function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
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
