import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { inProcess, interleave, median } from '../measure.ts';
import { medians, type Tell } from '../report.ts';
import { contenders } from './contenders.ts';
import { programs } from './programs.ts';

const here = resolve(import.meta.dirname, '../..');
const worker = join(import.meta.dirname, 'worker.ts');

/** The calls that are measured, as the figure is called. The list has a query: a limit and two addresses. */
const calls = {
  list: 'CPU per call, 20-user page',
  retrieve: 'CPU per retrieve',
  update: 'CPU per update',
};

export async function coldStart(tell: Tell, rounds: number): Promise<void> {
  const all: Record<string, string> = { floor: '', ...programs };
  const samples = await interleave(Object.keys(all), rounds, (name) => {
    const args = ['--input-type=module', '-e', all[name] ?? ''];
    const started = performance.now();
    execFileSync(process.execPath, args, { cwd: here });
    return performance.now() - started;
  });
  const values = medians(samples);
  const reached = (values['@org/client'] ?? Number.NaN) <= 1.25 * (values['floor'] ?? 0);
  const goal = '≤ 1.25 × floor';
  tell({
    name: 'Cold process: import, construct',
    unit: 'ms',
    values,
    against: 'floor',
    goal,
    reached,
  });
}

export async function cpuPerCall(tell: Tell, rounds: number, count: number): Promise<void> {
  for (const [task, name] of Object.entries(calls)) {
    const samples = await interleave(contenders, rounds, (contender) =>
      inProcess<number>(worker, [task, contender, String(count)]),
    );
    const values = medians(samples);
    const figure = { name, unit: 'µs', values, against: 'floor' };
    if (task !== 'list') tell(figure);
    else {
      const reached = (values['@org/client'] ?? Number.NaN) <= 1.5 * (values['floor'] ?? 0);
      tell({ ...figure, goal: '≤ 1.5 × floor', reached, note: 'with a limit and two addresses' });
    }
  }
}

export async function walk(tell: Tell, rounds: number, pages: number): Promise<void> {
  const memory: Record<string, number[]> = {};
  const samples = await interleave(contenders, rounds, (name) => {
    const args = ['walk', name, String(pages)];
    const result = inProcess<{ time: number; memory: number }>(worker, args, ['--expose-gc']);
    memory[name] = [...(memory[name] ?? []), result.memory];
    return result.time;
  });
  const times = medians(samples);
  const time = (times['@org/client'] ?? Number.NaN) / (times['floor'] ?? Number.NaN);
  const name = `${pages.toLocaleString('en')} pages × 100 users`;
  tell({
    name,
    unit: 'ms',
    values: times,
    against: 'floor',
    goal: '≤ 1.25 × floor',
    reached: time <= 1.25,
  });
  const values = Object.fromEntries(
    Object.entries(memory).map(([key, each]) => [key, median(each)]),
  );
  const more = (values['@org/client'] ?? Number.NaN) - (values['floor'] ?? 0);
  const goal = '≤ floor + 2 MB';
  tell({ name: `${name}: memory`, unit: 'MB', values, goal, reached: more <= 2 });
}

/** A server and a consumer that take as long as each other, with and without asking ahead. */
export async function prefetch(tell: Tell, rounds: number): Promise<void> {
  const { OrgClient } = await import('@org/client');
  const { createMock } = await import('@org/mock');
  const mock = createMock({ data: { users: 200 }, latency: 20 });
  const client = new OrgClient({ adminAPIKey: 'x', fetch: mock.fetch });
  const samples = await interleave(['without prefetch', 'with prefetch'], rounds, async (name) => {
    const started = performance.now();
    const ahead = name === 'with prefetch' ? { prefetch: true } : {};
    const first = await client.admin.organization.users.list({ limit: 10 }, ahead);
    for await (const page of first.iterPages()) {
      if (page.data.length === 0) throw new Error('An empty page.');
      await new Promise((done) => setTimeout(done, 20));
    }
    return performance.now() - started;
  });
  const values = medians(samples);
  const gain = (values['without prefetch'] ?? 0) / (values['with prefetch'] ?? Number.NaN);
  const note = `${gain.toFixed(2)} × the speed`;
  const name = '20 pages, server and consumer 20 ms each';
  tell({ name, unit: 'ms', values, goal: '≥ 1.8 × the speed', reached: gain >= 1.8, note });
}
