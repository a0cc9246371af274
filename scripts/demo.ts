// pnpm demo: the mock starts, and the client lists its users, page by page.
import { styleText } from 'node:util';
import OrgClient, { APIError } from '@org/client';
import { startMock } from '@org/mock';

const userCount = 320;
const pageSize = 100;
const adminAPIKey = 'sk-admin-demo';

const started = performance.now();
const mock = await startMock({ users: userCount, seed: 1, adminAPIKeys: [adminAPIKey] });
try {
  console.log(`The mock listens at ${mock.url} and knows ${userCount} users.`);
  // A demo shows one attempt per call: nothing here is worth a retry.
  const client = new OrgClient({ adminAPIKey, baseURL: mock.url, maxRetries: 0 });
  const users = client.admin.organization.users;

  heading(`Every user, ${pageSize} a page`);
  const all = [];
  let pages = 0;
  for await (const page of (await users.list({ limit: pageSize })).iterPages()) {
    all.push(...page.data);
    pages += 1;
    console.log(`  page ${pages}  ${bar(all.length / userCount)}  ${all.length} of ${userCount}`);
  }

  heading('The first of them');
  table(all.slice(0, 5));
  console.log(`  … and ${all.length - 5} more`);

  heading('Only two email addresses');
  const emails = all.flatMap((user) => user.email ?? []).slice(40, 42);
  table((await users.list({ emails })).data);

  heading('What a bad limit gives');
  await explain(() => users.list({ limit: 101 }));

  heading('What a wrong key gives');
  const stranger = client.withOptions({ adminAPIKey: 'sk-admin-wrong' });
  await explain(() => stranger.admin.organization.users.list());

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\nListed ${all.length} users in ${pages} pages; ${seconds} s in all.`);
  if (all.length !== userCount) throw new Error(`Expected ${userCount} users.`);
} finally {
  await mock.close();
}

function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

function bar(share: number, width = 24): string {
  const filled = Math.round(share * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

function table(
  rows: { id: string; email?: string | null; role?: string | null; added_at: number }[],
) {
  const cells = rows.map((user) => [
    user.id,
    user.email ?? '–',
    user.role ?? '–',
    new Date(user.added_at * 1000).toISOString().slice(0, 10),
  ]);
  const lines = [['id', 'email', 'role', 'added'], ...cells];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) {
    console.log(`  ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
  }
}

async function explain(call: () => PromiseLike<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    const param = error.param ? ` (param: ${error.param})` : '';
    console.log(`  ${error.name}: ${error.message}${param}`);
    return;
  }
  throw new Error('The mock accepted what it had to refuse.');
}
