import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = resolve(import.meta.dirname, '../dist');

/** Bytes, gzipped: what the page may weigh when it opens, and what it may load for descriptions in Markdown. */
const [budget, later] = [40_000, 16_000];
const isLater = (file: string) => file.endsWith('micromark.js');

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

test(`the built page has at most ${budget} bytes, gzipped, and ${later} for Markdown`, () => {
  const weigh = (list: string[]) =>
    list.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  expect(weigh(files.filter((file) => !isLater(file)))).toBeLessThanOrEqual(budget);
  expect(files.filter(isLater)).toHaveLength(1);
  expect(weigh(files.filter(isLater))).toBeLessThanOrEqual(later);
});

test('the built page has no code and no styles in its HTML, and names no other origin', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  expect(html.match(/(?:src|href)="([^"]*)"/g)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:src|href)="\/_mock\/assets\//)]),
  );
  expect(html).not.toMatch(/(?:src|href)="(?!\/_mock\/assets\/)/);
});

test('the built page has no names of the mocked API: they all come from the mock', () => {
  const specs = resolve(import.meta.dirname, '../../../spec/openapi.yaml');
  const spec = readFileSync(specs, 'utf8');
  const operations = [...spec.matchAll(/operationId: (\S+)/g)].map(([, id]) => id ?? '');
  const paths = [...spec.matchAll(/^ {2}(\/\S+):$/gm)].map(([, path]) => path ?? '');
  expect(operations.length).toBeGreaterThan(0);
  expect(paths.length).toBeGreaterThan(0);
  const script = readFileSync(join(dist, 'assets/inspector.js'), 'utf8');
  for (const name of [...operations, ...paths]) expect(script).not.toContain(name);
});
