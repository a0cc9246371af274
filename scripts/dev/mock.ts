// pnpm mock [flags of org-mock]: serves the mock from its source, and restarts it when the spec changes.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { MockProcess } from '../lib/mock-process.ts';
import { root } from '../lib/repo.ts';
import { contractPath, readContract, ungenerated } from '../lib/ungenerated.ts';
import { watchSpec } from '../lib/watch-spec.ts';

let flags = process.argv.slice(2);
let mock: MockProcess | undefined;
let generating: ChildProcess | undefined;
let state: unknown;
let isClosing = false;
/** The contract that the mock was started with. */
let served = readContract();
/** One thing at a time: what changes meanwhile waits. */
let work = Promise.resolve();

const first = new MockProcess(flags);
mock = first;
const watches = [
  watchSpec(join(root, 'spec/openapi.yaml'), () => enqueue(update)),
  // Somebody else ran `pnpm generate`, or switched branches.
  watchSpec(join(root, contractPath), () => enqueue(takeContract)),
];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    close();
    mock?.kill(signal);
    generating?.kill(signal);
  });
}
if (process.env['npm_config_user_agent'] !== undefined) endWithRunner();
const url = await first.listening;
if (url) {
  // Where it listened once, it listens after each restart: with --port 0 as well.
  flags = [...flags, '--port', new URL(url).port];
} else {
  close();
}
watchExit(first);
const missing = url && (await ungenerated().catch(describeCrash));
if (missing && !isClosing) {
  console.error(`\n${missing}\nUntil then, the mock serves what was generated last.`);
}

/** For a defect of the generator. The mock can serve what was generated before. */
function describeCrash(error: Error): string {
  return `The generator failed: ${error.stack ?? error.message}`;
}

function enqueue(task: () => Promise<void>): void {
  work = work.then(() => (isClosing ? undefined : task()));
}

/** Ends this process with a mock that ends by itself. One that is replaced is not `mock` any more. */
function watchExit(process_: MockProcess): void {
  void process_.closed.then((code) => {
    if (mock !== process_) return;
    close();
    process.exitCode = code;
  });
}

/** A pnpm that is killed passes no signal on. The mock watches what is above pnpm, such as npx. */
function endWithRunner(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

function close(): void {
  isClosing = true;
  for (const unwatch of watches) unwatch();
}

async function update(): Promise<void> {
  console.error('\nThe spec changed.');
  const result = await generate();
  if (result === 'generated') await restart();
  else if (!isClosing) {
    const reason = result === 'invalid' ? 'Invalid spec' : '`pnpm generate` failed (see above)';
    console.error(`${reason}: the mock keeps serving the previous contract.`);
  }
}

async function takeContract(): Promise<void> {
  const contract = readContract();
  if (contract === undefined || contract === served) return;
  console.error('\nThe generated contract changed.');
  await restart();
}

type Result = 'generated' | 'invalid' | 'failed';

/** Runs `pnpm generate`. Its errors are shown as they come; the first words tell a problem of the spec from others. */
async function generate(): Promise<Result> {
  const program = join(import.meta.dirname, '../spec/generate.ts');
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe'] });
  generating = child;
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    errors += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  generating = undefined;
  if (code === 0) return 'generated';
  return /^Invalid spec /m.test(errors) ? 'invalid' : 'failed';
}

/** The port has to be free before the next mock takes it: in between, connections are refused. */
async function restart(): Promise<void> {
  const old = mock;
  // A state that was not taken over is not lost: the next mock may take it.
  state = (await old?.snapshot()) ?? state;
  mock = undefined;
  await old?.stop();
  if (isClosing) return;
  served = readContract();
  const next = new MockProcess(flags);
  mock = next;
  if (!(await next.listening)) {
    mock = undefined;
    // It exited by itself because its runner has ended: nothing is left to serve.
    if ((await next.closed) === 0) close();
    if (isClosing) return;
    console.error(
      'The mock failed to start with this contract. It starts again when the spec changes.',
    );
    return;
  }
  watchExit(next);
  const problem = state === undefined ? undefined : await next.restore(state);
  console.error(
    problem === undefined
      ? 'Restarted with the new contract; the data is kept.'
      : `Restarted with the new contract and new data. The previous data does not fit: ${problem}`,
  );
  state = undefined;
}
