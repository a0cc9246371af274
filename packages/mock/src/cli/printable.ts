/** A text of others without what could write over the terminal. Lines stay lines where they are asked for. */
export function printable(text: string, { lines = false } = {}): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) =>
    lines && character === '\n' ? character : encodeURIComponent(character),
  );
}
