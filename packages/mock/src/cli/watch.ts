import type { Seen } from '../api/load.ts';
import { stateOf } from '../lib/file-state.ts';
import type { LoadReply } from './load-worker.ts';

/** Milliseconds between two looks at the files. */
const interval = 100;

/** What was read from files, and how they were. */
interface Reply {
  seen: Seen;
  /** Undefined if the files are invalid. */
  loaded?: unknown;
}

/** A load that can be given up. */
export interface Load<R extends Reply = LoadReply> {
  /** Never rejects: a worker that fails, for want of memory say, is a problem of the document. */
  done: Promise<R>;
  cancel(): void;
}

export interface WatchOptions<R extends Reply> {
  /** The files as they are in use, and how they were. */
  seen: Seen;
  load(): Load<R>;
  /** Called with each result, one after the other. */
  onLoad(reply: R): void;
}

/**
 * Reads a document or a module again when one of its files changes. It looks at the files instead of waiting for the system to tell:
 * that works in containers and on network drives as well, and for files that editors replace.
 *
 * @returns a function that ends the watch
 */
export function watch<R extends Reply = LoadReply>({
  seen: first,
  load,
  onLoad,
}: WatchOptions<R>): () => void {
  let seen = first;
  let isStable = true;
  let loading: Load<R> | undefined;
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
      // What does not parse names none of its files: those of before are still its own.
      seen = new Map([...(reply.loaded ? [] : seen), ...reply.seen]);
      onLoad(reply);
    });
  }
}
