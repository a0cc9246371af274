import type { MockProcess } from './mock-process.ts';

/** Some of everything: lists, single items, changes, and requests that break the contract or meet a fault. */
export async function makeTraffic(mock: MockProcess): Promise<void> {
  const { data } = (await (await mock.call('GET', '/organization/users?limit=3')).json()) as {
    data: { id: string }[];
  };
  const [first, second] = data.map(({ id }) => `/organization/users/${id}`);
  await mock.call('GET', `${first}`);
  await mock.call('POST', `${first}`, { role: 'reader' });
  await mock.call('GET', `${first}/roles`);
  await mock.call('GET', '/organization/users?limit=101');
  await mock.call('GET', '/organization/users?limit=100&after=user_none');
  await mock.call('POST', `${second}`, { role: 5 });
  await mock.call('GET', '/organization/teams');
  await mock.control('POST', 'faults', { status: 429, retryAfter: 1, times: 3 });
  await mock.call('GET', '/organization/users?limit=20');
  await mock.call('GET', '/organization/users?limit=20');
  await mock.call('GET', `${second}/roles?limit=2&order=desc`);
  await mock.call('DELETE', `${second}`);
  await mock.call('GET', '/organization/users?emails=a@example.com&emails=b@example.com');
}
