import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GitHub } from '../support/github.ts';
import { Rehearsal, releasedNames } from './rehearsal.ts';

// A prerelease from `pre enter` to the stable release: each step builds on the one before it.
const folder = mkdtempSync(join(tmpdir(), 'prerelease-'));
let stage: Rehearsal;
let github: GitHub;

beforeAll(async () => {
  stage = await Rehearsal.start(folder);
  github = await GitHub.start();
  github.answers.set('GET /pulls', [{ number: 1 }]);
  const remote = join(folder, 'remote.git');
  stage.run(folder, 'git', ['init', '-q', '--bare', '-b', 'main', remote]);
  stage.clone.git('remote', 'add', 'origin', remote);
}, 900_000);
afterAll(async () => {
  await github?.stop();
  stage?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const changeset = (...args: string[]) =>
  stage.run(stage.clone.path, join(stage.clone.path, 'node_modules/.bin/changeset'), args);

/** Writes a changeset, so that there is something to release. */
function add(name: string): void {
  const bumps = releasedNames.map((each) => `'@org/${each}': minor`).join('\n');
  stage.clone.write(`.changeset/${name}.md`, `---\n${bumps}\n---\n\nAdds ${name}.\n`);
  stage.clone.commit(`Add ${name}`);
}

/** The next version, through the patch of the release pull request, which is merged. */
async function version(): Promise<string> {
  const patch = join(folder, 'release.patch');
  stage.script('release/version.ts', '--patch', patch);
  stage.clone.git('reset', '-q', '--hard');
  stage.clone.git('clean', '-fdq', '.changeset', 'packages');
  await stage.scriptWhileServing('release/pull-request.ts', [patch], github.env);
  stage.clone.git('fetch', '-q', 'origin');
  stage.clone.git('merge', '-q', '--ff-only', 'origin/release');
  return JSON.parse(stage.clone.read('packages/client/package.json')).version;
}

/** Packs and publishes as the workflow does; returns the dist-tag. */
function publish(name: string): string {
  const tarballs = join(folder, name);
  stage.script('release/pack.ts', '--out', tarballs);
  const { tag } = JSON.parse(readFileSync(join(tarballs, 'release.json'), 'utf8'));
  for (const each of releasedNames) {
    const flags = ['--ignore-scripts', '--tag', tag, '--provenance=false'];
    stage.run(tarballs, 'npm', ['publish', `${each}.tgz`, ...flags]);
  }
  return tag;
}

const distTags = () =>
  JSON.parse(stage.run(folder, 'npm', ['view', '@org/client', 'dist-tags', '--json']));

/** The version that `npm install @org/client@…` installs. */
function install(range: string): string {
  const home = join(folder, `install-${range}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  stage.run(home, 'npm', ['install', '--no-audit', '--no-fund', `@org/client@${range}`]);
  return JSON.parse(readFileSync(join(home, 'node_modules/@org/client/package.json'), 'utf8'))
    .version;
}

test('a prerelease is published under its own tag, and never as latest', async () => {
  changeset('pre', 'enter', 'next');
  add('one');
  expect(await version()).toBe('0.1.0-next.0');
  expect(stage.clone.has('.changeset/pre/one.md')).toBe(true);
  expect(publish('first')).toBe('next');
  expect(install('next')).toBe('0.1.0-next.0');
}, 900_000);

test('a snapshot of a pull request is possible meanwhile', () => {
  add('snapshot');
  const tarballs = join(folder, 'snapshot');
  stage.script('release/pack.ts', '--snapshot', 'pr-7', '--out', tarballs);
  const { tag, packages } = JSON.parse(readFileSync(join(tarballs, 'release.json'), 'utf8'));
  expect(tag).toBe('pr-7');
  expect(packages[0].version).toMatch(/^0\.0\.0-pr-7-\d+$/);
  stage.clone.git('reset', '-q', '--hard', 'HEAD~1');
  stage.clone.git('clean', '-fdq', '.changeset', 'packages');
}, 900_000);

test('the end of the prerelease is a stable release, and latest', async () => {
  changeset('pre', 'exit');
  stage.clone.commit('Exit');
  expect(await version()).toBe('0.1.0');
  expect(stage.clone.git('ls-files', '.changeset/pre', '.changeset/pre.json')).toBe('');
  expect(stage.clone.read('packages/client/CHANGELOG.md')).toContain('Adds one.');
  expect(publish('stable')).toBe('latest');
  // A registry takes the first version of a package as latest where there is no other.
  expect(distTags()).toEqual({ next: '0.1.0-next.0', latest: '0.1.0' });
  expect(install('latest')).toBe('0.1.0');
}, 900_000);
