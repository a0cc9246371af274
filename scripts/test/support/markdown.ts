import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../lib/repo.ts';

/** A fenced block of a document. */
export interface Block {
  language: string;
  code: string;
}

/** The fenced blocks of a document, or of the section below one of its headings. */
export function blocks(path: string, heading?: string): Block[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...section(text, heading).matchAll(/^```(\w+)\n(.*?)^```/gms)].map(
    ([, language = '', code = '']) => ({ language, code }),
  );
}

function section(text: string, heading: string | undefined): string {
  if (heading === undefined) return text;
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`Expected a heading ${JSON.stringify(heading)}.`);
  const rest = text.slice(start + heading.length + 1);
  const end = rest.search(/^#{1,2} /m);
  return end < 0 ? rest : rest.slice(0, end);
}
