import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LiveMemory } from './memory-probe.ts';

/** The command in a process of its own. */
export interface Command {
  origin: URL;
  /** Megabytes of it that are in memory, garbage included. */
  memory(): number;
  /** Megabytes that it holds once garbage is collected. Takes about 100 ms of it. */
  liveMemory(): Promise<number>;
  /** Whether it still runs. */
  isAlive(): boolean;
  stop(): void;
}

const program = resolve(import.meta.dirname, '../../../dist/cli.js');
const probe = resolve(import.meta.dirname, 'memory-probe.ts');

/** Starts the command on a free port. */
export async function startCommand(...args: string[]): Promise<Command> {
  const node = ['--max-old-space-size=512', '--expose-gc', '--import', probe];
  const flags = [program, '--port', '0', '--log', 'none', ...args];
  const child: ChildProcess = spawn(process.execPath, [...node, ...flags], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
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
    async liveMemory() {
      const answer = once(child, 'message');
      child.send('memory');
      // What the probe sends.
      const [{ heap, external }] = (await answer) as [LiveMemory];
      return heap + external;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    stop() {
      child.kill('SIGKILL');
    },
  };
}
