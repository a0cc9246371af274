import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { specFiles, watchSpec } from '../lib/watch-spec.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  mkdirSync(join(folder, 'paths'));
  write('main.yaml', 'paths:\n  /books:\n    $ref: paths/books.yaml#/books\n');
  write('paths/books.yaml', 'books:\n  $ref: ../common.yaml\nother:\n  $ref: "#/books"\n');
  write('common.yaml', '$ref: https://example.com/remote.yaml\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

const pause = (milliseconds: number) => new Promise((end) => setTimeout(end, milliseconds));

test('the files of a spec are those that it refers to, directly or through others', () => {
  const names = specFiles(join(folder, 'main.yaml')).map((file) => file.slice(folder.length + 1));
  expect(names).toEqual(['main.yaml', 'paths/books.yaml', 'common.yaml']);
});

test('a file that is missing or does not parse refers to none', () => {
  write('main.yaml', 'paths: [\n  $ref: none.yaml');
  expect(specFiles(join(folder, 'main.yaml'))[0]).toBe(join(folder, 'main.yaml'));
});

test('a change of any of them is noticed, one that changes nothing is not', async () => {
  let changes = 0;
  const end = watchSpec(
    join(folder, 'main.yaml'),
    () => {
      changes += 1;
    },
    20,
  );
  const after = async (path: string, text: string) => {
    changes = 0;
    write(path, text);
    for (let i = 0; i < 40 && changes === 0; i += 1) await pause(25);
    return changes;
  };
  try {
    expect(await after('common.yaml', 'type: string\n')).toBe(1);
    expect(await after('main.yaml', '$ref: more.yaml\n')).toBe(1);
    // It is watched from the moment that something refers to it.
    expect(await after('more.yaml', 'type: string\n')).toBe(1);
    expect(await after('more.yaml', 'type: string\n')).toBe(0);
    expect(await after('common.yaml', 'type: integer\n')).toBe(0);
  } finally {
    end();
  }
});
