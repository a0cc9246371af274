import { parseArgs } from 'node:util';
import { closest } from '@org/openapi';
import { type FaultRule, longestDelay } from '../control/fault-rule.ts';
import { addressProblem, type CopyOptions } from '../copy/options.ts';
import { isOrigin, type ServerOptions } from '../server-options.ts';

/** How requests are logged: a line for people, a line of JSON, or not at all. */
export type LogFormat = 'pretty' | 'json' | 'none';

/** What the command line asks for. */
export interface Flags {
  help: boolean;
  version: boolean;
  /** The document to serve; undefined for the API that the package was made from. */
  spec: string | undefined;
  /** The folder that the document may refer to, where it is not the document's own. */
  root: string | undefined;
  /** Overlays that are applied to the document. */
  overlays: string[];
  /** Whether to read the document and the handlers again when one of their files changes. */
  watch: boolean;
  /** Whether to say for each operation what the mock does, and why. */
  verbose: boolean;
  log: LogFormat | undefined;
  /** How many items collections begin with: `{ users: 250 }`. */
  counts: Record<string, number>;
  /** Files with items or a snapshot. */
  files: string[];
  /** The server to copy. */
  from: CopyOptions | undefined;
  /** The file that the copy is written to. */
  save: string | undefined;
  /** Files with fault rules. */
  ruleFiles: string[];
  /** The module with handlers. */
  handlers: string | undefined;
  server: ServerOptions;
}

/** Thrown at flags that are unknown or invalid; the message says what to write instead. */
export class UsageError extends Error {}

/** Reads the command line. @throws {UsageError} */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parse(args);
  const log = values.log;
  if (log !== undefined && log !== 'pretty' && log !== 'json' && log !== 'none') {
    throw new UsageError(`--log must be pretty, json or none, not ${JSON.stringify(log)}.`);
  }
  if (values.watch && values.spec === undefined && values.handlers === undefined)
    throw new UsageError(
      '--watch is about the files of --spec and --handlers: add --spec <file> or --handlers <file>.',
    );
  for (const flag of ['root', 'overlay', 'verbose'] as const) {
    if (values[flag] !== undefined && values.spec === undefined)
      throw new UsageError(`--${flag} is about the document of --spec: add --spec <file>.`);
  }
  for (const flag of copyFlags) {
    if (values[flag] !== undefined && values.from === undefined)
      throw new UsageError(`--${flag} is about the server of --from: add --from <url>.`);
  }
  const server: ServerOptions = {
    port: wholeNumber('--port', values.port ?? '4010', 65_535),
    cors: corsOf(values['cors-origin'], values['no-cors'] ?? false),
    control: !values['no-control'],
    strict: values.strict ?? false,
    faults: (values.fail ?? []).map(faultOf),
  };
  if (values.host !== undefined) server.host = filled('--host', values.host);
  if (values.seed !== undefined) server.seed = values.seed;
  if (values.key !== undefined) server.keys = values.key.map(keyOf);
  if (values.latency !== undefined) server.latency = latencyOf(values.latency);
  if (values['allow-host'] !== undefined) server.allowedHosts = values['allow-host'].map(hostOf);
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    spec: specOf(values.spec),
    root: values.root === undefined ? undefined : filled('--root', values.root),
    overlays: (values.overlay ?? []).map((file) => filled('--overlay', file)),
    watch: values.watch ?? false,
    verbose: values.verbose ?? false,
    log,
    ...dataOf(values.data ?? []),
    from: copyOf(values),
    save: values.save === undefined ? undefined : filled('--save', values.save),
    ruleFiles: (values.faults ?? []).map((file) => filled('--faults', file)),
    handlers: values.handlers === undefined ? undefined : filled('--handlers', values.handlers),
    server,
  };
}

const options = {
  spec: { type: 'string', multiple: true },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string', multiple: true },
  seed: { type: 'string' },
  key: { type: 'string', multiple: true },
  latency: { type: 'string' },
  fail: { type: 'string', multiple: true },
  faults: { type: 'string', multiple: true },
  handlers: { type: 'string' },
  strict: { type: 'boolean' },
  'cors-origin': { type: 'string', multiple: true },
  'no-cors': { type: 'boolean' },
  'no-control': { type: 'boolean' },
  'allow-host': { type: 'string', multiple: true },
  log: { type: 'string' },
  root: { type: 'string' },
  overlay: { type: 'string', multiple: true },
  watch: { type: 'boolean' },
  verbose: { type: 'boolean' },
  from: { type: 'string' },
  only: { type: 'string', multiple: true },
  limit: { type: 'string' },
  concurrency: { type: 'string' },
  anonymize: { type: 'boolean' },
  'map-ids': { type: 'boolean' },
  save: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What is about the server of `--from` alone. */
const copyFlags = ['only', 'limit', 'concurrency', 'anonymize', 'map-ids', 'save'] as const;

type Values = ReturnType<typeof parse>['values'];

function copyOf(values: Values): CopyOptions | undefined {
  const { from: url, only, limit, concurrency, anonymize, 'map-ids': mapIDs } = values;
  if (url === undefined) return undefined;
  const problem = addressProblem(url);
  if (problem) throw new UsageError(`--from must be ${problem}.`);
  if (values.data !== undefined)
    throw new UsageError(
      '--from and --data contradict each other: use one of them for the initial data.',
    );
  if (mapIDs && !anonymize)
    throw new UsageError('--map-ids is a part of --anonymize: add --anonymize.');
  const names = only?.flatMap((text) =>
    filled('--only', text)
      .split(',')
      .map((name) => name.trim()),
  );
  return {
    url,
    ...(names && { only: names }),
    ...(limit !== undefined && { limit: positive('--limit', limit, 2 ** 31) }),
    ...(concurrency !== undefined && { concurrency: positive('--concurrency', concurrency, 64) }),
    ...(anonymize && { anonymize }),
    ...(mapIDs && { mapIDs }),
  };
}

function positive(flag: string, text: string, largest: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number > 0 && number <= largest) return number;
  throw new UsageError(
    `${flag} must be a whole number from 1 to ${largest}, not ${JSON.stringify(text)}.`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options });
  } catch (error) {
    // Node's own sentence names the flag; what follows it is advice for programs with positional arguments.
    const [message = ''] = (error as Error).message.split('. ');
    throw new UsageError(message + hintFor(message));
  }
}

/** What to write instead of a flag that does not exist. */
function hintFor(message: string): string {
  const [, argument] = /^Unexpected argument '(.*)'$/s.exec(message) ?? [];
  if (argument !== undefined) {
    return /\.(?:ya?ml|json)$/i.test(argument)
      ? `. Did you mean --spec ${argument}?`
      : '. Without a command, the mock is served; the commands are changes, compare and record.';
  }
  const [, flag] = /^Unknown option '--?([^']+)'/.exec(message) ?? [];
  if (flag === undefined) return '';
  if (/^(?:openapi|swagger|api|schema|document|file|input)$/.test(flag))
    return '. Did you mean --spec?';
  if (flag === 'users') return ': write --data users=250';
  const names = Object.keys(options);
  const [best] =
    flag.length === 1 ? names.filter((name) => name.startsWith(flag)) : closest(flag, names);
  return best === undefined ? '' : `. Did you mean --${best}?`;
}

function wholeNumber(flag: string, text: string, largest: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= largest) return number;
  throw new UsageError(
    `${flag} must be a whole number from 0 to ${largest}, not ${JSON.stringify(text)}.`,
  );
}

function filled(flag: string, text: string): string {
  if (text.trim()) return text;
  throw new UsageError(`${flag} must not be empty.`);
}

/** @throws {UsageError} if several documents are named: the last one would be served, and the others passed over */
export function specOf(names: readonly string[] = []): string | undefined {
  const [name, second] = names;
  if (second !== undefined)
    throw new UsageError(
      '--spec is there several times, and a mock serves one document. Start another mock, with another --port, for each.',
    );
  return name === undefined ? undefined : filled('--spec', name);
}

/** The key itself is not shown: it may be a real one. */
function keyOf(text: string): string {
  if (/^[\w.~+/-]+=*$/.test(text)) return text;
  throw new UsageError('--key must be a token of letters, digits and -._~+/, with no blanks.');
}

function hostOf(text: string): string {
  if (/^[^\s/:]+$|^\[[\da-f:.]+\]$/i.test(text)) return text;
  throw new UsageError(
    `--allow-host must be a host name without port, such as mock or mock.internal, not ${JSON.stringify(text)}.`,
  );
}

function corsOf(origins: readonly string[] | undefined, isOff: boolean): boolean | string[] {
  if (origins === undefined) return !isOff;
  if (isOff) throw new UsageError('--cors-origin and --no-cors contradict each other.');
  const wrong = origins.find((text) => !isOrigin(text));
  if (wrong === undefined) return [...origins];
  throw new UsageError(
    `--cors-origin must be an origin such as https://app.example.com, not ${JSON.stringify(wrong)}.`,
  );
}

/** `users=250` is a count; everything else names a file. */
function dataOf(texts: readonly string[]): Pick<Flags, 'counts' | 'files'> {
  // Without a prototype: whatever a collection is called.
  const counts: Record<string, number> = Object.create(null);
  const files: string[] = [];
  for (const text of texts) {
    const [, name, count] = /^([\w.]+)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined && count !== undefined) {
      if (name in counts) throw new UsageError(`--data ${text}: ${name} has a count already.`);
      counts[name] = countOf(name, count);
    } else files.push(filled('--data', text));
  }
  return { counts, files };
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= 2 ** 31) return count;
  const given = text === '' ? 'nothing' : JSON.stringify(text);
  throw new UsageError(
    `--data ${name}=… must be a number of items from 0 to ${2 ** 31}, such as ${name}=250, not ${given}.`,
  );
}

function latencyOf(text: string): number | [number, number] {
  const [, least, most] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [low, high] = [Number(least), Number(most ?? least)];
  if (least === undefined || high < low || high > longestDelay) {
    throw new UsageError(
      `--latency must be milliseconds up to ${longestDelay}, or a range such as 50-200, not ${JSON.stringify(text)}.`,
    );
  }
  return most === undefined ? low : [low, high];
}

/** `429:0.1`, or a rule as JSON, which is checked once the API is known. */
function faultOf(text: string): FaultRule {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as FaultRule;
    } catch (error) {
      throw new UsageError(`--fail must be valid JSON: ${(error as Error).message}.`);
    }
  }
  const [, status, probability] = /^([45]\d\d)(?::(0|1|0?\.\d+|1\.0+))?$/.exec(text) ?? [];
  if (status === undefined) {
    throw new UsageError(
      `--fail must be a status from 400 to 599 and a probability, such as 429:0.1, or a rule as JSON, not ${JSON.stringify(text)}.`,
    );
  }
  return { status: Number(status), ...(probability ? { probability: Number(probability) } : {}) };
}
