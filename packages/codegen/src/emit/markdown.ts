import { codeSpan, tableCell, visible } from '@org/openapi';

/**
 * A description as paragraphs of Markdown that are words and code spans alone: a heading, a list, a table, a link, HTML or
 * emphasis in a document is shown as it was typed.
 */
export function paragraphs(text: string): string {
  return linesOf(text)
    .map((line) => escapeLine(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same on one line, for a sentence, a tag or a list. */
export function inline(text: string): string {
  return escapeLine(linesOf(text).filter(Boolean).join(' '));
}

/** A name or a type as a code span in a cell of a table. */
export function codeCell(text: string): string {
  return tableCell(codeSpan(text));
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r]/).map((line) => visible(line.replaceAll('\t', ' ').trim()));
}

/** Code spans that end on their line stay; the words around them are escaped. */
function escapeLine(line: string): string {
  const [first = '', ...rest] = line.split(/(?<!`)(`[^`]+`)(?!`)/);
  const words = (part: string, i: number) => (i % 2 === 0 ? escapeWords(part) : part);
  return escapeStart([first, ...rest].map(words).join(''));
}

/** Characters with a meaning in Markdown within a line. */
function escapeWords(text: string): string {
  return text
    .replaceAll(/[\\`*~$]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=[([:])|\[(?=\^)/g, '\\$&');
}

/** Characters that begin a block of Markdown or a tag of JSDoc. */
function escapeStart(line: string): string {
  return line
    .replace(/^[#>=|@]|^[-+](?=\s|$|[-|:])|^:(?=-)/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
