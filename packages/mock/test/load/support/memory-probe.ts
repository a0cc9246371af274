// Loaded into the command by `--import`, next to `--expose-gc`: what is live shows only after garbage is collected.

/** What a process holds once garbage is collected, in megabytes. */
export interface LiveMemory {
  /** Objects of JavaScript. */
  heap: number;
  /** What they hold outside of the heap, such as buffers. */
  external: number;
}

process.on('message', async () => {
  // A turn of the event loop lets go of what is only held until its end, such as a socket that was closed.
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc?.();
    await new Promise((done) => setImmediate(done));
  }
  const { heapUsed, external } = process.memoryUsage();
  const live: LiveMemory = { heap: heapUsed / 1024 / 1024, external: external / 1024 / 1024 };
  process.send?.(live);
});
// The command may end all the same.
process.channel?.unref();
