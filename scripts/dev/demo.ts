// pnpm demo [--inspect]: the mock starts, and the client lists, updates and deletes its users.
import { once } from 'node:events';
import { styleText } from 'node:util';
import OrgClient, { APIError } from '@org/client';
import { type MockServer, startMock } from '@org/mock';
import { runCommand } from '../lib/cli.ts';
import { cutLine } from '../lib/terminal.ts';

const userCount = 320;
const pageSize = 100;
const adminAPIKey = 'sk-admin-demo';

await runCommand({
  name: 'demo',
  summary: 'Starts the mock, and lists, updates and deletes its users with the client.',
  flags: {
    inspect: {
      type: 'boolean',
      description: 'Keep the mock running, with some traffic, for its inspector',
    },
  },
  async run({ inspect }) {
    const started = performance.now();
    const mock = await startMock({
      data: { users: userCount },
      seed: 1,
      keys: [adminAPIKey],
    });
    try {
      console.log(`Mock listening on ${mock.url} (${userCount} users)`);
      // One attempt per call: the failures here are intended.
      const client = new OrgClient({ adminAPIKey, baseURL: mock.url, maxRetries: 0 });
      const count = await show(client);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\nListed ${count} users in ${seconds} s.`);
      if (count !== userCount) throw new Error(`Expected ${userCount} users.`);
      if (inspect) await keepBusy(mock, client);
    } finally {
      await mock.close();
    }
  },
});

/** The demo itself; gives how many users were listed. */
async function show(client: OrgClient): Promise<number> {
  const users = client.admin.organization.users;

  heading(`List every user, ${pageSize} a page`);
  const all = [];
  let pages = 0;
  for await (const page of (await users.list({ limit: pageSize })).iterPages()) {
    all.push(...page.data);
    pages += 1;
    console.log(`  page ${pages}  ${bar(all.length / userCount)}  ${all.length} of ${userCount}`);
  }
  table(all.slice(0, 5));
  console.log(`  … and ${all.length - 5} more`);

  heading('Filter by email address');
  const emails = all.flatMap((user) => user.email ?? []).slice(40, 42);
  table((await users.list({ emails })).data);

  heading('Update, delete, retrieve');
  const id = all[0]?.id ?? '';
  const { role } = await users.update(id, { role: 'owner' });
  console.log(`  update    ${id}  role: ${all[0]?.role ?? '–'} → ${role}`);
  const { deleted } = await users.delete(id);
  console.log(`  delete    ${id}  deleted: ${deleted}`);
  console.log(`  retrieve  ${id}  ${await failure(() => users.retrieve(id))}`);

  heading('Invalid calls');
  console.log(`  limit: 101  ${await failure(() => users.list({ limit: 101 }))}`);
  const stranger = client.withOptions({ adminAPIKey: 'sk-admin-wrong' });
  console.log(`  wrong key   ${await failure(() => stranger.admin.organization.users.list())}`);
  return all.length;
}

/** Sends a request every second or so until Ctrl+C, so that the inspector has something to show. */
async function keepBusy(mock: MockServer, client: OrgClient): Promise<void> {
  const users = client.admin.organization.users;
  console.log(`\nInspector: ${new URL('/_mock', mock.url)}\nStop with Ctrl+C.`);
  mock.fail({ status: 503, probability: 0.1 });
  const stopped = once(process, 'SIGINT');
  const first = (await users.list({ limit: 3 }).catch(() => undefined))?.data ?? [];
  const calls = [
    () => users.list({ limit: 20 }),
    () => users.list({ limit: 101 }),
    ...first.map(
      ({ id }) =>
        () =>
          users.retrieve(id),
    ),
    ...first.map(
      ({ id }) =>
        () =>
          users.update(id, { technical_level: 'expert' }),
    ),
    ...first.map(
      ({ id }) =>
        () =>
          users.roles.list(id),
    ),
  ];
  for (let i = 0; ; i += 1) {
    const isOver = await Promise.race([stopped.then(() => true), pause(700)]);
    if (isOver) return;
    await calls[i % calls.length]?.().catch(() => {});
  }
}

function pause(ms: number): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), ms));
}

function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

function bar(share: number, width = 24): string {
  const filled = Math.round(share * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

interface Row {
  id: string;
  name?: string | null;
  email?: string | null;
  role?: string | null;
}

function table(users: readonly Row[]): void {
  const cells = users.map(({ id, name, email, role }) => [id, name, email, role]);
  const lines = [['id', 'name', 'email', 'role'], ...cells].map((line) =>
    line.map((cell) => cell ?? '–'),
  );
  const widths = [0, 1, 2, 3].map((i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) {
    const row = `  ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`;
    console.log(cutLine(row.trimEnd()));
  }
}

/** The error that a call ends with, in a line. */
async function failure(call: () => PromiseLike<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return `${error.name}: ${error.message}`;
  }
  throw new Error('Expected the mock to refuse this call.');
}
