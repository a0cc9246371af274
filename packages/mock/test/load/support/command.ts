import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The command in a process of its own. */
export interface Command {
  origin: URL;
  /** Megabytes of it that are in memory. */
  memory(): number;
  /** Whether it still runs. */
  isAlive(): boolean;
  stop(): void;
}

const program = resolve(import.meta.dirname, '../../../dist/cli.js');

/** Starts the command on a free port. */
export async function startCommand(...args: string[]): Promise<Command> {
  const flags = [program, '--port', '0', '--log', 'none', ...args];
  // Far more than it needs: what leaks ends it in a long run, instead of growing with the machine's memory.
  const child: ChildProcess = spawn(process.execPath, ['--max-old-space-size=512', ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const origin = await new Promise<URL>((found, failed) => {
    let output = '';
    child.stderr?.on('data', (chunk) => {
      output += chunk;
      const url = /http:\/\/\S+\/v1(?= )/.exec(output)?.[0];
      if (url) found(new URL(url));
    });
    child.on('close', () => failed(new Error(output)));
  });
  return {
    origin,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    stop() {
      child.kill('SIGKILL');
    },
  };
}
