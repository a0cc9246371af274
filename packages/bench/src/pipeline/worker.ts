// Measures the pipeline's steps for a spec with the given number of operations, in one process.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from '@org/codegen';
import { diff } from '@org/spec-diff';
import { specOf } from './generator.ts';
import { stepTimes } from './step-times.ts';

const count = Number(process.argv[2]);
const here = resolve(import.meta.dirname, '../..');
const text = JSON.stringify(specOf(count));
const changed = text.replaceAll('"maximum":100', '"maximum":50');

const { times, timed } = stepTimes(() => performance.now());

const { files } = await timed('generate', () => generate(JSON.parse(text)));
const generated = Object.entries(files)
  .filter(([path]) => path.startsWith('packages/types/') && path.endsWith('.d.ts'))
  .map(([, content]) => content)
  .join('\n');
const { changes } = await timed('spec:diff', () => diff(JSON.parse(text), JSON.parse(changed)));
if (changes.length !== count) throw new Error(`Expected ${count} changes, not ${changes.length}.`);

const folder = join(here, 'dist', `pipeline-${count}`);
mkdirSync(folder, { recursive: true });
const file = join(folder, 'types.d.ts');
writeFileSync(file, generated);
await timed('type-check', () =>
  execFileSync(join(here, 'node_modules/.bin/tsc'), [
    ...[file, '--noEmit', '--strict', '--ignoreConfig', '--types', ''],
  ]),
);
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ times, memory: process.resourceUsage().maxRSS / 1024 }));
