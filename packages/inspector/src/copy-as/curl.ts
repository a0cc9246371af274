import type { RecordedRequest } from '../api/types.ts';
import { jsonOf } from './literal.ts';

/** The variable of the environment that the client takes its key from. The key itself is never copied. */
const keyVariable = 'OPENAI_ADMIN_KEY';

/** What is not visible, besides the ends of lines and tabs. */
const hidden = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u;

/** The request as a command for a POSIX shell. `origin` is the mock's address. */
export function curl(
  request: Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>,
  origin: string,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    for (const one of [value].flat()) query.append(name, one);
  }
  const search = query.size === 0 ? '' : `?${query}`;
  // Brackets and braces are ranges to curl: `[1-9]` would be nine requests.
  const glob = /[[\]{}]/.test(request.path) ? ['--globoff'] : [];
  const method = request.method === 'GET' ? [] : ['-X', word(request.method)];
  const address = quote(`${origin}${request.path}${search}`);
  const parts = [['curl', ...method, ...glob, address].join(' ')];
  parts.push(`-H "Authorization: Bearer $${keyVariable}"`);
  if (request.body !== undefined) {
    const body = typeof request.body === 'string' ? request.body : jsonOf(request.body);
    // Not `-d`, which takes a text that begins with @ for the name of a file.
    parts.push(`-H 'Content-Type: application/json'`, `--data-raw ${quote(body)}`);
  }
  return parts.join(' \\\n  ');
}

/** A plain word needs no quotes. */
function word(text: string): string {
  return /^\w+$/.test(text) ? text : quote(text);
}

/**
 * One word for the shell, whatever it contains. A terminal acts on control characters that are pasted, and shows others in
 * a different order: they are escaped.
 */
export function quote(word: string): string {
  if (!hidden.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word
    .replaceAll(/['\\]/g, '\\$&')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      [...new TextEncoder().encode(character)]
        .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
        .join(''),
    );
  return `$'${escaped}'`;
}
