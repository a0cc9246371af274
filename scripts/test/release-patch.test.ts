import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'release-patch-'));
const changelog = 'packages/client/CHANGELOG.md';
const manifest = 'packages/client/package.json';
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  clone.write('.changeset/mine.md', "---\n'@org/types': minor\n---\n\nMine.\n");
  clone.write(changelog, '# @org/client\n\n## 0.0.0\n\nThe beginning.\n');
  clone.commit('Before the release');
});
afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) => join(clone.path, path);

/** What is wrong with the patch that results from a change of the clone, if the release's pull request refuses it. */
function refusal(change: () => void): string {
  change();
  clone.git(
    'add',
    '--all',
    '--force',
    ...clone.git('ls-files', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean),
  );
  clone.git('add', '--update');
  const patch = join(folder, 'release.patch');
  writeFileSync(patch, clone.git('diff', '--cached', '--binary', '--find-renames', 'HEAD'));
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-ffdq', '--', 'packages', '.changeset', 'scripts');
  const { code, stderr } = clone.script('release/pull-request.ts', patch);
  expect(code).toBe(1);
  // Neither the working tree nor the index has the patch.
  expect(clone.git('status', '--porcelain')).toBe('');
  return stderr;
}

function setVersion(path: string, version: string): void {
  clone.write(
    path,
    clone.read(path).replace(/^ {2}"version": "[^"]+"/m, `  "version": "${version}"`),
  );
}

describe('the pull request of a release refuses', () => {
  test.each<[string, string, () => void]>([
    [
      'a file that is renamed to a changeset',
      'scripts/dev/pr-comment.ts',
      () => renameSync(at('scripts/dev/pr-comment.ts'), at('.changeset/x.md')),
    ],
    [
      'a changeset that is renamed to a script',
      'scripts/mine.ts',
      () => renameSync(at('.changeset/mine.md'), at('scripts/mine.ts')),
    ],
    [
      'a changeset that is renamed within its folder',
      '.changeset/other.md',
      () => renameSync(at('.changeset/mine.md'), at('.changeset/other.md')),
    ],
    ['a new changeset', '.changeset/new.md', () => clone.write('.changeset/new.md', 'New.')],
    [
      'a changed changeset',
      '.changeset/mine.md',
      () => clone.append('.changeset/mine.md', 'More.'),
    ],
    [
      'a changed README of the changesets',
      '.changeset/README.md',
      () => clone.remove('.changeset/README.md'),
    ],
    [
      'a changed configuration of the changesets',
      '.changeset/config.json',
      () => clone.edit('.changeset/config.json', 'public', 'restricted'),
    ],
    [
      'the start of a prerelease',
      '.changeset/pre.json',
      () => clone.write('.changeset/pre.json', '{ "mode": "pre", "tag": "latest" }'),
    ],
    [
      'a changeset of a prerelease that was not there',
      '.changeset/pre/new.md',
      () => {
        mkdirSync(at('.changeset/pre'));
        clone.write('.changeset/pre/new.md', 'New.');
      },
    ],
    [
      'a changeset of a prerelease with another text',
      '.changeset/pre/mine.md',
      () => {
        mkdirSync(at('.changeset/pre'));
        renameSync(at('.changeset/mine.md'), at('.changeset/pre/mine.md'));
        clone.append('.changeset/pre/mine.md', 'More.');
      },
    ],
    [
      'a changelog that is a symbolic link',
      'mode 120000',
      () => {
        clone.remove(changelog);
        symlinkSync('/etc/passwd', at(changelog));
      },
    ],
    [
      'a new changelog that is a symbolic link',
      'mode 120000',
      () => symlinkSync('/etc/passwd', at('packages/mock/CHANGELOG.md')),
    ],
    ['an executable changelog', 'mode 100755', () => chmodSync(at(changelog), 0o755)],
    ['an executable manifest', 'mode 100755', () => chmodSync(at(manifest), 0o755)],
    ['a changelog that lost lines', changelog, () => clone.edit(changelog, 'The beginning.\n', '')],
    ['a changelog that is removed', changelog, () => clone.remove(changelog)],
    [
      'a changelog of another package',
      'packages/bench/CHANGELOG.md',
      () => clone.write('packages/bench/CHANGELOG.md', '# New'),
    ],
    [
      'an install script',
      'a release changes the version only',
      () => clone.edit(manifest, '"scripts": {', '"scripts": {\n    "postinstall": "curl evil",'),
    ],
    [
      'an install script on the line of another key',
      'a release changes the version only',
      () => clone.edit(manifest, '"scripts": {', '"scripts": { "postinstall": "curl evil",'),
    ],
    [
      'a changed script',
      'a release changes the version only',
      () => clone.edit(manifest, '"build": "tsdown"', '"build": "curl evil"'),
    ],
    [
      'a second key of one name',
      'a release changes the version only',
      () => clone.edit(manifest, '"type": "module",', '"type": "module",\n  "scripts": {},'),
    ],
    [
      'the version of a key that is not the package',
      'packages/types/package.json',
      () =>
        clone.write(
          'packages/types/package.json',
          clone
            .read('packages/types/package.json')
            .replace(/("spec": \{\s+"version": )"[^"]+"/, '$1"9.9.9"'),
        ),
    ],
    [
      'a version that is an address',
      manifest,
      () => setVersion(manifest, 'https://evil.test/x.tgz'),
    ],
    [
      'a range of another package',
      manifest,
      () => clone.edit(manifest, '"openapi-fetch": "catalog:"', '"openapi-fetch": "0.0.1"'),
    ],
    [
      'a range of a released package that leads elsewhere',
      manifest,
      () => clone.edit(manifest, '"@org/types": "workspace:*"', '"@org/types": "file:../evil"'),
    ],
    [
      'a manifest of another package',
      'packages/bench/package.json',
      () => setVersion('packages/bench/package.json', '9.9.9'),
    ],
    [
      'a comma that is removed after the version',
      'a release changes the version only',
      () => clone.edit(manifest, '"version": "0.0.0",', '"version": "0.0.1"'),
    ],
    ...['1', '01.0.0', '~1.0.0', '1.0.0-..', '1.0.0+x', `${'9'.repeat(400)}.0.0`, ''].map(
      (version): [string, string, () => void] => [
        `the version ${version.slice(0, 20)}`,
        'expected a version, not',
        () => setVersion(manifest, version),
      ],
    ),
    ...['0.0.0-next.1', '0.0.0-0'].map((version): [string, string, () => void] => [
      `the lower version ${version}`,
      'expected a version above 0.0.0',
      () => setVersion(manifest, version),
    ]),
    [
      'a new changelog that is binary',
      'a release only adds lines',
      () => writeFileSync(at('packages/mock/CHANGELOG.md'), Buffer.from([0, 1, 2, 255])),
    ],
    ['a removed manifest', manifest, () => clone.remove(manifest)],
    [
      'versions that differ',
      'share one version, not 0.0.0, 9.9.9, 0.0.0',
      () => setVersion(manifest, '9.9.9'),
    ],
    [
      'the settings of a package manager',
      'packages/client/.npmrc',
      () => clone.write('packages/client/.npmrc', 'registry=https://evil.test'),
    ],
    ['a changed lockfile', 'pnpm-lock.yaml', () => clone.append('pnpm-lock.yaml', '# More')],
    [
      'a changed workflow',
      '.github/workflows/ci.yml',
      () => clone.append('.github/workflows/ci.yml', '# More'),
    ],
    [
      'a submodule',
      'mode 160000',
      () => {
        const path = 'packages/client/module';
        clone.git('init', '-q', path);
        const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
        clone.git('-C', path, ...author, 'commit', '-q', '--allow-empty', '-m', 'Start');
      },
    ],
    [
      'a name with a line break',
      'packages/client/package.json%0ACHANGELOG.md: a release does not change this file',
      () => clone.write('packages/client/package.json\nCHANGELOG.md', 'New'),
    ],
    [
      'a name that writes to the terminal',
      'x%1B[2J%0A::add-mask::a: a release does not change this file',
      () => clone.write('packages/client/x\u001b[2J\n::add-mask::a', 'New'),
    ],
  ])('%s', (_, expected, change) => {
    expect(refusal(change)).toContain(expected);
  });

  test('a patch that does not apply', () => {
    const patch = join(folder, 'broken.patch');
    writeFileSync(
      patch,
      clone.git('diff', '4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'HEAD', '--', manifest),
    );
    const { code, stderr } = clone.script('release/pull-request.ts', patch);
    expect(code).toBe(1);
    expect(stderr).toContain('The patch does not apply to this commit:');
  });
});
