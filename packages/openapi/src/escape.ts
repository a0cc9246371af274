// Strings of a document are data: these functions escape them for display.

/**
 * A text on one line of visible characters. Characters that end a line, move a cursor, change colors or turn the direction of
 * a text are escaped.
 *
 * @example visible('a\nb\u001b[2J') // 'a\\nb\\u001b[2J'
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** A text as a code span of Markdown, without links, mentions or HTML. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown.trim() === '') return `\`"${shown}"\``;
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  let fence = '`';
  while (runs.includes(fence.length)) fence += '`';
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * Markdown as a cell of a table: `|` does not end it.
 *
 * @see https://github.github.com/gfm/#tables-extension- : a cell ends at a `|` that an even number of backslashes precede,
 *   also within a code span.
 */
export function tableCell(markdown: string): string {
  return markdown.replaceAll(/(\\*)\|/g, (_, before: string) =>
    before.length % 2 === 0 ? `${before}\\|` : `${before}\\\\|`,
  );
}
