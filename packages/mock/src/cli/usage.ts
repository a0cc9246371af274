import { wrap } from '../lib/wrap.ts';
import { defaultSpec } from './runner.ts';

/** Flags, and what they do. */
const flags: readonly (readonly [flag: string, description: string])[] = [
  [
    '--spec <file>',
    `the OpenAPI document to serve, 3.0 or later, as YAML or JSON (default: ${defaultSpec})`,
  ],
  ['--root <folder>', 'the folder that the document may refer to (default: its own)'],
  ['--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated'],
  ['--watch', 'reload the document and the handlers when a file changes; the data is kept'],
  ['--verbose', "print the mock's behavior for each operation, and the reason"],
  ['--port <number>', 'the port; 0 is any free one (default: 4010)'],
  ['--host <address>', 'the address to listen on (default: 127.0.0.1)'],
  [
    '--data <items>',
    'initial data: users=250 generates 250 users; ./state.json is a snapshot, or has items by collection: { "users": […] }; may be repeated',
  ],
  [
    '--from <url>',
    'a server whose data the mock begins with, read by GET alone; its key comes from the environment, from the variable that the document names',
  ],
  ['--only <names>', 'the collections to copy, such as users,users.roles (default: all)'],
  ['--limit <number>', 'how many items to copy of each list (default: all)'],
  ['--concurrency <number>', 'how many requests to send at the same time (default: 4)'],
  [
    '--anonymize',
    'replace names, addresses and free text in the copy by generated ones, the same one for the same value',
  ],
  ['--map-ids', 'with --anonymize, replace ids and references to them as well'],
  ['--save <file>', 'write the copy into a file that --data takes'],
  [
    '--seed <text>',
    'determines generated items, and which requests probabilistic faults hit (default: 1)',
  ],
  ['--key <key>', 'an accepted API key; may be repeated (default: any key)'],
  ['--latency <ms>', 'how long responses take: 50, or a range such as 50-200 (default: 0)'],
  [
    '--fail <rule>',
    'a status and its probability, 429:0.1 or 500, or a fault rule as JSON; may be repeated',
  ],
  ['--faults <file>', 'a JSON file with an array of fault rules; may be repeated'],
  [
    '--handlers <file>',
    'a module whose default export has functions that respond to operations, by operation id',
  ],
  ['--strict', 'respond with 400 to unknown query parameters and missing cookies'],
  [
    '--cors-origin <url>',
    'an origin whose pages may call the API, in addition to loopback origins; may be repeated',
  ],
  ['--no-cors', 'do not let pages of other origins call the API'],
  ['--no-control', 'no control endpoints and no inspector'],
  [
    '--allow-host <name>',
    'a host name that the mock accepts, in addition to localhost and --host; may be repeated',
  ],
  ['--log <format>', 'pretty, json or none (default: pretty on a terminal, else json)'],
  ['-h, --help', 'print this help'],
  ['-v, --version', 'print the version'],
];

/** Commands besides serving. */
const commands: readonly (readonly [command: string, args: string, description: string])[] = [
  ['changes', '[flags]', 'prints what requests changed in a running mock'],
  ['compare', '<url> [flags]', 'compares a server with a copy of it, and prints the differences'],
  [
    'record',
    '--out <folder> -- <program>',
    'writes a test from a program that fails against a mock',
  ],
];

const examples = [
  '--spec openapi.yaml --watch',
  '--data users=250 --seed demo',
  '--from https://api.openai.com/v1 --anonymize --save ./copy.json',
  '--fail 429:0.1 --latency 50-200',
  '--host 0.0.0.0 --allow-host mock --data ./state.json',
];

/** Lines are easier to read if they are not longer. */
const widest = 100;

/**
 * The text of `--help`.
 *
 * @param name What the command is called: `org-mock`.
 * @param columns The width of the terminal. Default: 80, for files and pipes.
 */
export function usage(name: string, columns = 80): string {
  const width = Math.min(columns, widest);
  const indent = Math.max(...flags.map(([flag]) => flag.length)) + 4;
  // In a narrow terminal, descriptions stand below their flags.
  const isBeside = width - indent >= 20;
  const describe = (subject: string, description: string) =>
    isBeside
      ? wrap(description, width, `  ${subject}`.padEnd(indent), ' '.repeat(indent))
      : `  ${subject}\n${wrap(description, width, '    ')}`;
  const summary =
    'Serves a mock of an API: validated against its OpenAPI document, with data that requests change.';
  return [
    `Usage: ${name} [flags]`,
    ...commands.map(([command, args]) =>
      wrap(`${name} ${command} ${args}`, width, ' '.repeat(7), ' '.repeat(9)),
    ),
    `\n${wrap(summary, width)}\n`,
    ...flags.map(([flag, description]) => describe(flag, description)),
    '\nCommands, each with a --help of its own:',
    ...commands.map(([command, , description]) => describe(command, description)),
    '\nExamples:',
    ...examples.map((args) => wrapCommand(`${name} ${args}`, width)),
  ].join('\n');
}

/** Breaks a command before flags only, and continues it with a backslash, for which there are two columns. */
function wrapCommand(command: string, width: number): string {
  const glued = command.replaceAll(/ (?!--)/g, '\0');
  return wrap(glued, width - 2, '  ', '    ')
    .replaceAll('\0', ' ')
    .replaceAll('\n', ' \\\n');
}
