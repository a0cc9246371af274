import { createServer } from 'node:net';
import type { Copy } from '../copy/copy.ts';
import type { CopyOptions, CopyProgress, CopyReport } from '../copy/options.ts';
import { describeProblem } from '../copy/problems.ts';
import type { LoadedAPI } from '../index.ts';
import { isLoopbackURL } from '../lib/loopback.ts';
import { api as ownAPI } from '../spec.ts';
import type { Flags } from './flags.ts';
import { printable } from './printable.ts';
import { onEndOfRunner, type Runner } from './runner.ts';
import { checkSave, save } from './save.ts';

/** How often a line is written, in milliseconds: on a terminal, and elsewhere. */
const [terminalInterval, logInterval] = [100, 5_000];
/** How many problems are printed. */
const shownProblems = 20;

/** Thrown at a signal; the message says what was read. */
export class Stopped extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('Stopped.');
    this.exitCode = exitCode;
  }
}

/** Copies the server of `--from`, and says on stderr how far it is. */
export async function copy(
  from: CopyOptions,
  { save: file, server }: Flags,
  loaded: LoadedAPI | undefined,
  runner: Runner,
): Promise<Copy> {
  if (file !== undefined) checkSave(file);
  await probe(server.port ?? 0, server.host);
  warnOfPlainText(from.url);
  const started = performance.now();
  const controller = new AbortController();
  const progress = new ProgressLine();
  const release = stopOnSignal(runner, (code) => controller.abort(new Stopped(code)));
  try {
    const { copyServer } = await import('../copy/copy.ts');
    const options = {
      ...from,
      signal: controller.signal,
      onProgress: (at: CopyProgress) => progress.show(at),
    };
    const seed = String(server.seed ?? 1);
    const context = { env: process.env, isOwn: loaded === undefined, seed };
    const result = await copyServer(loaded?.api ?? ownAPI, options, context);
    progress.clear();
    console.error(describeCopy(from.url, result.report, performance.now() - started));
    if (file !== undefined) {
      save(file, result.snapshot);
      console.error(`Saved to ${file}: start from it with --data ${file}`);
    }
    return result;
  } catch (error) {
    progress.clear();
    if (error instanceof Stopped)
      error.message = `Stopped. Read so far: ${progress.summary}. Nothing was saved, and no mock was started.`;
    throw error;
  } finally {
    release();
  }
}

/** Finds out whether the mock can listen, before the time is spent that it takes to copy a server. */
async function probe(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(port, host, resolve);
  });
  await new Promise((closed) => server.close(closed));
}

function warnOfPlainText(address: string): void {
  const { protocol, host } = new URL(address);
  if (protocol === 'http:' && !isLoopbackURL(address))
    console.error(`Warning: the key is sent to ${host} without encryption.`);
}

/** @returns a function that ends it */
function stopOnSignal(runner: Runner, stop: (exitCode: number) => void): () => void {
  const handlers = { SIGINT: () => stop(130), SIGTERM: () => stop(143) };
  const entries = Object.entries(handlers) as [NodeJS.Signals, () => void][];
  for (const [signal, handler] of entries) process.on(signal, handler);
  let isOver = false;
  onEndOfRunner(runner, () => !isOver && stop(143));
  return () => {
    isOver = true;
    for (const [signal, handler] of entries) process.off(signal, handler);
  };
}

/** What was copied, and what was not: one line, and one for each problem. */
function describeCopy(url: string, report: CopyReport, milliseconds: number): string {
  const { items, requests, problems } = report;
  const counts = Object.entries(items).map(([name, count]) => countOf(count, name));
  const seconds = (milliseconds / 1000).toFixed(1);
  const lines = [
    `Copied from ${url}: ${counts.join(', ')} (${requestsOf(requests)} in ${seconds} s)`,
  ];
  if (problems.length > 0) lines.push('Not in the copy, or not as the server has it:');
  for (const problem of problems.slice(0, shownProblems))
    lines.push(`  ${printable(describeProblem(problem))}`);
  if (problems.length > shownProblems)
    lines.push(`  and ${problems.length - shownProblems} other problems`);
  return lines.join('\n');
}

function countOf(count: number, name: string): string {
  return `${count.toLocaleString('en')} ${name}`;
}

function requestsOf(count: number): string {
  return countOf(count, count === 1 ? 'request' : 'requests');
}

/** One line that is written again and again on a terminal, and now and then elsewhere. */
class ProgressLine {
  readonly #counts = new Map<string, number>();
  #requests = 0;
  #shown = performance.now();
  #isWritten = false;

  get summary(): string {
    const counts = [...this.#counts].map(([name, count]) => countOf(count, name));
    return [...counts, requestsOf(this.#requests)].join(', ');
  }

  show(progress: CopyProgress): void {
    const { collection, items, total, lists, requests, retries } = progress;
    this.#counts.set(collection, items);
    this.#requests = requests;
    const { isTTY, columns = 80 } = process.stderr;
    const now = performance.now();
    if (now - this.#shown < (isTTY ? terminalInterval : logInterval)) return;
    this.#shown = now;
    const ofAll = total === undefined ? '' : ` of ${total.toLocaleString('en')}`;
    const parts = [
      `${collection}: ${items.toLocaleString('en')}${ofAll}`,
      ...(lists.all > 1
        ? [`${lists.read.toLocaleString('en')} of ${countOf(lists.all, 'lists')}`]
        : []),
      requestsOf(requests) + (retries > 0 ? `, ${retries} of them again` : ''),
    ];
    const line = printable(`Copying ${parts.join(' · ')}`);
    process.stderr.write(isTTY ? `\r\u001b[K${line.slice(0, columns - 1)}` : `${line}\n`);
    this.#isWritten = isTTY === true;
  }

  /** Takes the line off the terminal. */
  clear(): void {
    if (this.#isWritten) process.stderr.write('\r\u001b[K');
    this.#isWritten = false;
  }
}
