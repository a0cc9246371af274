// pnpm bench client|mock|pipeline|spec-diff [openapi.yaml …] [--json <file>] [--quick] [--write]: measures, side by side with the peers.
// With --write, the table in packages/client/README.md gets the figures.
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeWhole } from '@org/test-suite/write-file';
import { benchClient } from './client/bench.ts';
import { benchMock } from './mock/bench.ts';
import { benchPipeline } from './pipeline/bench.ts';
import { updateReadme } from './readme.ts';
import { type Figure, print, type Tell } from './report.ts';
import { benchSpecDiff } from './spec-diff/bench.ts';

type Bench = (tell: Tell, quick: boolean, files: readonly string[]) => Promise<void>;

const benches: Record<string, Bench> = {
  client: benchClient,
  mock: benchMock,
  pipeline: benchPipeline,
  'spec-diff': benchSpecDiff,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const [name = '', ...files] = positionals;
const bench = benches[name];
if (!bench) {
  console.error(
    `Unknown benchmark ${JSON.stringify(name)}. There are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(2);
}
console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
);
const figures: Figure[] = [];
await bench(
  (figure) => {
    figures.push(figure);
    print(figure);
  },
  flags.quick,
  files,
);
if (flags.json) writeWhole(flags.json, `${JSON.stringify(figures, null, 2)}\n`);
if (flags.write) {
  updateReadme(resolve(import.meta.dirname, '../../client/README.md'), figures, {
    Bundle: 'A program that lists users, minified and gzipped',
    'Installed size': 'Installed size',
    'Cold process: import, construct': 'Start of a process: import and construct',
    'CPU per call, 20-user page': 'CPU time of a call, 20 users',
    '1,000 pages × 100 users': 'A walk over 100,000 users',
  });
}
