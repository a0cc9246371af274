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
const url = await first.listening;
if (url) {
  // Where it listened once, it listens after each restart: with --port 0 as well.
  flags = [...flags, '--port', new URL(url).port];
} else {
  close();
}
watchExit(first);
const missing = await ungenerated();
if (missing !== undefined && !isClosing) {
  console.error(`\n${missing}\nUntil then, the mock serves what was generated last.`);
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

function close(): void {
  isClosing = true;
  for (const unwatch of watches) unwatch();
}

async function update(): Promise<void> {
  console.error('\nThe spec changed.');
  if (await generate()) await restart();
  else if (!isClosing) console.error('Invalid spec: the mock keeps serving the previous contract.');
}

async function takeContract(): Promise<void> {
  const contract = readContract();
  if (contract === undefined || contract === served) return;
  console.error('\nThe generated contract changed.');
  await restart();
}

async function generate(): Promise<boolean> {
  const program = join(import.meta.dirname, '../spec/generate.ts');
  generating = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => generating?.once('close', resolve));
  generating = undefined;
  return code === 0;
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
