// The same small suite on every runtime: no test runner, no Node.js, just the package as it is published.
import OrgClient, { APIUserAbortError, NotFoundError, RateLimitError } from '@org/client';
import { createFetchClient } from '@org/client/fetch';

/** Runs every check against a mock with 45 users, and gives the name and the failure of each. */
export async function run(baseURL, options = {}) {
  // A page of another origin cannot drive the mock: there, the test's own process does.
  const control =
    globalThis.control ??
    ((path, body) =>
      fetch(new URL(`/_mock/${path}`, baseURL), {
        method: 'POST',
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }));
  const clientOf = (more = {}) =>
    new OrgClient({ adminAPIKey: 'sk-admin-test', baseURL, logLevel: 'off', ...options, ...more });
  const users = (more) => clientOf(more).admin.organization.users;
  const failure = (promise) =>
    Promise.resolve(promise).then(
      () => undefined,
      (error) => error,
    );

  const checks = {
    async 'lists every user of every page'() {
      const ids = new Set();
      for await (const user of users().list({ limit: 20 })) ids.add(user.id);
      equal(ids.size, 45);
    },
    async 'lists with prefetch'() {
      let count = 0;
      for await (const user of users().list({ limit: 10 }, { prefetch: true }))
        count += user.id ? 1 : 0;
      equal(count, 45);
    },
    async 'finds users by email'() {
      const all = (await users().list({ limit: 45 })).data.filter(({ email }) => email);
      const emails = all.slice(0, 3).map(({ email }) => email);
      equal((await users().list({ emails })).data.length, 3);
    },
    async 'gives a page, and the next one'() {
      const page = await users().list({ limit: 30 });
      equal(page.data.length, 30);
      equal((await page.getNextPage()).data.length, 15);
    },
    async 'retrieves, updates and deletes a user'() {
      const [{ id }] = (await users().list({ limit: 1 })).data;
      equal((await users().retrieve(id)).id, id);
      equal((await users().update(id, { role: 'reader' })).role, 'reader');
      equal((await users().delete(id)).deleted, true);
      equal((await failure(users().retrieve(id))) instanceof NotFoundError, true);
    },
    async 'assigns roles, lists them and takes them away'() {
      const [{ id }] = (await users().list({ limit: 1 })).data;
      await users().roles.create(id, { role_id: 'role_here' });
      const ids = [];
      for await (const role of users().roles.list(id, { limit: 1 })) ids.push(role.id);
      equal(ids.includes('role_here'), true);
      await users().roles.delete('role_here', { user_id: id });
      const gone = await failure(users().roles.retrieve('role_here', { user_id: id }));
      equal(gone instanceof NotFoundError, true);
    },
    async 'refuses a response that is too large'() {
      const error = await failure(users({ maxResponseSize: 100 }).list());
      equal(error?.name, 'InvalidResponseError');
    },
    async 'gives response and request id'() {
      const { data, response, request_id } = await users().list().withResponse();
      equal(response.status, 200);
      equal(data.object, 'list');
      equal(/^req_/.test(request_id), true);
      equal((await users().list().asResponse()).bodyUsed, false);
    },
    async 'fails with the class of the status'() {
      const error = await failure(users().list({ limit: 0 }));
      equal(error?.name, 'BadRequestError');
      equal(error.param, 'limit');
      equal((await failure(clientOf().get('/nothing'))) instanceof NotFoundError, true);
    },
    async 'tries again'() {
      await control('faults', { status: 429, retryAfter: 0, times: 2 });
      equal((await users().list({ limit: 5 })).data.length, 5);
      await control('faults', { status: 429, retryAfter: 0, times: 1 });
      const error = await failure(users({ maxRetries: 0 }).list());
      equal(error instanceof RateLimitError, true);
    },
    async 'tries again after a connection that breaks'() {
      await control('faults', { connection: 'reset', times: 1 });
      equal((await users().list({ limit: 5 })).data.length, 5);
    },
    async 'refuses a body that is cut off'() {
      await control('faults', { connection: 'cut', times: 1 });
      const error = await failure(users({ maxRetries: 0 }).list());
      equal(['InvalidResponseError', 'APIConnectionError'].includes(error?.name), true);
    },
    async 'ends an attempt by its timeout'() {
      await control('faults', { connection: 'stall', times: 1 });
      const error = await failure(users({ maxRetries: 0, timeout: 200 }).list());
      equal(error?.name, 'APIConnectionTimeoutError');
    },
    async 'ends a call by its signal'() {
      await control('faults', { delay: 5_000, times: 1 });
      const controller = new AbortController();
      const call = failure(users().list({}, { signal: controller.signal }));
      setTimeout(() => controller.abort(), 50);
      equal((await call) instanceof APIUserAbortError, true);
    },
    async 'calls by openapi-fetch'() {
      const client = createFetchClient({
        adminAPIKey: 'any',
        baseURL,
        logLevel: 'off',
        ...options,
      });
      const { data, error } = await client.GET('/organization/users', {
        params: { query: { limit: 2 } },
      });
      equal(error, undefined);
      equal(data.data.length, 2);
    },
  };

  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    await control('reset');
    try {
      await check();
      results.push({ name });
    } catch (error) {
      results.push({ name, failure: String(error?.stack ?? error) });
    }
  }
  return results;
}

function equal(actual, expected) {
  if (actual !== expected) throw new Error(`Expected ${String(expected)}, not ${String(actual)}.`);
}
