import { execFileSync } from 'node:child_process';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';

/**
 * Runs git in the repository and returns what it printed. Environment variables may come first. Throws if git fails.
 */
export function git(...args: [env: Record<string, string>, ...args: string[]] | string[]): string {
  const [first, ...rest] = args;
  const env = typeof first === 'object' ? first : {};
  return execFileSync(
    'git',
    [...(typeof first === 'string' ? [first] : []), ...(rest as string[])],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

/** The tag of the last release that this commit descends from, or undefined before the first release. */
export function lastRelease(): string | undefined {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', '@org/types@*').trim();
  } catch {
    return undefined;
  }
}

/** The default base of a comparison. */
export interface Base {
  /** A git ref; undefined if nothing is committed yet. */
  ref: string | undefined;
  /** Its name in a sentence: `@org/types@1.2.0`, `1a2b3c4 (merge base with origin/main; no release yet)`. */
  name: string;
}

/** The last release; before the first one, the merge base with the main branch, else the last commit. */
export function defaultBase(): Base {
  const release = lastRelease();
  if (release !== undefined) return { ref: release, name: release };
  for (const main of ['origin/HEAD', 'origin/main', 'main']) {
    const commit = tryGit('merge-base', 'HEAD', main);
    if (commit === undefined) continue;
    const branch = tryGit('rev-parse', '--abbrev-ref', main) ?? main;
    const short = git('rev-parse', '--short', commit).trim();
    return { ref: commit, name: `${short} (merge base with ${branch}; no release yet)` };
  }
  const head = tryGit('rev-parse', '--short', 'HEAD');
  if (head !== undefined) return { ref: head, name: `${head} (the last commit; no release yet)` };
  return { ref: undefined, name: 'the beginning' };
}

function tryGit(...args: string[]): string | undefined {
  try {
    return git(...args).trim();
  } catch {
    return undefined;
  }
}

/** The content of a file at a git ref, or undefined if the ref does not have it. */
export function fileAt(ref: string, path: string): string | undefined {
  try {
    return git('show', `${ref}:${path}`);
  } catch {
    return undefined;
  }
}

/** A file of a git tree. */
export interface Blob {
  path: string;
  mode: string;
  id: string;
}

/**
 * The files below a folder at a git ref, without those of submodules.
 *
 * @throws {CommandError} if the ref does not exist
 */
export function blobsAt(ref: string, folder: string): Blob[] {
  try {
    git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    throw new CommandError(
      `Unknown commit ${JSON.stringify(ref)}. Pass a branch, a tag or a commit as --base; in a shallow clone, run first: git fetch --unshallow --tags`,
    );
  }
  const entries = git('ls-tree', '-r', '-z', '--full-tree', ref, '--', folder).split('\0');
  return entries.filter(Boolean).flatMap((entry) => {
    // `<mode> <type> <object>\t<path>`; the path may have any character but NUL.
    const end = entry.indexOf('\t');
    const [mode = '', type, id = ''] = entry.slice(0, end).split(' ');
    return type === 'blob' ? [{ path: entry.slice(end + 1), mode, id }] : [];
  });
}

/** The texts of all files below a folder at a git ref, by path: one process for all, since each takes its time. */
export function textsAt(ref: string, folder: string): Map<string, string> {
  const blobs = blobsAt(ref, folder);
  // Git itself would not check out such a tree, but a tree may have any name.
  const outside = blobs.find(({ path }) => /(^|\/)(\.\.?|\.git)(\/|$)/i.test(path));
  if (outside !== undefined) {
    throw new CommandError(
      `The tree at ${ref} has the path ${JSON.stringify(outside.path)}, which is outside of its folder. Compare with another commit.`,
    );
  }
  const output = execFileSync('git', ['cat-file', '--batch'], {
    cwd: root,
    input: blobs.map(({ id }) => `${id}\n`).join(''),
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = new Map<string, string>();
  let at = 0;
  for (const { path } of blobs) {
    // `<object> blob <size>`, the content, and an end of line.
    const end = output.indexOf('\n', at);
    const size = Number(output.toString('utf8', at, end).split(' ').at(-1));
    texts.set(path, output.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}
