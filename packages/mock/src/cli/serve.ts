import type { LoadedAPI, LoadedServerOptions, MockServer } from '../index.ts';
import { api as ownAPI } from '../spec.ts';
import { type StartedServer, startServer } from '../start-mock.ts';
import { checkKeys } from './check-keys.ts';
import { copy } from './copy.ts';
import { type InitialData, readData } from './data-files.ts';
import { openDocument } from './document.ts';
import { exampleOf } from './example.ts';
import { type Flags, UsageError } from './flags.ts';
import { greet } from './greeting.ts';
import { openHandlers } from './handler-reload.ts';
import { describeInferred } from './inferred.ts';
import { createLog } from './log.ts';
import { readRules } from './rules.ts';
import { onEndOfRunner, type Runner } from './runner.ts';
import type { Load } from './watch.ts';

/** Milliseconds in which running requests may finish. Container runtimes wait longer before they kill. */
const grace = 5_000;
/** Milliseconds that the last log lines get to be read, once everything else is closed. */
const lastWrites = 1_000;

/**
 * Serves a mock until a signal ends it.
 *
 * @param program the module that runs as a worker
 * @param load the document of `--spec`, if another thread reads it already
 */
export async function serve(
  flags: Flags,
  runner: Runner,
  program: URL,
  load: Load | undefined,
): Promise<void> {
  const { log, counts, files, from, server, verbose } = flags;
  // A closed pipe must not end the process.
  process.stderr.on('error', () => {});
  const logger = createLog(log ?? (process.stdout.isTTY ? 'pretty' : 'json'), process.stdout);
  const data = await readData(counts, files);
  const document = await openDocument(flags, program, load);
  const api = document?.api;
  const served = api?.api ?? ownAPI;
  checkKeys(flags, served);
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
    const { message, code } = error as NodeJS.ErrnoException;
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
 * The first signal lets running requests finish; the second one ends the process at once. Unread log lines do not keep
 * it alive.
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
