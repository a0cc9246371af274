import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest, root } from '../lib/repo.ts';

const { scripts = {} } = readManifest();
/** `pnpm x` → the program and its arguments, but for tools that are run as they are: knip, stryker … */
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const last = command.split(' && ').at(-1) ?? '';
  const [program, ...args] = last.split(' ');
  return program === 'node' ? [{ name, args }] : [];
});

describe('every command', () => {
  test.each(commands)('pnpm $name prints its help, and does nothing else', ({ name, args }) => {
    const help = execFileSync(process.execPath, [...args, '--help'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(help).toMatch(new RegExp(`^Usage: pnpm ${name} \\[(options|flags)\\]`));
    expect(help).not.toContain('org-mock');
    expect(help).toContain('--help');
  });

  // `demo` and `test` would run if the flag were not refused.
  test.each(commands)(
    'pnpm $name names the flag that a misspelled one may mean',
    ({ name, args }) => {
      const { status, stderr } = spawnSync(process.execPath, [...args, '--hlep'], {
        cwd: root,
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect(status).toBeGreaterThan(0);
      expect(stderr).toContain("Unknown option '--hlep'. Did you mean --help?\n");
      expect(stderr).toContain(`pnpm ${name} --help`);
    },
  );

  test('pnpm test:examples names the examples that there are when one is misspelled', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/dev/test-examples.ts', 'jes'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no example "jes"\. Expected: docs, .*jest, .*vitest\.$/m);
  });

  test('is in package.json, or is run by a workflow', () => {
    const files = globSync('scripts/{spec,release,dev}/*.ts', { cwd: root });
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

  test('has a description, a Node.js version, and an address for bugs', () => {
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
