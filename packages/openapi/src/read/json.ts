import type { Problem } from '../problems.ts';

/**
 * The value of a JSON text; undefined if it is not JSON, or has a key twice in one object, which `JSON.parse` accepts. A
 * parser of YAML reports where that is.
 */
export function parseJSON(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
  return hasRepeatedKey(text) ? undefined : value;
}

/** Reports a text that only a reader of YAML accepts: other tools refuse it. */
export function looseJSON(file: string, text: string): Problem | undefined {
  try {
    JSON.parse(withoutMark(text));
    return undefined;
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(' in JSON');
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0);
    const before = text.slice(0, position);
    const lines = before.split('\n');
    const location = { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    const end = text[position] ?? '';
    const isComma = /,\s*$/.test(before) && /[}\]]/.test(end);
    const detail = isComma
      ? `found \`${end}\` after a comma: remove the comma before it`
      : /^\/[/*]/.test(text.slice(position))
        ? 'found a comment, which JSON does not have: remove it'
        : end === "'"
          ? 'found a single quote: write `"`'
          : reason;
    return { id: 'syntax', message: `Invalid JSON: ${detail}.`, location, place: file };
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Strings, with the colon behind a key, and what objects and arrays begin and end with. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs;

/** @param text that is valid JSON */
function hasRepeatedKey(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const key = token.slice(0, -colon.length);
      const keys = open.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
