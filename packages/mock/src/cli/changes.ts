import { parseArgs } from 'node:util';
import { problemOfName, sessionHeader } from '../sessions.ts';
import type { Change, ChangedProperty, ChangeReport } from '../state/change-report.ts';
import { UsageError } from './flags.ts';
import { printable } from './printable.ts';

/** Where the mock listens unless the command line says otherwise. */
const defaultURL = 'http://127.0.0.1:4010';
/** Milliseconds that the mock may take to answer. */
const patience = 30_000;

const help = (name: string) => `Usage: ${name} changes [flags]

Prints how the data of a running mock differs from what it was at the start.

  --url <url>       where the mock listens (default: ${defaultURL})
  --session <name>  the changes in a session: of requests with ${sessionHeader}
  --since <mark>    what changed since a mark, which POST /_mock/marks sets
  --json            as JSON
  --script          the calls that made the changes, as a program for the client
  -h, --help        print this help`;

const options = {
  url: { type: 'string' },
  session: { type: 'string' },
  since: { type: 'string' },
  json: { type: 'boolean' },
  script: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Runs `org-mock changes`.
 *
 * @param name What the command is called: `org-mock`.
 * @throws {UsageError} at invalid flags
 * @throws {Error} if the mock cannot be asked, or refuses
 */
export async function changes(args: readonly string[], name: string): Promise<void> {
  const flags = parse(args);
  if (flags.help) return console.log(help(name));
  if (flags.json && flags.script)
    throw new UsageError('--json and --script contradict each other.');
  const problem = flags.session === undefined ? undefined : problemOfName(flags.session);
  if (problem) throw new UsageError(`--session: ${problem}`);
  const path = flags.script ? 'changes/script' : 'changes';
  const url = controlURL(flags.url ?? defaultURL, path);
  if (flags.since !== undefined) url.searchParams.set('since', flags.since);
  const text = await read(url, flags.session);
  if (flags.script) return console.log(text.trimEnd());
  // The mock and this command are one package: the shape is the control endpoint's.
  const report = JSON.parse(text) as ChangeReport;
  console.log(flags.json ? JSON.stringify(report, null, 2) : describeChanges(report));
}

function parse(args: readonly string[]) {
  const names = Object.keys(options).map((name) => `--${name}`);
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options }).values;
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${message}. The flags: ${names.join(', ')}.`);
  }
}

/** The control endpoints are at the root, whatever base path an address has. */
function controlURL(address: string, path: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:')
    return new URL(`/_mock/${path}`, url);
  throw new UsageError(
    `--url must be an address such as ${defaultURL}, not ${JSON.stringify(address)}.`,
  );
}

async function read(url: URL, session: string | undefined): Promise<string> {
  let response: Response;
  const headers = session === undefined ? {} : { [sessionHeader]: session };
  try {
    response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error && cause.message ? cause.message : message;
    throw new Error(
      `No mock responds at ${url.origin} (${reason}). Start it, or name it with --url.`,
    );
  }
  const text = await response.text();
  if (response.ok) {
    const type = response.headers.get('content-type') ?? '';
    const isExpected = url.pathname.endsWith('script') ? 'text/javascript' : 'application/json';
    if (type.includes(isExpected)) return text;
    throw new Error(`${url.origin} is not a mock: it responds with ${type || 'no media type'}.`);
  }
  throw new Error(
    messageOf(text) ?? `${url.origin} is not a mock: it responds with ${response.status}.`,
  );
}

/** What a control endpoint says of an error; undefined where something else answered. */
function messageOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? printable(error.message) : undefined;
  } catch {
    return undefined;
  }
}

/** The changes as text: a line that counts them, and a line for each. */
function describeChanges({ since, collections, singletons }: ChangeReport): string {
  const counts: string[] = [];
  const lines: string[] = [];
  const section = (name: string) => lines.push('', printable(name));
  const row = (sign: string, change: Change, id: string, details: readonly string[] = []) => {
    const [first = '', ...rest] = details;
    lines.push(
      printable(
        `  ${sign} ${[...Object.values(change.scope), id].filter(Boolean).join('/')}  ${first}`,
      ).trimEnd(),
      ...rest.map((detail) => printable(`      ${detail}`)),
    );
    lines.push(printable(`      ${change.requests.join(', ') || 'not by a request'}`));
  };
  for (const [name, { added, changed, removed }] of Object.entries(collections)) {
    section(name);
    const groups = { added, changed, removed };
    const parts = Object.entries(groups).filter(([, list]) => list.length > 0);
    counts.push(`${name}: ${parts.map(([kind, list]) => `${list.length} ${kind}`).join(', ')}`);
    for (const change of added) row('+', change, change.id);
    for (const change of changed) row('~', change, change.id, change.properties.map(describe));
    for (const change of removed) {
      const below = Object.entries(change.below ?? {});
      const text = below.map(([child, count]) => `${count} ${child}`).join(', ');
      row('-', change, change.id, text ? [`with ${text}`] : []);
    }
  }
  for (const [name, list] of Object.entries(singletons)) {
    section(name);
    counts.push(`${name}: ${list.length} changed`);
    for (const change of list) row('~', change, '', change.properties.map(describe));
  }
  const from = since === null ? 'Since the start' : `Since ${since}`;
  return [printable(`${from}: ${counts.join('; ') || 'no changes'}`), ...lines].join('\n');
}

function describe({ path, before, after }: ChangedProperty): string {
  return `${path}: ${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}
