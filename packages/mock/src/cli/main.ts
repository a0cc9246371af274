#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { findRunner } from './runner.ts';

// What a request allocates is garbage soon. V8 would let its space for new objects grow to 32 MB, and keep it.
setFlagsFromString('--semi-space-growth-factor=1');
// Before the rest is loaded, which takes time.
const runner = isMainThread ? findRunner() : undefined;
// The second start compiles nothing. As of Node.js 22.1; https://nodejs.org/api/module.html#module-compile-cache
module.enableCompileCache?.();
if (runner) {
  const { main } = await import('./command.ts');
  await main(process.argv.slice(2), runner, new URL(import.meta.url));
} else {
  const { reply } = await import('./load-worker.ts');
  await reply();
}
