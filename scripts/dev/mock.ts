// pnpm mock [flags of org-mock]: serves the mock from its source, and restarts it when the spec changes.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { MockProcess } from '../lib/mock-process.ts';
import { root } from '../lib/repo.ts';
import { watchSpec } from '../lib/watch-spec.ts';

let flags = process.argv.slice(2);
let mock: MockProcess | undefined;
let generating: ChildProcess | undefined;
let state: unknown;
let isStale = false;
let isClosing = false;

const first = new MockProcess(flags);
mock = first;
const unwatch = watchSpec(join(root, 'spec/openapi.yaml'), () => {
  isStale = true;
  void update();
});
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
  unwatch();
}

/** Generates and restarts until nothing has changed meanwhile. */
async function update(): Promise<void> {
  if (generating) return;
  while (isStale && !isClosing) {
    isStale = false;
    console.error('\nThe spec changed.');
    if (await generate()) await restart();
    else if (!isClosing)
      console.error('Invalid spec: the mock keeps serving the previous contract.');
  }
}

async function generate(): Promise<boolean> {
  const program = join(import.meta.dirname, 'generate.ts');
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
