import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave } from '../measure.ts';
import { medians, type Tell } from '../report.ts';
import { listPath, listPaths, writeLargeDocument } from './large-document.ts';
import { ours, prism, RunningServer } from './servers.ts';

const mine = '@org/mock --spec';
const theirs = 'prism mock';
/** Milliseconds after which the memory is read: V8 gives back that of a thread that has ended after eight seconds. */
const settled = 10_000;

/** A document of 1,200 operations: start, first and later answers, and memory. */
export async function benchLargeDocument(tell: Tell, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'large-'));
  const file = join(folder, 'large.json');
  writeLargeDocument(file);
  const commands: Record<string, (port: number) => string[]> = {
    [mine]: (port) => [ours, '--spec', file, '--port', `${port}`, '--log', 'none'],
    [theirs]: (port) => [prism, 'mock', file, '-p', `${port}`],
  };
  const figures = { start: {}, cpu: {}, first: {}, later: {}, memory: {} };
  const add = (figure: keyof typeof figures, name: string, value: number) => {
    const samples: Record<string, number[]> = figures[figure];
    samples[name] = [...(samples[name] ?? []), value];
  };
  try {
    await interleave(Object.keys(commands), rounds, async (name) => {
      const server = await RunningServer.spawn(name, commands[name] ?? (() => []), listPath);
      add('start', name, server.startup);
      add('cpu', name, server.cpu / 1_000);
      const firsts: number[] = [];
      for (const path of listPaths) firsts.push(await server.time(path));
      add('first', name, Math.max(...firsts));
      const [before, count] = [server.cpu, 200];
      for (let i = 0; i < count; i += 1) await server.time(listPath);
      add('later', name, (server.cpu - before) / count);
      await new Promise((done) => setTimeout(done, settled));
      add('memory', name, server.memory);
      await server.stop();
      return server.startup;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // The first round is a warm-up.
  const mediansOf = (samples: Record<string, number[]>) =>
    medians(Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, all.slice(1)])));
  const what = '1,200 operations';
  const tellOf = (figure: keyof typeof figures, name: string, unit: string, most?: number) => {
    const values = mediansOf(figures[figure]);
    const share = (values[mine] ?? Number.NaN) / (values[theirs] ?? 0);
    const goal = most === undefined ? {} : { goal: `≤ ${most} of the CLI`, reached: share <= most };
    tell({ name: `${what}: ${name}`, unit, values, against: theirs, ...goal });
  };
  tellOf('start', 'spawn to the first 200', 'ms', 0.6);
  tellOf('cpu', 'CPU until then', 'ms');
  const first = mediansOf(figures.first);
  tell({
    ...{ name: `${what}: the slowest first answer of ${listPaths.length} lists`, unit: 'ms' },
    ...{ values: first, goal: '≤ 1,000 ms', reached: (first[mine] ?? Number.NaN) <= 1_000 },
  });
  tellOf('later', 'CPU per later list', 'µs');
  tellOf('memory', 'memory, ten seconds later', 'MB', 0.5);
}
