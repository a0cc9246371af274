import { createMock } from '@org/mock';

/** The client's peers, and the floor below all of them: a `fetch`, and its response parsed. */
export const contenders = ['floor', '@org/client', 'openai', 'openapi-fetch', 'ky'] as const;
export type Contender = (typeof contenders)[number];

/** Something that has ids on a page. */
export interface Page {
  data: { id: string }[];
  last_id?: string | null;
  has_more: boolean;
}

type Fetch = typeof globalThis.fetch;

const baseURL = 'https://bench.test/v1';
const adminAPIKey = 'sk-admin-bench';

/** Each contender as a function that gets one page. */
export async function pageGetter(
  name: Contender,
  fetch: Fetch,
): Promise<(query: Query) => Promise<Page>> {
  switch (name) {
    case 'floor':
      return async ({ limit, after }) => {
        const response = await fetch(
          `${baseURL}/organization/users?limit=${limit}${after ? `&after=${after}` : ''}`,
          { headers: { authorization: `Bearer ${adminAPIKey}`, accept: 'application/json' } },
        );
        return response.json() as Promise<Page>;
      };
    case '@org/client': {
      const { OrgClient } = await import('@org/client');
      const client = new OrgClient({ adminAPIKey, baseURL, fetch });
      return async (query) => client.admin.organization.users.list(query);
    }
    case 'openai': {
      const { OpenAI } = await import('openai');
      const client = new OpenAI({ adminAPIKey, baseURL, fetch });
      return async (query) => client.admin.organization.users.list(query);
    }
    case 'openapi-fetch': {
      const { default: createClient } = await import('openapi-fetch');
      const headers = { authorization: `Bearer ${adminAPIKey}` };
      const client = createClient<import('@org/types').paths>({ baseUrl: baseURL, fetch, headers });
      return async (query) =>
        (await client.GET('/organization/users', { params: { query } })).data as Page;
    }
    case 'ky': {
      const { default: ky } = await import('ky');
      const headers = { authorization: `Bearer ${adminAPIKey}` };
      const client = ky.create({ prefix: `${baseURL}/`, fetch, headers, retry: 2 });
      return (query) =>
        client.get('organization/users', { searchParams: { ...query } }).json<Page>();
    }
  }
}

/** What is asked of a page. */
export interface Query {
  limit: number;
  after?: string;
}

/** The bodies of the pages of a walk, made before anything is measured. */
export async function pagesOf(count: number, limit: number): Promise<Map<string, string>> {
  const mock = createMock({ data: { users: count * limit } });
  const pages = new Map<string, string>();
  let after = '';
  for (let i = 0; i < count; i += 1) {
    const response = await mock.fetch(`/organization/users?limit=${limit}&after=${after}`, {
      headers: { authorization: 'Bearer x' },
    });
    const text = await response.text();
    pages.set(after, text);
    after = (JSON.parse(text) as Page).last_id ?? '';
  }
  return pages;
}

/** A `fetch` that answers from memory. */
export function stubFetch(pages: ReadonlyMap<string, string>): Fetch {
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req_bench' };
  return async (input) => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    const after = /[?&]after=([^&]*)/.exec(url)?.[1] ?? '';
    return new Response(pages.get(after), { headers });
  };
}
