import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from './closest.ts';
import { describe, printable } from './terminal.ts';

/**
 * An error that the person who ran the command can fix: it is printed without a stack.
 * Its message has the expected value, the actual value, and the command to run.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A flag for `parseArgs` of `node:util`, with its description for `--help`. */
export interface Flag {
  type: 'string' | 'boolean';
  /** The description for `--help`, in one line. */
  description: string;
  /** Name of the value in `--help`: `<git ref>`. */
  value?: string;
  short?: string;
  multiple?: boolean;
  default?: string | boolean;
}

/** A command of the repository: `pnpm <name>`. */
export interface Command<Flags extends Record<string, Flag>> {
  /** Its name, after `pnpm`. */
  name: string;
  /** Its summary, in one sentence. */
  summary: string;
  flags?: Flags;
  /** Positional arguments, with their description; without this, they are refused. */
  positionals?: { name: string; description: string };
  /** Lines that show how it is used. */
  examples?: readonly string[];
  run(flags: Values<Flags>, positionals: string[]): void | Promise<void>;
}

type Values<Flags extends Record<string, Flag>> = ReturnType<
  typeof parseArgs<{ options: Flags }>
>['values'];

/**
 * Runs a command: reads its flags, prints its help for `--help`, and reports a {@link CommandError} or a wrong flag
 * in one sentence with exit code 1. Every other error keeps its stack.
 */
export async function runCommand<const Flags extends Record<string, Flag>>(
  command: Command<Flags>,
  args: string[] = process.argv.slice(2),
): Promise<void> {
  try {
    if (args.includes('--help') || args.includes('-h')) {
      console.log(formatHelp(command));
      return;
    }
    const config = {
      args,
      options: (command.flags ?? {}) as Flags,
      allowPositionals: command.positionals !== undefined,
    } satisfies ParseArgsConfig;
    const { values, positionals } = parseArgs(config);
    await command.run(values as Values<Flags>, positionals);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isUsageError(error)) {
      const names = [...Object.keys(command.flags ?? {}), 'help'];
      console.error(`${explainUsage(error.message, names)}\nSee: pnpm ${command.name} --help`);
    } else if (error instanceof CommandError) {
      console.error(printable(error.message, { lines: true }));
    } else {
      throw error;
    }
    process.exitCode = 1;
  }
}

/** An error of `parseArgs`: an unknown flag, or a flag without its value. */
function isUsageError(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** For an unknown flag, the known one that is most like it. Node.js's advice on positional arguments is removed. */
function explainUsage(message: string, names: readonly string[]): string {
  const [, sentence, flag = ''] = /^(Unknown option '--?([^']+)')/.exec(message) ?? [];
  if (sentence === undefined) return message;
  const similar = closest(flag, names);
  return similar === undefined ? `${sentence}.` : `${sentence}. Did you mean --${similar}?`;
}

/** The text of `--help`. */
function formatHelp({
  name,
  summary,
  flags = {},
  positionals,
  examples = [],
}: Omit<Command<Record<string, Flag>>, 'run'>): string {
  const rows = [
    ...(positionals ? [[positionals.name, positionals.description]] : []),
    ...Object.entries(flags).map(([flag, { short, value, description }]) => [
      [short ? `-${short},` : '', `--${flag}`, value ?? ''].filter(Boolean).join(' '),
      description,
    ]),
    ['-h, --help', 'Print this help'],
  ];
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return [
    `Usage: pnpm ${name} [options]${positionals ? ` ${positionals.name}` : ''}`,
    `\n${summary}\n`,
    ...rows.map(([left = '', right = '']) => describe(`  ${left}`, right, width + 4)),
    ...(examples.length > 0 ? ['\nExamples:', ...examples.map((line) => `  ${line}`)] : []),
  ].join('\n');
}
