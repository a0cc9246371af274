import { createMock } from '@org/mock';
import { interleave, median, percentile } from '../measure.ts';
import type { Tell } from '../report.ts';
import { medians } from '../report.ts';
import { benchCopy } from './copy.ts';
import { benchDocuments } from './documents.ts';
import { RunningServer, servers } from './servers.ts';

const ours = '@org/mock';
const prism = 'prism mock';

export async function benchMock(
  tell: Tell,
  quick: boolean,
  files: readonly string[] = [],
): Promise<void> {
  // Who names documents wants to know of them alone.
  if (files.length > 0) return benchDocuments(tell, quick ? 1 : 3, files);
  await startUp(tell, quick ? 2 : 7);
  await underLoad(tell, quick ? 2 : 7, quick ? 2_000 : 10_000);
  await inProcess(tell, quick ? 3 : 9);
  await manyUsers(tell, quick ? 2 : 5, quick ? 1_000 : 4_000);
  await benchCopy(tell, quick);
  await benchDocuments(tell, quick ? 1 : 3, []);
}

async function startUp(tell: Tell, rounds: number): Promise<void> {
  const memory: Record<string, number[]> = {};
  const samples = await interleave(Object.keys(servers), rounds, async (name) => {
    const server = await RunningServer.start(name);
    memory[name] = [...(memory[name] ?? []), server.memory];
    await server.stop();
    return server.startup;
  });
  const values = medians(samples);
  const share = (values[ours] ?? Number.NaN) / (values[prism] ?? 0);
  tell({
    ...{ name: 'Spawn to the first 200', unit: 'ms', values, against: prism },
    ...{ goal: '≤ 0.28 of the CLI', reached: share <= 0.28 },
  });
  const resident = Object.fromEntries(
    Object.entries(memory).map(([name, each]) => [name, median(each)]),
  );
  const part = (resident[ours] ?? Number.NaN) / (resident[prism] ?? 0);
  tell({
    ...{
      name: 'Idle memory, after the first answer',
      unit: 'MB',
      values: resident,
      against: prism,
    },
    ...{ goal: '≤ 0.45 of the CLI', reached: part <= 0.45 },
  });
}

async function underLoad(tell: Tell, rounds: number, count: number): Promise<void> {
  const names = Object.keys(servers);
  const running = new Map<string, RunningServer>();
  for (const name of names) running.set(name, await RunningServer.start(name));
  const times: Record<string, number[]> = {};
  const rates: Record<string, number[]> = {};
  try {
    const samples = await interleave(names, rounds, async (name) => {
      const server = running.get(name) as RunningServer;
      const [before, started] = [server.cpu, performance.now()];
      times[name] = await server.load(count);
      rates[name] = [...(rates[name] ?? []), (count / (performance.now() - started)) * 1000];
      return (server.cpu - before) / count;
    });
    const values = medians(samples);
    const mine = values[ours] ?? Number.NaN;
    const reached = mine <= 0.75 * (values['steady'] ?? 0);
    tell({
      ...{ name: 'CPU per request, limit 20, keep-alive', unit: 'µs', values, against: 'steady' },
      ...{ goal: '≤ 0.75 of steady', reached },
    });
    for (const task of ['retrieve', 'update'] as const) {
      const items = await interleave(names, rounds, async (name) => {
        const server = running.get(name) as RunningServer;
        const before = server.cpu;
        await server.loadItem(count, task);
        return (server.cpu - before) / count;
      });
      tell({ name: `CPU per ${task}`, unit: 'µs', values: medians(items), against: 'steady' });
    }
    tell({ name: 'Requests per second, 10 connections', unit: '/s', values: medians(rates) });
    for (const [label, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const at = Object.entries(times).map(([name, each]) => [name, percentile(each, share)]);
      tell({ name: `Latency, ${label}`, unit: 'ms', values: Object.fromEntries(at) });
    }
  } finally {
    for (const server of running.values()) await server.stop();
  }
}

/** Against a `fetch` that answers each call with a response of the same text. */
async function inProcess(tell: Tell, rounds: number): Promise<void> {
  const mock = createMock({ data: { users: 1_000 } });
  const address = 'http://localhost/organization/users?limit=20';
  const init = { headers: { authorization: 'Bearer x' } };
  const example = await mock.fetch(address, init);
  const [text, headers] = [await example.text(), { 'content-type': 'application/json' }];
  const fetches: Record<string, typeof mock.fetch> = {
    floor: async () => new Response(text, { headers }),
    [ours]: mock.fetch,
  };
  const count = 5_000;
  const samples = await interleave(Object.keys(fetches), rounds, async (name) => {
    const before = process.cpuUsage();
    for (let i = 0; i < count; i += 1) await (await fetches[name]?.(address, init))?.text();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  });
  const values = medians(samples);
  const reached = (values[ours] ?? Number.NaN) <= 3 * (values['floor'] ?? 0);
  const goal = '≤ 3 × floor';
  tell({ name: 'CPU per call, in process', unit: 'µs', values, against: 'floor', goal, reached });
}

async function manyUsers(tell: Tell, rounds: number, count: number): Promise<void> {
  const sizes = [100, 1_000_000];
  const names = sizes.map((size) => `${size.toLocaleString('en')} users`);
  const running = new Map<string, RunningServer>();
  const startup: Record<string, number[]> = {};
  // In turns, so that other load on the machine affects both.
  for (let n = 0; n < 3; n += 1) {
    for (const [i, name] of names.entries()) {
      const server = await RunningServer.start(ours, sizes[i]);
      startup[name] = [...(startup[name] ?? []), server.startup];
      if (n === 2) running.set(name, server);
      else await server.stop();
    }
  }
  try {
    for (const walk of [false, true]) {
      const samples = await interleave(names, rounds, async (name) => {
        const server = running.get(name) as RunningServer;
        const before = server.cpu;
        await server.load(count, walk);
        return (server.cpu - before) / count;
      });
      const values = medians(samples);
      const [few = 0, many = Number.NaN] = Object.values(values);
      const what = walk ? 'page after page' : 'the same page';
      const figure = { name: `CPU per request by users, ${what}`, unit: 'µs', values };
      if (walk)
        tell({
          ...figure,
          note: 'Each page is generated and validated when it is first requested.',
        });
      else tell({ ...figure, goal: 'the same within noise', reached: many <= 1.15 * few });
    }
    const starts = medians(startup);
    const [short = 0, long = Number.NaN] = Object.values(starts);
    const goal = '+ 100 ms at most';
    tell({
      name: 'Start-up by users',
      unit: 'ms',
      values: starts,
      goal,
      reached: long <= short + 100,
    });
  } finally {
    for (const server of running.values()) await server.stop();
  }
}
