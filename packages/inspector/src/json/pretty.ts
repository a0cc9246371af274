const pieces = /"[^"\\]*(?:\\.[^"\\]*)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+|[^\s"{}[\],:]+/g;

/**
 * Formatted JSON; text that does not parse is returned unchanged. Only the space between tokens changes:
 * numbers that JavaScript cannot hold keep their digits.
 */
export function prettyJSON(text: string): string {
  if (!isJSON(text)) return text;
  let indent = '\n';
  return text.replaceAll(pieces, (piece) => {
    if (piece === ':') return ': ';
    if (piece === ',') return `,${indent}`;
    if (piece === '{' || piece === '[') {
      indent += '  ';
      return piece + indent;
    }
    if (piece === '}' || piece === ']') {
      indent = indent.slice(0, -2);
      return indent + piece;
    }
    // Space, also in an empty object or array. Strings begin with a quote.
    return piece.startsWith('"') ? piece : piece.replaceAll(/\s/g, '');
  });
}

function isJSON(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
