#!/usr/bin/env node
import module from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { findRunner } from './runner.ts';

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
