import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateTypes } from '@org/codegen';
import type { Declarations } from '@org/spec-diff';
import { filesAt, git } from './git.ts';
import { redocly } from './redocly.ts';
import { root } from './repo.ts';

const emptySpec = { openapi: '3.1.0', info: {}, paths: {} };

/** The spec at a git ref, bundled, with the types made from it. Without a ref: an API without operations. */
export async function specAt(ref: string | undefined): Promise<Declarations> {
  if (ref === undefined) return declarationsOf(JSON.stringify(emptySpec));
  return bundle(`at ${ref}`, (folder) => {
    for (const path of filesAt(ref, 'spec')) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), git('show', `${ref}:${path}`));
    }
  });
}

/** The spec in the working tree, bundled, with the types made from it. */
export function currentSpec(): Promise<Declarations> {
  return bundle('in the working tree', (folder) => {
    cpSync(join(root, 'spec'), join(folder, 'spec'), {
      recursive: true,
      filter: (path) => !/[/\\](node_modules|dist)$/.test(path),
    });
  });
}

/** Bundles the spec that `copy` puts into a temporary folder. */
async function bundle(where: string, copy: (folder: string) => void): Promise<Declarations> {
  const folder = mkdtempSync(join(tmpdir(), 'spec-'));
  const output = join(folder, 'bundled.json');
  try {
    copy(folder);
    redocly(join(folder, 'spec'), where, 'bundle', 'openapi.yaml', '--output', output);
    return await declarationsOf(readFileSync(output, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function declarationsOf(bundled: string): Promise<Declarations> {
  const document = JSON.parse(bundled);
  return { document, generated: await generateTypes(document) };
}
