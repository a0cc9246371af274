import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest, root } from '../lib/repo.ts';

const { scripts = {} } = readManifest();
/** `pnpm x` → the file that does it, where it is one of ours that prints its own help. */
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /(?:^|&& )node (scripts\/[\w-]+\.ts)$/.exec(command) ?? [];
  return file && readFileSync(join(root, file), 'utf8').includes('runCommand')
    ? [{ name, file }]
    : [];
});

describe('every command', () => {
  test.each(commands)('pnpm $name prints its help, and does nothing else', ({ name, file }) => {
    const help = execFileSync(process.execPath, [join(root, file), '--help'], { encoding: 'utf8' });
    expect(help).toMatch(new RegExp(`^Usage: pnpm ${name} \\[options\\]`));
    expect(help).toContain('--help');
  });

  test('is in package.json, or is run by a workflow', () => {
    const files = globSync('scripts/*.ts', { cwd: root }).filter(
      (path) => !path.includes('vitest.'),
    );
    const workflows = globSync('.github/workflows/*.yml', { cwd: root })
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const known = `${Object.values(scripts).join('\n')}\n${workflows}`;
    expect(files.filter((path) => !known.includes(path))).toEqual([]);
  });
});

const manifests = globSync('{.,spec,scripts,packages/*}/package.json', { cwd: root });

describe.each(manifests)('%s', (path) => {
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8'));

  test('says what it is, for which Node.js, and where to report a bug', () => {
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/\w/),
      license: 'MIT',
      author: expect.any(String),
      homepage: expect.stringContaining('https://'),
      bugs: { url: expect.stringContaining('/issues') },
      repository: { type: 'git' },
      engines: { node: expect.stringMatching(/^>=/) },
    });
    if (!manifest.private) expect(manifest.keywords.length).toBeGreaterThan(3);
  });
});
