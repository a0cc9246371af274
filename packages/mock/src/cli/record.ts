import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { keyVariables } from '../compare/credentials.ts';
import { createMock } from '../create-mock.ts';
import type { LoadedAPI, LoadedMockOptions, LoadedServerOptions } from '../index.ts';
import { wrap } from '../lib/wrap.ts';
import type { Run } from '../record/failure.ts';
import { RecordError, record, type Scenario } from '../record/record.ts';
import { testText } from '../record/test-text.ts';
import { api as ownAPI } from '../spec.ts';
import { startServer } from '../start-mock.ts';
import type { AnyCollection } from '../state/any-collection.ts';
import { checkKeys } from './check-keys.ts';
import { type InitialData, readData } from './data-files.ts';
import { openDocument } from './document.ts';
import { type Flags, parseFlags, UsageError } from './flags.ts';
import { printable } from './printable.ts';

/** Milliseconds that the program may take, and the longest that may be given. */
const usualTimeout = 30_000;
const longestTimeout = 600_000;
/** Milliseconds during which the data is made smaller. */
const patience = 60_000;
/** The most characters of a program's error output that are read. */
const largestOutput = 1_000_000;

interface RecordFlags {
  out: string;
  timeout: number;
  command: string[];
  /** The flags of the mock. */
  mock: Flags;
}

/**
 * Runs `org-mock record`: a program that fails against a mock becomes a test.
 *
 * @throws {UsageError} if the command line is invalid
 * @throws {RecordError} if no test can be written
 */
export async function runRecord(
  name: string,
  args: readonly string[],
  program: URL,
): Promise<void> {
  if (args[0] === '--help' || args[0] === '-h')
    return console.log(usage(name, process.stdout.columns ?? 80));
  const { out, timeout, command, mock: flags } = parse(args);
  const { latency, seed, keys, strict, faults = [] } = flags.server;
  const document = await openDocument(flags, program);
  const api = document?.api.api ?? ownAPI;
  checkKeys(flags, api);
  const given = await readData(flags.counts, flags.files);
  const base = optionsOf(flags, given, document?.api);
  const initial = createMock({ ...base, faults: [] } as unknown as LoadedMockOptions);
  if (given.snapshot) initial.restore(given.snapshot);
  const [acceptedKey = 'any-key'] = Array.isArray(keys) ? (keys as string[]) : [];
  const environment = Object.fromEntries(
    [...keyVariables(api).values()].map((variable) => [variable, acceptedKey]),
  );
  const addressVariable = `${api.env}_BASE_URL`;

  endWithProgram();
  let isFirst = true;
  const runProgram = async (scenario?: Scenario): Promise<Run> => {
    const isShown = isFirst;
    isFirst = false;
    const { mock, hideKeys } = await startServer({
      ...{ ...base, ...scenario, port: 0 },
    } as LoadedServerOptions);
    try {
      if (!scenario && given.snapshot) mock.restore(given.snapshot);
      const env = { ...process.env, ...environment, [addressVariable]: mock.url };
      const ended = await runCommand(command, env, timeout, isShown);
      // A test is for others to read, and a program may print the key that it sent.
      return { ...ended, stderr: hideKeys(ended.stderr), requests: [...mock.requests] };
    } finally {
      await mock.close();
    }
  };

  const recording = await record({
    ...{ api, faults, patience, run: runProgram },
    data: initial.data as unknown as Record<string, AnyCollection>,
    onRun: (count) => {
      if (process.stderr.isTTY && count > 1) process.stderr.write(`\rRun ${count}…`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  const text = testText({
    ...{ packageName: manifest.name, command, environment, addressVariable, timeout, ...recording },
    options: {
      ...(flags.spec !== undefined && { spec: flags.spec }),
      ...(seed !== undefined && { seed }),
      ...(keys !== undefined && { keys }),
      ...(latency !== undefined && { latency }),
      ...(strict && { strict }),
    },
    folder: folderFrom(out),
  });
  const { failure, scenario } = recording;
  const items = Object.values(scenario.data).flat().length;
  const path = await write(out, nameOf(command), text);
  console.log(
    `Wrote ${path}: ${counted(items, 'item')}, ${counted(scenario.faults.length, 'fault')}.\nIt fails until this is fixed: ${printable(failure.message)}`,
  );
}

function parse(args: readonly string[]): RecordFlags {
  const end = args.indexOf('--');
  const command = end < 0 ? [] : args.slice(end + 1);
  if (command.length === 0)
    throw new UsageError(
      'record: name the program after two dashes: record --out tests -- node offboard.mjs',
    );
  const rest = args.slice(0, end);
  const out = take(rest, '--out');
  if (!out)
    throw new UsageError('record: name the folder of the test with --out, such as --out tests.');
  const text = take(rest, '--timeout') ?? String(usualTimeout);
  const timeout = Number(text);
  if (!/^\d+$/.test(text) || timeout < 1 || timeout > longestTimeout)
    throw new UsageError(
      `record: --timeout must be milliseconds from 1 to ${longestTimeout}, not ${JSON.stringify(text)}.`,
    );
  const mock = parseFlags(rest);
  if (mock.ruleFiles.length > 0 || mock.handlers !== undefined)
    throw new UsageError('record: --faults and --handlers are not supported; use --fail.');
  if (mock.watch) throw new UsageError('record: --watch has no effect here.');
  if (mock.from)
    throw new UsageError(
      'record: the program runs many times. Copy the server first with --from and --save copy.json, and record with --data copy.json.',
    );
  return { out, timeout, command, mock };
}

/** Takes a flag and its value out of the arguments. */
function take(args: string[], flag: string): string | undefined {
  const index = args.findIndex((one) => one === flag || one.startsWith(`${flag}=`));
  if (index < 0) return undefined;
  const [text = ''] = args.splice(index, 1);
  return text === flag ? args.splice(index, 1)[0] : text.slice(flag.length + 1);
}

/** What every mock is started with. The requests of a program come from this machine. */
function optionsOf(
  { server: { port: _, host: __, cors: ___, allowedHosts: ____, ...server } }: Flags,
  { items, snapshot }: InitialData,
  api: LoadedAPI | undefined,
) {
  return { ...(snapshot && { seed: snapshot.seed }), ...server, ...(api && { api }), data: items };
}

/** The program that runs now. */
let running: ChildProcess | undefined;

/** Lets no program outlive this command. */
function endWithProgram(): void {
  process.on('exit', () => endGroup(running));
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, code] of Object.entries(codes)) process.on(signal, () => process.exit(code));
}

/** Ends a program, and every process that it has started. */
function endGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

function runCommand(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  timeout: number,
  isShown: boolean,
): Promise<Omit<Run, 'requests'>> {
  return new Promise((resolveRun, reject) => {
    // What the program prints is no output of this command.
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', isShown ? 2 : 'ignore', 'pipe'],
      // A group of its own: `npm run` and `npx` start the program as a process below them.
      detached: process.platform !== 'win32',
    });
    running = child;
    let stderr = '';
    let isTimeout = false;
    const timer = setTimeout(() => {
      isTimeout = child.exitCode === null && child.signalCode === null;
      endGroup(child);
    }, timeout);
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      if (isShown) process.stderr.write(chunk);
      stderr += chunk;
      // An error stands at the end.
      if (stderr.length > 2 * largestOutput) stderr = stderr.slice(-largestOutput);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(
        new RecordError(
          `The program ${JSON.stringify(program)} cannot be started (${error.code}).`,
        ),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolveRun({ code, isTimeout, stderr });
    });
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Where the program runs, as the test finds it. */
function folderFrom(out: string): string {
  const path = relative(resolve(out), '.').split(sep).join('/');
  return path === '' ? './' : `${path}/`;
}

/** `node scripts/offboard.mjs` → `offboard` */
function nameOf(command: readonly string[]): string {
  const file = command.find((one) => /\.\w+$/.test(one)) ?? command[0] ?? '';
  const name = basename(file, extname(file)).replaceAll(/[^\w.-]+/g, '-');
  return /^[\w]/.test(name) ? name : 'program';
}

/** Writes the test under a name that no other file has. */
async function write(out: string, name: string, text: string): Promise<string> {
  await mkdir(out, { recursive: true });
  for (let count = 1; ; count += 1) {
    const path = join(out, `${name}${count === 1 ? '' : `-${count}`}.test.ts`);
    if (existsSync(path)) {
      if ((await readFile(path, 'utf8')) === text) return path;
      continue;
    }
    await writeFile(path, text, { flag: 'wx' });
    return path;
  }
}

function usage(name: string, columns: number): string {
  const width = Math.min(columns, 100);
  const summary =
    'Runs a program against a mock. If the program fails, writes a Vitest test with the smallest data and the faults that it fails with. The program gets the address of the mock and a key in the environment variables of the client. All flags of the mock work: --data, --seed, --fail, --spec …';
  const flags: [flag: string, description: string][] = [
    ['--out <folder>', 'the folder that the test is written to'],
    ['--timeout <ms>', `how long the program may take (default: ${usualTimeout})`],
    ['-h, --help', 'print this help'],
  ];
  return [
    `Usage: ${name} record --out <folder> [flags] -- <program> [arguments]\n`,
    `${wrap(summary, width)}\n`,
    ...flags.map(([flag, text]) => wrap(text, width, `  ${flag}`.padEnd(20), ' '.repeat(20))),
  ].join('\n');
}
