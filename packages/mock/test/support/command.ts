import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../dist/cli.js');

/** The command as a process of its own. */
export interface Command {
  child: ChildProcess;
  output: { stdout: string; stderr: string };
  ended: Promise<{ code: number | null; signal: string | null }>;
  /** The base address, once it listens. Rejects with what the command said if it ended before. */
  url(): Promise<string>;
  /** Waits for a text on stderr that comes after the last one that was found. */
  says(text: string | RegExp): Promise<string>;
}

const running = new Set<ChildProcess>();

/** Starts the built command. @param folder where it is started */
export function startCommand(folder: string, ...args: string[]): Command {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.on('close', (code, signal) => done({ code, signal })),
  );
  let read = 0;
  const says = async (text: string | RegExp) => {
    for (;;) {
      const rest = output.stderr.slice(read);
      const found = typeof text === 'string' ? rest.includes(text) && text : text.exec(rest)?.[0];
      if (found) {
        read += rest.indexOf(found) + found.length;
        return found;
      }
      await new Promise((again) => setTimeout(again, 20));
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`It ended without saying ${text}: ${output.stderr}`);
    }
  };
  const url = async () => /http\S+/.exec(await says(/listening on http\S+/))?.[0] ?? '';
  return { child, output, ended, url, says };
}

/** Ends all commands that are running. */
export function endCommands(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}
