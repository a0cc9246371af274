import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { statsOf } from '../lib/file-state.ts';
import { isURL } from '../lib/is-url.ts';
import type { Flags } from './flags.ts';
import type { LoadReply, LoadRequest } from './load-worker.ts';
import type { Load } from './watch.ts';

/**
 * From this many bytes on, a document is read in a thread of its own: what reading it took is given back to the system
 * when the thread ends. For a small document, the thread would take more than it saves.
 */
const large = 300_000;

/**
 * Reads a document in a thread of its own.
 *
 * @param program the module that runs as the worker
 */
export function startLoad(program: URL, workerData: LoadRequest): Load {
  // The command keeps its space for new objects small, which would cost a thread that makes many a tenth of its time. This
  // one is that of threads which start from now on, in megabytes.
  setFlagsFromString('--min-semi-space-size=8');
  const worker = new Worker(program, { workerData });
  const done = new Promise<LoadReply>((resolve) => {
    const fail = (message: string) => resolve({ seen: new Map(), problem: message });
    worker.once('message', resolve);
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', () => fail('The document could not be read.'));
  });
  return { done, cancel: () => void worker.terminate() };
}

/**
 * Begins to read the document of `--spec` where that is worth a thread: a large document, or one that is watched.
 *
 * @param program the module that runs as the worker
 */
export function loadInThread(flags: Flags, program: URL): Load | undefined {
  const { spec } = flags;
  if (spec === undefined || isURL(spec) || !(flags.watch || sizeOf(spec) >= large))
    return undefined;
  return startLoad(program, requestOf(spec, flags));
}

export function requestOf(spec: string, { root, overlays }: Flags): LoadRequest {
  return { spec, options: { overlays, ...(root === undefined ? {} : { root }) } };
}

/** 0 for a file that cannot be read, which is reported later. */
function sizeOf(file: string): number {
  return statsOf(file)?.size ?? 0;
}
