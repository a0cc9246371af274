import { parseArgs } from 'node:util';
import { type FaultRule, longestDelay } from '../control/fault-rule.ts';
import { isOrigin, type ServerOptions } from '../server-options.ts';

/** How requests are logged: a line for people, a line of JSON, or not at all. */
export type LogFormat = 'pretty' | 'json' | 'none';

/** What the command line asks for. */
export interface Flags {
  help: boolean;
  version: boolean;
  log: LogFormat | undefined;
  /** How many items collections begin with: `{ users: 250 }`. */
  counts: Record<string, number>;
  /** Files with items or a snapshot. */
  files: string[];
  server: ServerOptions;
}

/** Thrown at flags that are unknown or invalid; the message says what to write instead. */
export class UsageError extends Error {}

export const usage = `Usage: org-mock [flags]

Serves a mock of the API, validated against its OpenAPI document.

  --port <number>      the port; 0 is any free one                      (default 4010)
  --host <address>     the address to listen on                         (default 127.0.0.1)
  --data <items>       initial data: users=250 generates 250 users,
                       ./state.json is a snapshot, or items by
                       collection: { "users": […] }                     (may be repeated)
  --seed <text>        what generated items look like, and which
                       requests a probable fault hits                   (default 1)
  --key <key>          an accepted API key; may be repeated             (default: any key)
  --latency <ms>       how long answers take: 50, or a range 50-200     (default 0)
  --fail <rule>        a status and its probability: 429:0.1, or 500    (may be repeated)
  --strict             query parameters that an operation does not have are a 400
  --cors-origin <url>  an origin whose pages may call the API, besides those on
                       loopback; may be repeated
  --no-cors            pages of other origins may not call the API
  --no-control         no control endpoints and no inspector
  --allow-host <name>  a host name for which the control endpoints answer, besides
                       localhost and --host; may be repeated
  --log <format>       pretty, json or none   (default: pretty on a terminal, else json)
  --help, --version

Examples:
  org-mock --data users=250 --seed demo
  org-mock --fail 429:0.1 --latency 50-200
  org-mock --host 0.0.0.0 --allow-host mock --data ./state.json
`;

/** Reads the command line. @throws {UsageError} */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parse(args);
  const log = values.log;
  if (log !== undefined && log !== 'pretty' && log !== 'json' && log !== 'none') {
    throw new UsageError(`--log must be pretty, json or none, not ${JSON.stringify(log)}.`);
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
  if (values.key !== undefined) server.adminAPIKeys = values.key.map(keyOf);
  if (values.latency !== undefined) server.latency = latencyOf(values.latency);
  if (values['allow-host'] !== undefined) server.allowedHosts = values['allow-host'].map(hostOf);
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    log,
    ...dataOf(values.data ?? []),
    server,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string', multiple: true },
        seed: { type: 'string' },
        key: { type: 'string', multiple: true },
        latency: { type: 'string' },
        fail: { type: 'string', multiple: true },
        strict: { type: 'boolean' },
        'cors-origin': { type: 'string', multiple: true },
        'no-cors': { type: 'boolean' },
        'no-control': { type: 'boolean' },
        'allow-host': { type: 'string', multiple: true },
        log: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    // Node's own sentence names the flag; what follows it is advice for programs with positional arguments.
    const [message = ''] = (error as Error).message.split('. ');
    const hint = message.includes("'--users'") ? ': write --data users=250' : '';
    throw new UsageError(message + hint);
  }
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

function faultOf(text: string): FaultRule {
  const [, status, probability] = /^([45]\d\d)(?::(0|1|0?\.\d+|1\.0+))?$/.exec(text) ?? [];
  if (status === undefined) {
    throw new UsageError(
      `--fail must be a status from 400 to 599 and a probability, such as 429:0.1, not ${JSON.stringify(text)}.`,
    );
  }
  return { status: Number(status), ...(probability ? { probability: Number(probability) } : {}) };
}
