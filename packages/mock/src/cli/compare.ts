import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type API, schemesOf } from '../api/api.ts';
import { CompareError, Server } from '../compare/ask.ts';
import { compare } from '../compare/compare.ts';
import { keysFrom, keyVariables, type SchemeKeys } from '../compare/credentials.ts';
import { question, questionsOf } from '../compare/questions.ts';
import { dataOf, type Survey, servableDataOf, survey } from '../compare/survey.ts';
import { compareWrites } from '../compare/writes.ts';
import { Secrets } from '../control/secrets.ts';
import type { LoadedAPI, LoadedServerOptions } from '../index.ts';
import { isLoopbackURL } from '../lib/loopback.ts';
import { wrap } from '../lib/wrap.ts';
import { sessionHeader } from '../sessions.ts';
import { api as ownAPI } from '../spec.ts';
import { startServer } from '../start-mock.ts';
import { type Comparison, report } from './compare-report.ts';
import { readData } from './data-files.ts';
import { openDocument } from './document.ts';
import { type Flags, specOf, UsageError } from './flags.ts';
import { printable } from './printable.ts';
import { defaultSpec } from './runner.ts';

/** Sent to a server on this machine where the environment has no key. */
const placeholder = 'any-key';

const options = {
  with: { type: 'string' },
  data: { type: 'string', multiple: true },
  spec: { type: 'string', multiple: true },
  root: { type: 'string' },
  overlay: { type: 'string', multiple: true },
  'write-tests': { type: 'boolean' },
  disposable: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const flags: [flag: string, description: string][] = [
  [
    '--with <url>',
    'the address of the copy (default: a mock that is started with what the server has)',
  ],
  ['--data <file>', 'items or a snapshot that the copy is started with instead; may be repeated'],
  ['--spec <file>', `the OpenAPI document of both (default: ${defaultSpec})`],
  ['--root <folder>', 'the folder that the document may refer to (default: its own)'],
  ['--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated'],
  [
    '--write-tests',
    'also change, add and remove items, in a separate session if the server is a mock with sessions',
  ],
  ['--disposable <url>', 'the address of the server again: --write-tests may change its data'],
  ['--json', 'print every behavior as JSON'],
  ['-h, --help', 'print this help'],
];

/**
 * Runs `org-mock compare`.
 *
 * @returns the exit code: 0 where all behaviors are equal, 1 where one differs
 * @throws {UsageError} if the command line is invalid
 * @throws {CompareError} if nothing can be compared
 */
export async function runCompare(
  name: string,
  args: readonly string[],
  program: URL,
): Promise<number> {
  const { values, address } = parse(args);
  const columns = process.stdout.columns ?? 80;
  if (values.help) {
    console.log(usage(name, columns));
    return 0;
  }
  const url = addressOf('<url>', address);
  const document = await openDocument(documentFlags(values), program);
  const api = document?.api.api ?? ownAPI;
  const variables = keyVariables(api);
  const keys = keysFrom(variables, process.env);
  const session = sessionFor(values, url);
  const original = new Server('server', url, withPlaceholders(keys, variables, url), session);
  const found = await survey(api, original).catch((error) => {
    throw keys.size === 0 && error instanceof CompareError && error.isRefused
      ? new CompareError(`${error.message}\n${hintOf(variables)}`)
      : error;
  });
  if (session) await checkSession(original, found);
  const copy = await openCopy(values, { api, loaded: document?.api, keys, variables, found });
  try {
    const questions = questionsOf(api, found);
    console.error(`Asking ${questions.length} questions about ${describeSurvey(found)}…`);
    const behaviors = await compare(questions, original, copy.server);
    const hasDifferences = behaviors.some(({ result }) => result !== 'equal');
    const comparison: Comparison = {
      ...{ server: original.url, copy: copy.description, behaviors, skipped: found.skipped },
      hasChanged: hasDifferences && (await hasChanged(api, original, found)),
    };
    if (values['write-tests'])
      behaviors.push(...(await compareWrites(api, found, original, copy.server)));
    const secrets = new Secrets([...keys.values()], schemesOf(api));
    // Masked before the report shortens values: nothing would find the first half of a key.
    const shown = secrets.value(comparison);
    console.log(
      values.json
        ? JSON.stringify(shown, null, 2)
        : printable(report(shown, columns), { lines: true }),
    );
    return behaviors.some(({ result }) => result === 'different') ? 1 : 0;
  } finally {
    await copy.close();
  }
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options,
    });
    if (positionals.length > 1) throw new Error(`Expected one address, got ${positionals.length}`);
    return { values, address: positionals[0] };
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ');
    throw new UsageError(`compare: ${message}.`);
  }
}

type Values = ReturnType<typeof parse>['values'];

/** @throws {UsageError} if the text is not an HTTP address */
function addressOf(flag: string, text: string | undefined): string {
  if (text === undefined)
    throw new UsageError(
      'compare: name the address of a server, such as http://127.0.0.1:4010/v1.',
    );
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const shown = JSON.stringify(url?.password || url?.username ? '…' : text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new UsageError(
      `compare: ${flag} must be an address such as https://api.example.com/v1, not ${shown}.`,
    );
  if (url.username || url.password)
    throw new UsageError(
      'compare: the address must have no name and no password. Keys come from the environment.',
    );
  return url.href;
}

function documentFlags(values: Values): Flags {
  if (values.spec === undefined && (values.root !== undefined || values.overlay !== undefined))
    throw new UsageError(
      'compare: --root and --overlay are about the document of --spec: add --spec <file>.',
    );
  const { root, overlay: overlays = [] } = values;
  return { spec: specOf(values.spec), root, overlays, watch: false } as Flags;
}

/**
 * The header that gives the requests of a writing comparison data of their own. Undefined where nothing is written, or
 * where the data of the server may be lost.
 *
 * @throws {UsageError} if it is not said clearly which server may be changed
 */
function sessionFor(values: Values, url: string): Record<string, string> | undefined {
  const { 'write-tests': writes, disposable, with: other } = values;
  if (!writes) {
    if (disposable === undefined) return undefined;
    throw new UsageError('compare: --disposable is about --write-tests: add --write-tests.');
  }
  if (other !== undefined)
    throw new UsageError('compare: --write-tests changes the copy as well: leave --with out.');
  if (disposable === undefined) return { [sessionHeader]: `compare-${randomUUID()}` };
  if (addressOf('--disposable', disposable) === url) return undefined;
  throw new UsageError('compare: --disposable must be the address of the server itself.');
}

/** @throws {CompareError} if the server has no sessions: its data would be lost */
async function checkSession(server: Server, { listings }: Survey): Promise<void> {
  const [first] = listings;
  if (!first) return;
  const { operation } = first.list;
  const { request } = question('pages', operation, first.params);
  const { headers } = await server.ask(operation, request);
  if (headers[sessionHeader] !== undefined) return;
  throw new CompareError(
    `--write-tests changes the data of the server, and its responses have no header ${sessionHeader}. If its data may be lost, add --disposable ${server.url}.`,
  );
}

/** A server on this machine may accept any key. */
function withPlaceholders(
  keys: SchemeKeys,
  variables: ReadonlyMap<string, string>,
  url: string,
): SchemeKeys {
  if (!isLoopbackURL(url)) return keys;
  return new Map([...variables.keys()].map((scheme) => [scheme, keys.get(scheme) ?? placeholder]));
}

interface CopyParts {
  api: API;
  loaded: LoadedAPI | undefined;
  keys: SchemeKeys;
  variables: ReadonlyMap<string, string>;
  found: Survey;
}

/** The copy: at an address, or a mock with data from files or with what the server has. */
async function openCopy(
  { with: address, data: files }: Values,
  { loaded, keys, variables, found }: CopyParts,
): Promise<{ server: Server; description: string; close(): Promise<void> }> {
  if (address !== undefined) {
    if (files) throw new UsageError('compare: --with and --data contradict each other.');
    const url = addressOf('--with', address);
    // A key is for the server that it belongs to, and for what runs here.
    const given = withPlaceholders(isLoopbackURL(url) ? keys : new Map(), variables, url);
    return { server: new Server('copy', url, given), description: url, close: async () => {} };
  }
  const { items, snapshot } = files
    ? await readData({}, files)
    : { items: servableDataOf(loaded?.api ?? ownAPI, found) };
  const { mock } = await startServer({
    ...(loaded && { api: loaded }),
    ...(snapshot && { seed: snapshot.seed }),
    ...(keys.size > 0 && {
      keys: Object.fromEntries([...keys].map(([scheme, key]) => [scheme, [key]])),
    }),
    ...{ data: items, control: false, cors: false },
  } as LoadedServerOptions);
  if (snapshot) mock.restore(snapshot);
  return {
    server: new Server('copy', mock.url, withPlaceholders(keys, variables, mock.url)),
    description: files ? `a mock with ${files.join(', ')}` : 'a mock with a copy of its data',
    close: () => mock.close(),
  };
}

/** Whether the server has other items now than before the questions. */
async function hasChanged(api: API, server: Server, before: Survey): Promise<boolean> {
  const now = await survey(api, server).catch(() => undefined);
  return JSON.stringify(now && dataOf(now)) !== JSON.stringify(dataOf(before));
}

function describeSurvey(found: Survey): string {
  return Object.entries(dataOf(found))
    .map(([name, { length }]) => `${length} ${name}`)
    .join(', ');
}

function hintOf(variables: ReadonlyMap<string, string>): string {
  const names = [...new Set(variables.values())].join(', ');
  return `The key of the server comes from the environment: set ${names || 'none is known'}.`;
}

function usage(name: string, columns: number): string {
  const width = Math.min(columns, 100);
  const summary =
    'Asks a server and a copy of it the same questions, GET and HEAD alone unless --write-tests says otherwise, and prints where their answers differ. The key comes from the environment variable that the document names. Exits with 1 if an answer differs, with 2 if nothing can be compared.';
  return [
    `Usage: ${name} compare <url> [flags]\n`,
    `${wrap(summary, width)}\n`,
    ...flags.map(([flag, text]) => wrap(text, width, `  ${flag}`.padEnd(22), ' '.repeat(22))),
  ].join('\n');
}
