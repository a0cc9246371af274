import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Tell } from '../report.ts';
import { programs } from './programs.ts';

const here = resolve(import.meta.dirname, '../..');

export async function bundleSize(tell: Tell): Promise<void> {
  const values: Record<string, number> = {};
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: here },
      ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'neutral' },
      mainFields: ['module', 'main'],
      conditions: ['import'],
      external: ['node:*'],
    });
    values[name] = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  }
  const reached = (values['@org/client'] ?? Number.NaN) <= 9_400;
  const note = 'esbuild, minified, gzip -9';
  tell({ name: 'Bundle', unit: 'B', values, against: 'openai', goal: '≤ 9,400 B', reached, note });
}

/** The parts of the same bundle, built from the sources: minified bytes of each file, the largest first. */
export async function bundleParts(tell: Tell): Promise<void> {
  const { metafile } = await build({
    stdin: {
      contents: programs['@org/client']?.replace('@org/client', '../client/src/index.ts') ?? '',
      resolveDir: here,
    },
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'neutral' },
    mainFields: ['module', 'main'],
    metafile: true,
    outdir: here,
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output?.inputs ?? {})
    .map(([path, { bytesInOutput }]): [string, number] => [
      /openapi-fetch|[\w-]+\.\w+$/.exec(path)?.[0] ?? path,
      bytesInOutput,
    ])
    // The build replaces the manifest with the version.
    .filter(([name, size]) => size > 0 && name !== 'package.json')
    .sort(([, a], [, b]) => b - a);
  const note = 'minified, before gzip';
  tell({ name: 'Bundle, part by part', unit: 'B', values: Object.fromEntries(parts), note });
}
