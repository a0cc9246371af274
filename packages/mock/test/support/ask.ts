import type { Mock } from '../../src/index.ts';

/** What came back, with the body parsed. */
export interface Reply {
  status: number;
  headers: Headers;
  body: AnyBody;
}

/** Whatever the server says: tests look into it freely. */
// biome-ignore lint/suspicious/noExplicitAny: the body of any answer
export type AnyBody = any;

/** The body of a response, parsed. */
export async function bodyOf(response: Response): Promise<AnyBody> {
  return response.json();
}

/** Asks a mock for the list, with a key unless the headers say otherwise. */
export async function ask(
  mock: Pick<Mock, 'fetch'>,
  search = '',
  init: RequestInit & { path?: string } = {},
): Promise<Reply> {
  const { path = '/v1/organization/users', ...rest } = init;
  const response = await mock.fetch(`http://mock.test${path}${search}`, {
    ...rest,
    headers: { authorization: 'Bearer sk-admin-test', ...(rest.headers as object) },
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // It is a text, then.
  }
  return { status: response.status, headers: response.headers, body };
}
