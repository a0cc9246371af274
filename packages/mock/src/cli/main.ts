#!/usr/bin/env node
import module from 'node:module';
import { findRunner } from './runner.ts';

// Before the rest is loaded, which takes time.
const runner = findRunner();
// The second start compiles nothing. As of Node.js 22.1; https://nodejs.org/api/module.html#module-compile-cache
module.enableCompileCache?.();
const { main } = await import('./command.ts');
await main(process.argv.slice(2), runner);
