import manifest from '../../package.json' with { type: 'json' };
import type { Stopped } from './copy.ts';
import { parseFlags, UsageError } from './flags.ts';
import { loadInThread } from './load-thread.ts';
import { launcher, type Runner } from './runner.ts';
import { usage } from './usage.ts';
import type { Load } from './watch.ts';

/** As the person who runs it calls it. */
const name = launcher ?? 'org-mock';

/** What Node.js says about an address that it cannot listen on. */
interface ListenError extends Error {
  code?: string;
  address?: string;
  port?: number;
  hostname?: string;
}

function explain(error: ListenError, command: string): string {
  if (error instanceof UsageError)
    return `${error.message}\nRun \`${command} --help\` for all flags.`;
  const { code, address, port, hostname = address } = error;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${address} is in use. Choose another port with --port, or any free one with --port 0.`;
    case 'EACCES':
      return `Not allowed to listen on port ${port} of ${address}. Choose a port above 1023 with --port.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${hostname} is unknown. Choose an address of this machine with --host.`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine. Choose another one with --host.`;
    default:
      return error.message;
  }
}

/** Commands besides serving. Each is loaded when it is needed. */
const commands: Record<string, (args: readonly string[], program: URL) => Promise<void>> = {
  async changes(args) {
    const { changes } = await import('./changes.ts');
    await changes(args, name);
  },
  async compare(args, program) {
    const { runCompare } = await import('./compare.ts');
    process.exitCode = await runCompare(name, args, program);
  },
  async record(args, program) {
    const { runRecord } = await import('./record.ts');
    await runRecord(name, args, program);
  },
};

/**
 * Runs the command. An error becomes a sentence, and the exit code.
 *
 * @param program the module that was started, which runs as a worker as well
 */
export async function main(args: readonly string[], runner: Runner, program: URL): Promise<void> {
  const [first = '', ...rest] = args;
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  let load: Load | undefined;
  try {
    if (command) return await command(rest, program);
    const flags = parseFlags(args);
    if (flags.help) return console.log(usage(name, process.stdout.columns));
    if (flags.version) return console.log(manifest.version);
    // The rest of the command is loaded meanwhile.
    load = loadInThread(flags, program);
    const { serve } = await import('./serve.ts');
    await serve(flags, runner, program, load);
  } catch (error) {
    load?.cancel();
    console.error(explain(error as Error, command ? `${name} ${first}` : name));
    process.exitCode = exitCodeOf(error, first === 'compare');
  }
}

function exitCodeOf(error: unknown, isCompare: boolean): number {
  const { exitCode } = error as Partial<Stopped>;
  if (exitCode !== undefined) return exitCode;
  // For `compare`, 1 says that answers differ.
  return error instanceof UsageError || isCompare ? 2 : 1;
}
