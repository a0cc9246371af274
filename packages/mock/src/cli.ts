#!/usr/bin/env node
import { styleText } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { type Flags, type LogFormat, parseFlags, UsageError, usage } from './flags.ts';
import { type MockServer, type RecordedRequest, startMock } from './index.ts';

async function run({ help, version, log, faults, server }: Flags): Promise<void> {
  if (help) return console.log(usage);
  if (version) return console.log(manifest.version);
  const logger = loggers[log ?? (process.stdout.isTTY ? 'pretty' : 'json')];
  const mock = await startMock({ ...server, ...(logger ? { logger } : {}) });
  for (const fault of faults) mock.fail(fault);
  console.error(greeting(mock, server.adminAPIKeys?.[0]));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => mock.close());
  }
}

function greeting({ url, directory }: MockServer, key = 'any-key'): string {
  return `The mock listens at ${url} and knows ${directory.size} users. Stop it with Ctrl+C.

  curl -H 'Authorization: Bearer ${key}' '${url}/organization/users?limit=2'

  import OrgClient from '@org/client';
  const client = new OrgClient({ adminAPIKey: '${key}', baseURL: '${url}' });
`;
}

const loggers: Record<LogFormat, ((request: RecordedRequest) => void) | undefined> = {
  none: undefined,
  json: (request) => print(JSON.stringify(request)),
  pretty: ({ method, path, query, status, validations, duration }) => {
    const search = new URLSearchParams(Object.entries(query).flatMap(pairs)).toString();
    const color = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green';
    const target = search ? `${path}?${search}` : path;
    const time = `${duration.toFixed(1)} ms`.padStart(9);
    print(`${styleText(color, String(status).padStart(3))} ${time}  ${method} ${target}`);
    for (const { message } of validations) print(`              ${message}`);
  },
};

/** Log lines that wait to be written: a write for each would take a fifth of a busy mock's time. */
let waiting = '';

function print(line: string): void {
  if (!waiting) setTimeout(flush, 10);
  waiting += `${line}\n`;
}

function flush(): void {
  process.stdout.write(waiting);
  waiting = '';
}

function pairs([name, value]: [string, string | string[]]): [string, string][] {
  return [value].flat().map((item) => [name, item]);
}

function explain(error: Error & { code?: string }): string {
  if (error instanceof UsageError)
    return `${error.message}\nRun \`org-mock --help\` for all flags.`;
  if (error.code === 'EADDRINUSE')
    return `${error.message}: choose another port with --port, or 0 for any free one.`;
  if (error.code === 'EACCES') return `${error.message}: choose a port above 1023 with --port.`;
  return error.message;
}

try {
  await run(parseFlags(process.argv.slice(2)));
} catch (error) {
  console.error(explain(error as Error & { code?: string }));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
