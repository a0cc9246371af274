// A program written for the official package. The test beside it compiles and runs it as it is, and again with the
// import of `openai` changed to `@org/client`; both must print the same. It gets its server from the environment.
import OpenAI, { APIError, NotFoundError, OpenAIError, RateLimitError } from 'openai';

type User = OpenAI.Admin.Organization.Users.OrganizationUser;
type Query = OpenAI.Admin.Organization.Users.UserListParams;
type Changes = OpenAI.Admin.Organization.Users.UserUpdateParams;
type UsersPage = OpenAI.ConversationCursorPage<User>;

const requests: string[] = [];
const client = new OpenAI({
  adminAPIKey: process.env['OPENAI_ADMIN_KEY'],
  maxRetries: 1,
  timeout: 20_000,
  defaultHeaders: { 'X-Team': 'search', 'x-trace': null },
  fetch: async (url, init) => {
    requests.push(`${init?.method} ${new URL(String(url)).pathname}`);
    return fetch(url, init);
  },
});
const { users } = client.admin.organization;
const once: OpenAI.RequestOptions = { maxRetries: 0, headers: { 'x-once': '1' } };

/** The names of an error, as a program tells people. */
function explain(error: unknown): string {
  if (error instanceof RateLimitError) return `slow down: ${error.headers.get('x-request-id')}`;
  if (error instanceof NotFoundError) return `not found: ${error.status} ${error.code}`;
  if (error instanceof APIError) {
    const { status, code, param, type, message } = error;
    return `${error.constructor.name}: ${[status, code, param, type, message].join(' | ')}`;
  }
  if (error instanceof OpenAI.OpenAIError) return `program: ${error.message.length > 0}`;
  return `unknown: ${error}`;
}

async function attempt(title: string, work: () => PromiseLike<unknown>): Promise<void> {
  try {
    console.log(title, JSON.stringify(await work()));
  } catch (error) {
    console.log(title, explain(error));
  }
}

async function byHand(query: Query): Promise<User[]> {
  const all: User[] = [];
  let page: UsersPage = await users.list(query);
  all.push(...page.getPaginatedItems());
  while (page.hasNextPage()) {
    page = await page.getNextPage();
    all.push(...page.data);
  }
  return all;
}

// Lists: by iteration, by page, by hand, and by their raw response.
const iterated: User[] = [];
for await (const user of users.list({ limit: 7 })) iterated.push(user);
const handed = await byHand({ limit: 10 });
console.log('users', iterated.length, handed.length, iterated[0]?.id === handed[0]?.id);
for await (const page of (await users.list({ limit: 9 })).iterPages()) {
  console.log('page', page.data.length, page.has_more, page.last_id === page.data.at(-1)?.id);
}
const emails = iterated.flatMap(({ email }) => (email ? [email] : [])).slice(0, 2);
await attempt('emails', async () => (await users.list({ emails })).data.map(({ email }) => email));
const { data, response, request_id } = await users.list({ limit: 1 }, once).withResponse();
console.log('response', response.status, data.data.length, request_id?.startsWith('req_'));
const raw = await users.list({ limit: 2 }).asResponse();
console.log('raw', raw.headers.get('content-type'), ((await raw.json()) as UsersPage).data.length);

// One user.
const [{ id = '' } = {}, { id: other = '' } = {}] = iterated;
const changes: Changes = { role: 'owner', technical_level: null };
await attempt('retrieve', () => users.retrieve(id));
await attempt('update', () => users.update(id, changes));
await attempt('update nothing', () => users.update(id, {}, { timeout: 5_000 }));
const again = await users.retrieve(id);
console.log('again', again.role, typeof again._request_id);

// Roles.
await attempt('assign', () => users.roles.create(other, { role_id: 'role_reader' }));
for await (const role of users.roles.list(other, { order: 'asc', limit: 2 })) {
  console.log('role', role.id, role.permissions.length);
}
await attempt('role', () => users.roles.retrieve('role_reader', { user_id: other }));
await attempt('unassign', () => users.roles.delete('role_reader', { user_id: other }));
await attempt('no role', () => users.roles.retrieve('role_reader', { user_id: other }));

// What goes wrong.
await attempt('delete', () => users.delete(other));
await attempt('deleted', () => users.retrieve(other, once));
await attempt('limit', () => users.list({ limit: 1_000 }));
await attempt('dots', async () => users.retrieve('..'));
const stranger = client.withOptions({ adminAPIKey: 'sk-admin-stranger', maxRetries: 0 });
await attempt('stranger', () => stranger.admin.organization.users.list());
const controller = new AbortController();
controller.abort();
await attempt('abort', () => users.list({}, { signal: controller.signal }));
const made = new RateLimitError(429, { message: 'Slow.' }, undefined, new Headers());
console.log(made instanceof OpenAIError, made.message, explain(made));
console.log(new OpenAI.APIConnectionError({ message: 'Down.' }).message);
console.log(requests.join('\n'));
