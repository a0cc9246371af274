import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../../lib/git.ts';
import { root } from '../../lib/repo.ts';

/** A fenced block of a document. */
export interface Block {
  /** The document, from the repository's root. */
  path: string;
  /** The line that the block starts at. */
  line: number;
  language: string;
  code: string;
  /** The HTML comment right before the block: how a test runs it, or why none does. */
  marker: string | undefined;
}

/** The Markdown files that are written by hand, but for changesets and templates. */
export const documents: readonly string[] = git(
  ...['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
)
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)))
  .filter((path) => !/^\.changeset\/(?!README)|CHANGELOG\.md$|^\.github\//.test(path));

/** Languages whose blocks are run. */
const aliases: Record<string, string> = {
  ...{ typescript: 'ts', tsx: 'ts', mts: 'ts', javascript: 'js', jsx: 'js', mjs: 'js', cjs: 'js' },
  ...{ python: 'py', bash: 'sh', shell: 'sh', console: 'sh', zsh: 'sh' },
};
export const runnable: readonly string[] = ['ts', 'js', 'py', 'sh'];

/** The fenced blocks of a document, or of the section below one of its headings. */
export function blocks(path: string, heading?: string): Block[] {
  return parseBlocks(readFileSync(join(root, path), 'utf8'), path, heading);
}

/** The same of a text. */
export function parseBlocks(text: string, path: string, heading?: string): Block[] {
  const pattern = /(?:^<!-- ([^\n]*?) -->\n+)?^([`~]{3,})(\S*)[^\n]*\n(.*?)^\2/gms;
  return [...section(text, heading).matchAll(pattern)].map((match) => {
    const [, marker, , language = '', code = ''] = match;
    const line = text.slice(0, text.indexOf(match[0])).split('\n').length;
    return { path, line, language: aliases[language] ?? language, code, marker };
  });
}

function section(text: string, heading: string | undefined): string {
  if (heading === undefined) return text;
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`Expected a heading ${JSON.stringify(heading)}.`);
  const rest = text.slice(start + heading.length + 1);
  const end = rest.search(/^#{1,2} /m);
  return end < 0 ? rest : rest.slice(0, end);
}

/** How a block is run, by its marker and its document. */
export type Way =
  /** In an empty folder with the packed packages. */
  | 'consumer'
  /** In a clone of the repository. */
  | 'clone'
  /** In this repository: it changes nothing that git sees, and needs what was built. */
  | 'here'
  /** By the tests of an example, which it quotes. */
  | 'example'
  /** By another test or script, which the marker names. */
  | 'elsewhere'
  /** Not at all, for the reason that the marker has. */
  | 'never';

/** @throws {Error} where a marker is not one of those that CONTRIBUTING lists */
export function wayOf({ path, language, code, marker }: Block): Way {
  if (marker?.startsWith('from examples/')) return 'example';
  if (/^not run: .{15,}/.test(marker ?? '')) return 'never';
  if (/^run by \S+$/.test(marker ?? '')) return 'elsewhere';
  if (marker === 'in the working tree') return 'here';
  if (marker !== undefined && !['serves', 'with a mock'].includes(marker))
    throw new Error(`Unknown marker: <!-- ${marker} -->`);
  const isForUsers = /^(packages\/(client|mock|types)\/README|docs\/guides\/.*)\.md$/.test(path);
  const isForAnotherProject = language !== 'sh' || code.startsWith('npm ');
  return isForUsers || (path === 'README.md' && isForAnotherProject) ? 'consumer' : 'clone';
}

/**
 * What a program prints by its own comments, line by line: `console.log(1); // 1`, or the comment in the next line.
 */
export function printedBy(code: string): string[] {
  return [...code.matchAll(/^ *.*console\.log\(.*\);(?: |\n *)\/\/ (.*)$/gm)].map(
    ([, text = '']) => text,
  );
}
