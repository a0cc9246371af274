import manifest from '../../package.json' with { type: 'json' };
import type { LoadedAPI, LoadedServerOptions, MockServer } from '../index.ts';
import { api as ownAPI } from '../spec.ts';
import { type StartedServer, startServer } from '../start-mock.ts';
import { copy, Stopped } from './copy.ts';
import { type InitialData, readData } from './data-files.ts';
import { openDocument } from './document.ts';
import { exampleOf } from './example.ts';
import { type Flags, parseFlags, UsageError } from './flags.ts';
import { greet } from './greeting.ts';
import { openHandlers } from './handler-reload.ts';
import { describeInferred } from './inferred.ts';
import { createLog } from './log.ts';
import { readRules } from './rules.ts';
import { launcher, onEndOfRunner, type Runner } from './runner.ts';
import { usage } from './usage.ts';

/** Milliseconds that requests under way get to finish: less than what container runtimes wait before they kill. */
const grace = 5_000;
/** Milliseconds that the last log lines get to be read, once everything else is closed. */
const lastWrites = 1_000;

/** As the person who runs it calls it. */
const name = launcher ?? 'org-mock';

async function run(flags: Flags, runner: Runner, program: URL): Promise<void> {
  const { help, version, log, counts, files, from, server, verbose } = flags;
  if (help) return console.log(usage(name, process.stdout.columns));
  if (version) return console.log(manifest.version);
  // A closed pipe must not end the process.
  process.stderr.on('error', () => {});
  const logger = createLog(log ?? (process.stdout.isTTY ? 'pretty' : 'json'), process.stdout);
  const data = await readData(counts, files);
  const document = await openDocument(flags, program);
  const api = document?.api;
  const served = api?.api ?? ownAPI;
  const opened =
    flags.handlers === undefined ? undefined : await openHandlers(flags.handlers, served);
  const faults = await readRules(server.faults ?? [], flags.ruleFiles, served);
  if (from) data.snapshot = (await copy(from, flags, api, runner)).snapshot;
  const started = await start(
    {
      ...server,
      faults,
      ...(opened && { handlers: opened.handlers }),
      ...(api && { api }),
      ...(logger && { logger }),
    },
    data,
  );
  const { mock } = started;
  if (document) console.error(describeInferred(document.api, document.name, { verbose }));
  console.error(
    greet({
      url: mock.url,
      sizes: sizesOf(mock.data),
      // Keys are not shown.
      example: exampleOf(served, server.keys ? 'YOUR_KEY' : 'any-key'),
      inspector: server.control !== false,
    }),
  );
  const handlerWatch = flags.watch ? opened?.watch(started) : undefined;
  const unwatch = document?.watch?.({
    mock,
    reload(next) {
      const lost = started.reload(next);
      handlerWatch?.retry();
      return lost;
    },
  });
  closeOnSignal(mock, runner, () => {
    unwatch?.();
    handlerWatch?.end();
  });
}

/** Starts the mock with its data. @throws {UsageError} that names the file, the item and the property at fault */
async function start(
  options: Omit<Flags['server'], 'handlers'> & { api?: LoadedAPI; handlers?: object },
  { items, snapshot, sources }: InitialData,
): Promise<StartedServer> {
  try {
    return await startServer({
      // A snapshot is about the items of its seed.
      ...(snapshot && { seed: snapshot.seed }),
      ...options,
      data: snapshot ?? items,
    } as LoadedServerOptions);
  } catch (error) {
    const { message, code } = error as ListenError;
    const file = sources.get('snapshot');
    if (file !== undefined && code === undefined)
      throw new UsageError(`--data ${file}: ${message}`);
    const [, ...names] = /^data(?:\.(\w+)|\['([\w.]+)'\]| has no "(.+?)")/.exec(message) ?? [];
    const source = sources.get(names.find(Boolean) ?? '');
    throw source === undefined ? error : new UsageError(`--data ${source}: ${message}`);
  }
}

function sizesOf(data: object): Record<string, number> {
  const collections = Object.entries(data) as [string, { size: number }][];
  return Object.fromEntries(collections.map(([name, { size }]) => [name, size]));
}

/**
 * The first signal lets requests under way finish, a second one ends the process at once. Log lines that nobody reads
 * do not keep it alive.
 */
function closeOnSignal(mock: MockServer, runner: Runner, unwatch: () => void): void {
  let isClosing = false;
  const close = async () => {
    if (isClosing) process.exit();
    isClosing = true;
    unwatch();
    await mock.close({ grace });
    setTimeout(() => process.exit(), lastWrites).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close);
  onEndOfRunner(runner, close);
}

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
  try {
    if (command) await command(rest, program);
    else await run(parseFlags(args), runner, program);
  } catch (error) {
    console.error(explain(error as Error, command ? `${name} ${first}` : name));
    process.exitCode = exitCodeOf(error, first === 'compare');
  }
}

function exitCodeOf(error: unknown, isCompare: boolean): number {
  if (error instanceof Stopped) return error.exitCode;
  // For `compare`, 1 says that answers differ.
  return error instanceof UsageError || isCompare ? 2 : 1;
}
