import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** How many megabytes are held once garbage is collected. */
async function liveHeap(): Promise<number> {
  // A turn of the event loop lets go of what is only held until its end.
  for (let i = 0; i < 3; i += 1) {
    collect();
    await new Promise((done) => setImmediate(done));
  }
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** How many megabytes more are held after something was done than before. */
export async function growthOf(action: () => unknown): Promise<number> {
  const before = await liveHeap();
  await action();
  return (await liveHeap()) - before;
}
