import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@org/test-suite/free-port';

const folder = resolve(import.meta.dirname, '../../..');
// Its program itself, and not a shell around it, so that it can be stopped.
const program = resolve(folder, 'node_modules/@stoplight/prism-cli/dist/index.js');

/** Prism's own command, in a process of its own. */
export interface Prism extends AsyncDisposable {
  url: string;
}

/**
 * Starts `prism mock`.
 *
 * @param document a file, or a document as an object
 */
export async function startPrism(document: string | object): Promise<Prism> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const temporary = await mkdtemp(join(tmpdir(), 'prism-'));
  const file = typeof document === 'string' ? document : join(temporary, 'openapi.json');
  if (typeof document === 'object') await writeFile(file, JSON.stringify(document));
  const args = ['mock', file, '--port', String(port), '--host', '127.0.0.1', '-v', 'silent'];
  const prism = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  const stop = async () => {
    prism.kill();
    await rm(temporary, { recursive: true, force: true });
  };
  if (await hasStarted(url, prism)) return { url, [Symbol.asyncDispose]: stop };
  await stop();
  throw new Error('Prism did not start.');
}

async function hasStarted(url: string, prism: ChildProcess): Promise<boolean> {
  for (let i = 0; i < 600 && prism.exitCode === null; i += 1) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return true;
    await new Promise((again) => setTimeout(again, 100));
  }
  return false;
}
