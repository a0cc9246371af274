import type { RecordedRequest } from '../api/types.ts';

/** The variable of the environment that the client takes its key from. The key itself is never copied. */
const keyVariable = 'OPENAI_ADMIN_KEY';

/** The request as a command for a POSIX shell. `origin` is where the mock listens. */
export function curl(
  request: Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>,
  origin: string,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    for (const one of [value].flat()) query.append(name, one);
  }
  const search = query.size === 0 ? '' : `?${query}`;
  const parts = [`curl ${quote(`${origin}${request.path}${search}`)}`];
  if (request.method !== 'GET')
    parts[0] = parts[0]?.replace('curl', `curl -X ${request.method}`) ?? '';
  parts.push(`-H "Authorization: Bearer $${keyVariable}"`);
  if (request.body !== undefined) {
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
    parts.push(`-H 'Content-Type: application/json'`, `-d ${quote(body)}`);
  }
  return parts.join(' \\\n  ');
}

/** One word for the shell, whatever it contains. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
