import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clone } from '@org/test-suite/clone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mergeSection } from '../lib/comment.ts';
import { root } from '../lib/repo.ts';
import { GitHub } from './support/github.ts';

let github: GitHub;
let folder: string;
beforeEach(async () => {
  github = await GitHub.start();
  folder = mkdtempSync(join(tmpdir(), 'pull-requests-'));
});
afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a script as a workflow does; gives its output, or rejects with it. */
async function script(path: string, args: string[], env: Record<string, string> = {}) {
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args], {
    cwd: join(path, '../..'),
    env: { ...process.env, ...github.env, ...env },
  });
  return stdout;
}

describe('the comment on a pull request', () => {
  const sha = 'a'.repeat(40);
  const comment = async (section: string, report: string) => {
    writeFileSync(join(folder, 'report.md'), report);
    const event = {
      workflow_run: {
        head_sha: sha,
        head_branch: 'a branch',
        head_repository: { owner: { login: 'stranger' } },
      },
    };
    writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
    const program = join(root, 'scripts/dev/pr-comment.ts');
    return script(program, [section, join(folder, 'report.md')], {
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
    });
  };

  test('is written to the pull request that GitHub names, also of a fork', async () => {
    github.answers.set('GET /pulls', [
      { number: 6, head: { sha: 'b'.repeat(40) } },
      { number: 7, head: { sha } },
    ]);
    github.answers.set('GET /issues/7/comments', []);
    github.answers.set('POST /issues/7/comments', {});
    expect(await comment('spec', 'One change.')).toContain('Commented on #7.');
    expect(github.calls[0]?.path).toBe('/pulls?state=open&head=stranger%3Aa%20branch');
    expect(github.written).toMatchObject([
      { method: 'POST', body: { body: expect.stringContaining('One change.') } },
    ]);
  });

  test('is updated, and not written a second time', async () => {
    const body = mergeSection(mergeSection('', 'spec', 'Old.'), 'snapshot', 'npm install x');
    github.answers.set('GET /pulls', [{ number: 7, head: { sha } }]);
    github.answers.set('GET /issues/7/comments', [
      { id: 1, body, user: { type: 'User' } },
      { id: 2, body, user: { type: 'Bot' } },
    ]);
    github.answers.set('PATCH /issues/comments/2', {});
    await comment('spec', 'New.');
    const [update] = github.written;
    expect(update).toMatchObject({ method: 'PATCH', path: '/issues/comments/2' });
    const text = JSON.stringify(update?.body);
    expect(text).toContain('New.');
    expect(text).not.toContain('Old.');
    expect(text).toContain('npm install x');
  });

  test('is not written where the pull request has moved on', async () => {
    github.answers.set('GET /pulls', [{ number: 7, head: { sha: 'b'.repeat(40) } }]);
    expect(await comment('spec', 'Late.')).toContain('the branch has newer commits');
    expect(github.written).toEqual([]);
  });

  test('cannot break out of its section, mention people or grow without bounds', () => {
    const body = mergeSection(
      mergeSection('', 'snapshot', 'npm install x'),
      'spec',
      `<!-- /spec -->\n<!-- snapshot -->\nnpm install evil\n<!-- /snapshot --> @everyone &#64;one &#x0040two &commat;three @&#102;our ${'x'.repeat(99_999)}`,
    );
    expect(body.match(/<!-- snapshot -->/g)).toHaveLength(1);
    // A character reference is the character that it names.
    expect(body).not.toMatch(/(@|&#64;|&#x0040|&commat;)[\w&]/);
    expect(body.length).toBeLessThan(60_000);
    // The other section is still the one that was there.
    expect(mergeSection(body, 'spec', '')).toContain('<!-- snapshot -->\nnpm install x\n');
  });
});

describe('the release', () => {
  let clone: Clone;
  let remote: string;
  beforeEach(() => {
    clone = new Clone();
    remote = join(folder, 'remote.git');
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
    clone.git('remote', 'add', 'origin', remote);
    for (const name of ['types', 'client', 'mock']) {
      clone.edit(`packages/${name}/package.json`, '  "version": "0.0.0"', '  "version": "1.2.3"');
    }
    clone.commit('Version 1.2.3');
    clone.git('push', '-q', 'origin', 'main');
  });
  afterEach(() => clone.remove());
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', remote, ...args], { encoding: 'utf8' });

  test('opens a pull request from the patch of versions and changelogs', async () => {
    clone.write('.changeset/mine.md', "---\n'@org/types': minor\n---\n\nMine.\n");
    clone.commit('Add a changeset');
    clone.git('push', '-q', 'origin', 'main');
    const patch = join(folder, 'release.patch');
    expect(clone.script('release/version.ts', '--patch', patch).code).toBe(0);
    clone.git('reset', '-q', '--hard');

    github.answers.set('GET /pulls', []);
    github.answers.set('POST /pulls', { number: 8 });
    const program = join(clone.path, 'scripts/release/pull-request.ts');
    expect(await script(program, [patch])).toContain('Opened pull request #8.');
    expect(github.written[0]?.body).toMatchObject({ head: 'release', base: 'main' });
    const changed = git('diff', '--name-only', 'main', 'release').trim().split('\n');
    expect(changed).toContain('packages/types/CHANGELOG.md');
    expect(changed).toContain('.changeset/mine.md');

    // The next merge updates it.
    clone.git('switch', '-q', 'main');
    github.answers.set('GET /pulls', [{ number: 8 }]);
    expect(await script(program, [patch])).toContain('Updated pull request #8.');
  });

  test('refuses a patch that touches anything else', async () => {
    clone.append('scripts/release/tag.ts', '// evil\n');
    writeFileSync(join(folder, 'release.patch'), clone.git('diff'));
    clone.git('reset', '-q', '--hard');
    const program = join(clone.path, 'scripts/release/pull-request.ts');
    await expect(script(program, [join(folder, 'release.patch')])).rejects.toThrow(
      'The patch also changes:\nscripts/release/tag.ts',
    );
    expect(git('branch', '--list', 'release')).toBe('');
  });

  test('pushes its tags although main has moved meanwhile', async () => {
    const released = clone.git('rev-parse', 'HEAD').trim();
    const other = join(folder, 'other');
    execFileSync('git', ['clone', '-q', remote, other]);
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    execFileSync('git', [...author, 'commit', '-q', '--allow-empty', '-m', 'Move'], { cwd: other });
    execFileSync('git', ['push', '-q'], { cwd: other });

    const release = {
      tag: 'latest',
      packages: [{ name: '@org/types', version: '1.2.3', file: 'types.tgz' }],
    };
    writeFileSync(join(folder, 'release.json'), JSON.stringify(release));
    await script(join(clone.path, 'scripts/release/tag.ts'), [folder]);
    expect(git('rev-parse', '@org/types@1.2.3^{commit}').trim()).toBe(released);
    expect(git('rev-parse', 'main').trim()).not.toBe(released);
  });

  test.each([
    ['another package', '@org/evil', '1.2.3', 'is not a release'],
    ['a name like that of a property', 'constructor', '1.2.3', 'is not a release'],
    ['another version', '@org/types', '99.0.0', 'the version of this commit is 1.2.3'],
  ])('pushes no tag of %s', async (_, name, version, problem) => {
    const packages = [{ name, version, file: 'types.tgz' }];
    writeFileSync(join(folder, 'release.json'), JSON.stringify({ tag: 'latest', packages }));
    const program = join(clone.path, 'scripts/release/tag.ts');
    await expect(script(program, [folder])).rejects.toThrow(problem);
    expect(git('tag')).toBe('');
  });

  test('tags the versions published by a failed run, and moves no existing tag', async () => {
    const before = clone.git('rev-parse', 'HEAD').trim();
    clone.git('tag', '@org/mock@1.2.3');
    clone.git('push', '-q', 'origin', '@org/mock@1.2.3');
    clone.git('tag', '-d', '@org/mock@1.2.3');
    clone.append('README.md', 'More.');
    clone.commit('More');
    const packages = ['types', 'client', 'mock'].map((name) => ({
      name: `@org/${name}`,
      version: '1.2.3',
      // The registry had the others already.
      ...(name === 'client' && { file: 'client.tgz' }),
    }));
    writeFileSync(join(folder, 'release.json'), JSON.stringify({ tag: 'latest', packages }));
    const program = join(clone.path, 'scripts/release/tag.ts');
    expect(await script(program, [folder])).toBe('Pushed @org/types@1.2.3, @org/client@1.2.3\n');
    const commits = packages.map(({ name }) => git('rev-parse', `${name}@1.2.3^{commit}`).trim());
    const released = clone.git('rev-parse', 'HEAD').trim();
    expect(commits).toEqual([released, released, before]);
    expect(await script(program, [folder])).toBe('All tags exist.\n');
  });

  test('a staged version counts as taken, and is tagged once it is approved', async () => {
    const program = join(clone.path, 'scripts/release/tag.ts');
    const packages = ['types', 'client', 'mock'].map((name) => ({
      name: `@org/${name}`,
      version: '1.2.3',
      file: `${name}.tgz`,
    }));
    writeFileSync(join(folder, 'release.json'), JSON.stringify({ tag: 'latest', packages }));
    // The third was not staged: the run failed.
    expect(await script(program, [folder, '--staged', 'types.tgz client.tgz '])).toBe(
      'Pushed staged/@org/types@1.2.3, staged/@org/client@1.2.3\n',
    );
    const staged = clone.git('rev-parse', 'HEAD').trim();
    clone.append('README.md', 'More.');
    clone.commit('More');

    // A stand-in for npm, whose registry has one of them.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const npm = 'case "$2" in @org/types@1.2.3) echo 1.2.3;; *) echo E404 >&2; exit 1;; esac';
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
    const path = { PATH: `${bin}:${process.env['PATH']}` };
    expect(await script(program, ['--approved'], path)).toBe(
      '@org/client@1.2.3 waits for approval. See: npm stage list\nPushed @org/types@1.2.3\n',
    );
    expect(git('tag').trim().split('\n')).toEqual(['@org/types@1.2.3', 'staged/@org/client@1.2.3']);
    expect(git('rev-parse', '@org/types@1.2.3^{commit}').trim()).toBe(staged);
  });
});
