// pnpm mock [flags of org-mock]: serves the mock from its source, and starts it anew when the spec changes.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const spec = join(root, 'spec');
let content = readFileSync(join(spec, 'openapi.yaml'), 'utf8');
const replaced = new Set<ChildProcess>();
let mock = start();
let pending: NodeJS.Timeout | undefined;

// The folder, and not the file: editors write a new file in place of the old one.
const watcher = watch(spec, (_, name) => {
  if (name !== 'openapi.yaml') return;
  clearTimeout(pending);
  pending = setTimeout(restart, 100);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearTimeout(pending);
    watcher.close();
    mock.kill(signal);
  });
}

function start(): ChildProcess {
  const program = join(root, 'packages/mock/src/cli.ts');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('close', (code) => {
    // One that is replaced has nothing more to say.
    if (replaced.has(child)) return;
    watcher.close();
    process.exitCode = code ?? 1;
  });
  return child;
}

function restart(): void {
  const now = readFileSync(join(spec, 'openapi.yaml'), 'utf8');
  if (now === content) return;
  content = now;
  console.error('\nThe spec changed.');
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'generate.ts')], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('The mock goes on with the contract that it had.');
    return;
  }
  const old = mock;
  old.once('close', () => {
    mock = start();
    console.error('The mock starts anew, with the new contract.');
  });
  // The port has to be free before the next one takes it.
  replaced.add(old);
  old.kill();
}
