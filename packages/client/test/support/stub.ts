import OrgClient, { type ClientOptions } from '../../src/index.ts';

/** What a stub `fetch` was called with. */
interface Sent {
  url: URL;
  init: RequestInit;
  headers: Headers;
}

/** What a stub answers to one request: a response, an error to throw, or a function that makes either. */
export type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

export const adminAPIKey = 'sk-admin-secret-0123456789';

/** A `fetch` that gives these answers, one after another, the last one for ever; and what it was sent. */
export function stubFetch(...answers: Answer[]) {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const request = { url: new URL(url), init, headers: new Headers(init.headers) };
    sent.push(request);
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (typeof answer === 'function') return answer(request);
    if (answer instanceof Error) throw answer;
    return answer?.clone() ?? json(page());
  };
  return { fetch, sent };
}

/** A client on a stub `fetch`, with no environment to speak of and no waits to speak of. */
export function stubClient(answers: Answer[] = [], options: ClientOptions = {}) {
  const { fetch, sent } = stubFetch(...answers);
  const client = new OrgClient({ adminAPIKey, fetch, logLevel: 'off', ...options });
  return { client, sent, users: client.admin.organization.users };
}

export function json(body: unknown, init: ResponseInit = {}): Response {
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req_1', ...init.headers };
  return new Response(JSON.stringify(body), { ...init, headers });
}

/** A failure that is retried at once. */
export function failure(status: number, headers: Record<string, string> = {}): Response {
  const error = { message: 'No.', type: 'test_error', param: null, code: 'no' };
  return json({ error }, { status, headers: { 'retry-after-ms': '0', ...headers } });
}

export function page(ids: string[] = [], rest: object = {}): object {
  const data = ids.map((id) => ({ object: 'organization.user', id, added_at: 1 }));
  const [first_id, last_id] = [ids.at(0) ?? null, ids.at(-1) ?? null];
  return { object: 'list', data, first_id, last_id, has_more: false, ...rest };
}

/** Answers as a server does that has these pages, by the cursor that each one ends with. */
export function pages(...ids: string[][]): Answer {
  return ({ url }) => {
    const after = url.searchParams.get('after');
    const index = after === null ? 0 : ids.findIndex((page) => page.at(-1) === after) + 1;
    return json(page(ids[index], { has_more: index < ids.length - 1 }));
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What a call rejects with. */
export async function rejection(
  call: PromiseLike<unknown>,
): Promise<Error & Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('The call did not reject.');
}
