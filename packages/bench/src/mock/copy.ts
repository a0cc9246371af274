import { OrgClient } from '@org/client';
import { startMock } from '@org/mock';
import { interleave } from '../measure.ts';
import { medians, type Tell } from '../report.ts';
import { RunningServer } from './servers.ts';

const adminAPIKey = 'sk-admin-bench';
const concurrency = 4;

/** Copying an organization, against reading the same with the client. */
export async function benchCopy(tell: Tell, quick: boolean): Promise<void> {
  // A copy has its key from the environment alone.
  process.env['OPENAI_ADMIN_KEY'] = adminAPIKey;
  await compare(tell, quick ? 10_000 : 100_000, quick ? 1 : 5, false);
  await compare(tell, quick ? 300 : 2_000, quick ? 1 : 5, true);
}

async function compare(tell: Tell, users: number, rounds: number, roles: boolean): Promise<void> {
  const server = await RunningServer.start('@org/mock', users);
  const { url } = server;
  const only = roles ? ['users', 'users.roles'] : ['users'];
  const ways: Record<string, () => Promise<number>> = {
    'a walk': () => walk(url, roles),
    'a copy': () => copy(url, only),
  };
  try {
    const samples = await interleave(Object.keys(ways), rounds, async (name) => {
      const started = performance.now();
      const read = await ways[name]?.();
      if (read !== users) throw new Error(`Expected ${users} users, got ${read}.`);
      return performance.now() - started;
    });
    const values = medians(samples);
    const most = roles ? 1.2 : 1.5;
    const share = (values['a copy'] ?? Number.NaN) / (values['a walk'] ?? 0);
    tell({
      name: `Read ${users.toLocaleString('en')} users${roles ? ' and the roles of each' : ''}`,
      ...{ unit: 'ms', values, against: 'a walk' },
      ...{ goal: `≤ ${most} of a walk`, reached: share <= most },
    });
  } finally {
    await server.stop();
  }
}

/** The users, then the roles of each: as many requests at once as a copy sends. */
async function walk(baseURL: string, roles: boolean): Promise<number> {
  const { users } = new OrgClient({ adminAPIKey, baseURL }).admin.organization;
  const ids: string[] = [];
  for await (const { id } of users.list({ limit: 100 })) ids.push(id);
  const left = roles ? [...ids] : [];
  const read = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      for await (const _ of users.roles.list(id, { limit: 100 }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, read));
  return ids.length;
}

async function copy(url: string, only: readonly string[]): Promise<number> {
  const server = await startMock({ from: { url, only, concurrency } });
  const { length } = server.data.users.list();
  await server.close();
  return length;
}
