import { createMock } from '@org/mock';

/** The client's peers, and the floor below all of them: a `fetch`, and its response parsed. */
export const contenders = ['floor', '@org/client', 'openai', 'openapi-fetch', 'ky'] as const;
export type Contender = (typeof contenders)[number];

/** Something that has ids on a page. */
interface Page {
  data: { id: string }[];
  last_id?: string | null;
  has_more: boolean;
}

type Fetch = typeof globalThis.fetch;

const baseURL = 'https://bench.test/v1';
const adminAPIKey = 'sk-admin-bench';

/** The calls that are measured. */
export interface Caller {
  list(query: Query): Promise<Page>;
  retrieve(id: string): Promise<unknown>;
  update(id: string, body: { role: string }): Promise<unknown>;
}

/** Each contender as it would be used for these calls. */
export async function createCaller(name: Contender, fetch: Fetch): Promise<Caller> {
  switch (name) {
    case 'floor':
      return floor(fetch);
    case '@org/client': {
      const { OrgClient } = await import('@org/client');
      return fromResource(new OrgClient({ adminAPIKey, baseURL, fetch }).admin.organization.users);
    }
    case 'openai': {
      const { OpenAI } = await import('openai');
      return fromResource(new OpenAI({ adminAPIKey, baseURL, fetch }).admin.organization.users);
    }
    case 'openapi-fetch': {
      const { default: createClient } = await import('openapi-fetch');
      const headers = { authorization: `Bearer ${adminAPIKey}` };
      const client = createClient<import('@org/types').paths>({ baseUrl: baseURL, fetch, headers });
      const path = '/organization/users/{user_id}';
      return {
        list: async (query) =>
          (await client.GET('/organization/users', { params: { query } })).data as Page,
        retrieve: async (user_id) =>
          (await client.GET(path, { params: { path: { user_id } } })).data,
        update: async (user_id, body) =>
          (await client.POST(path, { params: { path: { user_id } }, body })).data,
      };
    }
    case 'ky': {
      const { default: ky } = await import('ky');
      const headers = { authorization: `Bearer ${adminAPIKey}` };
      const client = ky.create({ prefix: `${baseURL}/`, fetch, headers, retry: 2 });
      return {
        list: (query) =>
          client.get('organization/users', { searchParams: search(query) }).json<Page>(),
        retrieve: (id) => client.get(`organization/users/${id}`).json(),
        update: (id, json) => client.post(`organization/users/${id}`, { json }).json(),
      };
    }
  }
}

/** The interface that `@org/client` and the official package share. */
interface UsersResource {
  list(query: Query): PromiseLike<Page>;
  retrieve(id: string): PromiseLike<unknown>;
  update(id: string, body: { role: string }): PromiseLike<unknown>;
}

function fromResource(users: UsersResource): Caller {
  return {
    list: async (query) => users.list(query),
    retrieve: async (id) => users.retrieve(id),
    update: async (id, body) => users.update(id, body),
  };
}

/** The least that a program does by hand. */
function floor(fetch: Fetch): Caller {
  const headers = { authorization: `Bearer ${adminAPIKey}`, accept: 'application/json' };
  return {
    async list(query) {
      const response = await fetch(`${baseURL}/organization/users?${search(query)}`, { headers });
      return response.json() as Promise<Page>;
    },
    async retrieve(id) {
      const response = await fetch(`${baseURL}/organization/users/${id}`, { headers });
      return response.json();
    },
    async update(id, body) {
      const response = await fetch(`${baseURL}/organization/users/${id}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    },
  };
}

function search({ limit, after, emails = [] }: Query): string {
  const filter = emails.map((email) => `&emails=${encodeURIComponent(email)}`).join('');
  return `limit=${limit}${filter}${after ? `&after=${after}` : ''}`;
}

/** The query of a page. */
interface Query {
  limit: number;
  after?: string;
  emails?: string[];
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

/** A `fetch` that answers from memory: a page by its cursor, and one user to everything else. */
export function stubFetch(pages: ReadonlyMap<string, string>): Fetch {
  const [first = '{}'] = pages.values();
  const user = JSON.stringify((JSON.parse(first) as Page).data[0]);
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req_bench' };
  return async (input) => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    if (!url.includes('?')) return new Response(user, { headers });
    const after = /[?&]after=([^&]*)/.exec(url)?.[1] ?? '';
    return new Response(pages.get(after), { headers });
  };
}
