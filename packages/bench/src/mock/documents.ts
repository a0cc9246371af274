import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { medians, type Tell } from '../report.ts';
import { listPaths, writeLargeDocument } from './large-document.ts';
import { ours, prism, RunningServer, steady } from './servers.ts';

const mine = '@org/mock --spec';
const theirs = 'prism mock';
const commands: Record<string, (file: string, port: number) => string[]> = {
  [mine]: (file, port) => [ours, '--spec', file, '--port', `${port}`, '--log', 'none'],
  [theirs]: (file, port) => [prism, 'mock', file, '-p', `${port}`],
  steady: (file, port) => [steady, '-p', `${port}`, '--host', '127.0.0.1', file],
};
/** Milliseconds after which the memory is read: V8 gives back that of a thread that has ended after eight seconds. */
const settled = 10_000;
/** How many lists are asked for, and how often the first five of them are asked for again. */
const [most, again] = [20, 40];

/** A document, and paths of it that a GET can ask for. */
interface Subject {
  name: string;
  file: string;
  paths: readonly string[];
  headers?: Record<string, string>;
}

/**
 * Documents that are read when the servers start: start, first and later responses, and memory.
 *
 * @param files the documents; without any, this repository's, two public ones, and one of 1,200 operations
 */
export async function benchDocuments(
  tell: Tell,
  rounds: number,
  files: readonly string[],
): Promise<void> {
  for (const file of files) await benchDocument(tell, rounds, subjectOf(file));
  if (files.length > 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'large-'));
  const file = join(folder, 'large.json');
  writeLargeDocument(file);
  const { resolve: packaged } = createRequire(import.meta.url);
  try {
    for (const known of [
      resolve(import.meta.dirname, '../../../../spec/openapi.yaml'),
      packaged('directus-15/dist/openapi.json'),
      packaged('blockfrost-93/openapi.yaml'),
    ])
      await benchDocument(tell, rounds, subjectOf(known));
    await benchDocument(tell, rounds, { name: '1,200 operations', file, paths: listPaths });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Document {
  info?: { title?: string };
  paths?: Record<string, object>;
  components?: { securitySchemes?: Record<string, { type?: string; in?: string; name?: string }> };
}

function subjectOf(file: string): Subject {
  const document = parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as Document;
  const items = Object.entries(document.paths ?? {});
  const count = items.flatMap(([, item]) =>
    Object.keys(item).filter((name) => /^(get|put|post|patch|delete|head|options)$/.test(name)),
  ).length;
  const keys = Object.values(document.components?.securitySchemes ?? {})
    .filter((scheme) => scheme.in === 'header')
    .map(({ name = '' }) => [name, 'any']);
  return {
    name: `${document.info?.title ?? basename(file)}, ${count} operations`,
    file,
    paths: items
      .filter(([path, item]) => 'get' in item && !path.includes('{'))
      .map(([path]) => path),
    headers: { authorization: 'Bearer any', ...Object.fromEntries(keys) },
  };
}

async function benchDocument(tell: Tell, rounds: number, subject: Subject): Promise<void> {
  const { name: what, file, headers } = subject;
  const paths = subject.paths.slice(0, most);
  const figures = { start: {}, cpu: {}, first: {}, later: {}, memory: {} };
  const add = (figure: keyof typeof figures, name: string, value: number) => {
    const samples: Record<string, number[]> = figures[figure];
    samples[name] = [...(samples[name] ?? []), value];
  };
  // The first round is a warm-up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, argsFor] of Object.entries(commands)) {
      const server = await RunningServer.spawn(
        name,
        (port) => argsFor(file, port),
        paths[0] ?? '/',
        {
          ...(headers && { headers }),
          isAny: true,
        },
      ).catch(() => undefined);
      if (!server) continue;
      const firsts: number[] = [];
      const cpu = server.cpu / 1_000;
      for (const path of paths) firsts.push(await server.time(path));
      const before = server.cpu;
      const repeated = paths.slice(0, 5);
      for (let i = 0; i < again; i += 1) for (const path of repeated) await server.time(path);
      const later = (server.cpu - before) / (again * repeated.length);
      await new Promise((done) => setTimeout(done, settled));
      if (round > 0) {
        add('start', name, server.startup);
        add('cpu', name, cpu);
        add('first', name, Math.max(...firsts));
        add('later', name, later);
        add('memory', name, server.memory);
      }
      await server.stop();
    }
  }
  const tellOf = (figure: keyof typeof figures, name: string, unit: string, most?: number) => {
    const values = medians(figures[figure]);
    const share = (values[mine] ?? Number.NaN) / (values[theirs] ?? 0);
    const goal = most === undefined ? {} : { goal: `≤ ${most} of the CLI`, reached: share <= most };
    tell({ name: `${what}: ${name}`, unit, values, against: theirs, ...goal });
  };
  tellOf('start', 'spawn to the first response', 'ms', 0.6);
  tellOf('cpu', 'CPU until then', 'ms');
  const first = medians(figures.first);
  tell({
    ...{ name: `${what}: the slowest first response of ${paths.length} paths`, unit: 'ms' },
    ...{ values: first, goal: '≤ 1,000 ms', reached: (first[mine] ?? Number.NaN) <= 1_000 },
  });
  tellOf('later', 'CPU per later response', 'µs');
  tellOf('memory', 'memory, ten seconds later', 'MB', 0.5);
}
