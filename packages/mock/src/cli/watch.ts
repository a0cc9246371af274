import { Worker } from 'node:worker_threads';
import { stateOf } from '../lib/file-state.ts';
import type { LoadReply, LoadRequest } from './load-worker.ts';

/** Milliseconds between two looks at the files. */
const interval = 100;

/** A load that can be given up. */
export interface Load {
  /** Never rejects: a worker that fails, for want of memory say, is a problem of the document. */
  done: Promise<LoadReply>;
  cancel(): void;
}

/**
 * Reads a document in a thread of its own.
 *
 * @param program the module that runs as the worker
 */
export function startLoad(program: URL, workerData: LoadRequest): Load {
  const worker = new Worker(program, { workerData });
  const done = new Promise<LoadReply>((resolve) => {
    const fail = (message: string) => resolve({ seen: new Map(), problem: message });
    worker.once('message', resolve);
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', () => fail('The document could not be read.'));
  });
  return { done, cancel: () => void worker.terminate() };
}

export interface WatchOptions {
  /** The files of the document as it is served, and how they were. */
  seen: LoadReply['seen'];
  load(): Load;
  /** Called with each document that was read, one after the other. */
  onLoad(reply: LoadReply): void;
}

/**
 * Reads a document again when one of its files changes. It looks at the files instead of waiting for the system to tell:
 * that works in containers and on network drives as well, and for files that editors replace.
 *
 * @returns a function that ends the watch
 */
export function watch({ seen: first, load, onLoad }: WatchOptions): () => void {
  let seen = first;
  let isStable = true;
  let loading: Load | undefined;
  const timer = setInterval(() => {
    if (hasChanged()) {
      // A program may be writing still.
      isStable = false;
      loading?.cancel();
      loading = undefined;
    } else if (!isStable) {
      isStable = true;
      start();
    }
  }, interval);
  timer.unref();
  return () => {
    clearInterval(timer);
    loading?.cancel();
    loading = undefined;
  };

  function hasChanged(): boolean {
    const now = [...seen.keys()].map((file) => [file, stateOf(file)] as const);
    const changed = now.some(([file, state]) => seen.get(file) !== state);
    if (changed) seen = new Map(now);
    return changed;
  }

  function start(): void {
    const own = load();
    loading = own;
    void own.done.then((reply) => {
      // Another change came meanwhile.
      if (loading !== own) return;
      loading = undefined;
      own.cancel();
      // A document that does not parse names none of its files: those of before are still its own.
      seen = new Map([...(reply.loaded ? [] : seen), ...reply.seen]);
      onLoad(reply);
    });
  }
}
