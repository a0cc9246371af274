import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { type LoadOptions, read, type Seen } from '../api/load.ts';
import type { Loaded } from '../api/loaded.ts';

/** What a worker is asked to read. */
export interface LoadRequest {
  spec: string;
  options: LoadOptions;
}

/** What a worker says, once. */
export interface LoadReply {
  /** The files of the document, and how they were. */
  seen: Seen;
  /** What was read, and a text that is the same for equal documents. */
  loaded?: Loaded & { fingerprint: string };
  /** What is wrong with the document. */
  problem?: string;
}

/** Reads a document in a thread of its own, so that requests need not wait for it. */
export async function reply(): Promise<void> {
  const { spec, options } = workerData as LoadRequest;
  const seen: Seen = new Map();
  let answer: LoadReply;
  try {
    const loaded = await read(spec, options, seen);
    const fingerprint = createHash('sha256').update(loaded.document).digest('hex');
    answer = { seen, loaded: { ...loaded, fingerprint } };
  } catch (error) {
    answer = { seen, problem: (error as Error).message };
  }
  parentPort?.postMessage(answer);
}
