import type { Tell } from '../report.ts';
import { bundleParts, bundleSize } from './bundle.ts';
import { installed, typeCheck } from './consumer.ts';
import { coldStart, cpuPerCall, prefetch, walk } from './running.ts';

export async function benchClient(tell: Tell, quick: boolean): Promise<void> {
  const rounds = quick ? 3 : 11;
  await bundleSize(tell);
  await bundleParts(tell);
  await coldStart(tell, rounds);
  await cpuPerCall(tell, rounds, quick ? 2_000 : 10_000);
  await walk(tell, quick ? 3 : 7, quick ? 200 : 1_000);
  await prefetch(tell, rounds);
  await typeCheck(tell);
  await installed(tell);
}
