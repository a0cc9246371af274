import { parseArgs } from 'node:util';
import type { FaultRule } from './control/fault-rule.ts';
import type { ServerOptions } from './server-options.ts';

/** How requests are logged: a line for people, a line of JSON, or not at all. */
export type LogFormat = 'pretty' | 'json' | 'none';

/** What the command line asks for. */
export interface Flags {
  help: boolean;
  version: boolean;
  log: LogFormat | undefined;
  faults: FaultRule[];
  server: ServerOptions;
}

/** A flag that is not as it must be; the message says what to write instead. */
export class UsageError extends Error {}

export const usage = `Usage: org-mock [flags]

Serves a mock of the organization users API, validated against its OpenAPI document.

  --port <number>      where to listen; 0 is any free port              (default 4010)
  --host <address>     the address to listen at                         (default 127.0.0.1)
  --users <number>     how many users to generate                       (default 100)
  --seed <text>        what the users look like, and which faults hit   (default 1)
  --key <key>          a key that is good; may be repeated              (default: any key)
  --latency <ms>       how long answers take: 50, or a range 50-200     (default 0)
  --fail <rule>        a status and how likely it is: 429:0.1, or 500   (may be repeated)
  --no-cors            pages of other origins may not call the mock
  --log <format>       pretty, json or none   (default: pretty on a terminal, else json)
  --help, --version
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
    cors: !values['no-cors'],
  };
  if (values.host !== undefined) server.host = values.host;
  if (values.users !== undefined) server.users = wholeNumber('--users', values.users, 2 ** 31);
  if (values.seed !== undefined) server.seed = values.seed;
  if (values.key !== undefined) server.adminAPIKeys = values.key;
  if (values.latency !== undefined) server.latency = range(values.latency);
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    log,
    faults: (values.fail ?? []).map(faultOf),
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
        users: { type: 'string' },
        seed: { type: 'string' },
        key: { type: 'string', multiple: true },
        latency: { type: 'string' },
        fail: { type: 'string', multiple: true },
        'no-cors': { type: 'boolean' },
        log: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    // Node's own sentence names the flag; what follows it is advice for programs with positional arguments.
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function wholeNumber(flag: string, text: string, largest: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= largest)
    return number;
  throw new UsageError(
    `${flag} must be a whole number from 0 to ${largest}, not ${JSON.stringify(text)}.`,
  );
}

function range(text: string): number | [number, number] {
  const [, least, most] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (least === undefined || Number(most ?? least) < Number(least)) {
    throw new UsageError(
      `--latency must be milliseconds or a range, such as 50-200, not ${JSON.stringify(text)}.`,
    );
  }
  return most === undefined ? Number(least) : [Number(least), Number(most)];
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
