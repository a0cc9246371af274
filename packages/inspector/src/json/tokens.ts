/** The kind of a token, for its color. */
type TokenKind = 'key' | 'string' | 'number' | 'word' | 'plain';

export interface Token {
  kind: TokenKind;
  text: string;
}

const pattern =
  /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Splits JSON, valid or not, into tokens that add up to the text. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, quoted, colon, number] = match;
    if (match.index > end) found.push({ kind: 'plain', text: text.slice(end, match.index) });
    if (quoted !== undefined) {
      found.push({ kind: colon === undefined ? 'string' : 'key', text: quoted });
      if (colon !== undefined) found.push({ kind: 'plain', text: colon });
    } else found.push({ kind: number === undefined ? 'word' : 'number', text: whole });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ kind: 'plain', text: text.slice(end) });
  return found;
}
