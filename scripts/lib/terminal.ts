/**
 * A text of others without the characters that write over the terminal or change the order of the text. Line breaks are
 * encoded as well, except with `lines`.
 */
export function printable(text: string, { lines = false } = {}): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) =>
    lines && character === '\n' ? character : encodeURIComponent(character),
  );
}

/** The terminal's number of columns; no limit for files and pipes. */
const terminalWidth = (): number => process.stdout.columns || Number.POSITIVE_INFINITY;

/** Cuts a line of a table at the terminal's width, with an ellipsis, so that rows stay rows. */
export function cutLine(line: string, width = terminalWidth()): string {
  const characters = [...line];
  return characters.length <= width ? line : `${characters.slice(0, width - 1).join('')}…`;
}

/**
 * Puts a description beside its term, and wraps it at the terminal's width. If less than 20 columns
 * remain, the description begins on a new line.
 *
 * @example describe('--port', 'The port to listen on', 8, 20) // '--port  The port to\n        listen on'
 */
export function describe(
  term: string,
  description: string,
  indent: number,
  width = terminalWidth(),
): string {
  const beside = width - indent >= 20;
  const margin = ' '.repeat(beside ? indent : 4);
  const lines: string[] = [];
  for (const word of description.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && margin.length + last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const text = lines.join(`\n${margin}`);
  return beside ? `${term.padEnd(indent)}${text}` : `${term}\n${margin}${text}`;
}
