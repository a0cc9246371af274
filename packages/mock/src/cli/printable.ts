/**
 * A text of others without what could write over the terminal, or show it in another order. Lines stay lines where they
 * are asked for.
 */
export function printable(text: string, { lines = false } = {}): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) =>
    lines && character === '\n' ? character : encodeURIComponent(character),
  );
}
