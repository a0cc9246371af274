import { jsonOf } from '@org/inspector/copy-as/literal';
import type { Failure } from './failure.ts';
import { describe, type Run } from './failure.ts';
import type { Scenario } from './record.ts';

export interface TestParts {
  /** The name of this package. */
  packageName: string;
  /** The program and its arguments. */
  command: readonly string[];
  /** The folder that it runs in, from that of the test: `../`. */
  folder: string;
  /** Options of the mock besides data and faults. */
  options: Readonly<Record<string, unknown>>;
  /** The environment variables that the program gets, besides that of the address. */
  environment: Readonly<Record<string, string>>;
  /** The variable of the mock's address. */
  addressVariable: string;
  /** Milliseconds that the program may take. */
  timeout: number;
  failure: Failure;
  scenario: Scenario;
  run: Run;
}

/** How many of the last requests a comment lists. */
const mostRequests = 5;

/** A Vitest test that runs the program against a mock with the scenario. It fails as long as the program does. */
export function testText(parts: TestParts): string {
  const { packageName, command, folder, options, timeout, failure, scenario, run } = parts;
  const [program = '', ...args] = command;
  const isRefused = failure.kind === 'refused';
  const variables = Object.entries(parts.environment).map(
    ([name, value]) => `${key(name)}: ${literal(value)}`,
  );
  const env = ['...process.env', `${key(parts.addressVariable)}: mock.url`, ...variables].join(
    ', ',
  );
  const requests = run.requests.slice(-mostRequests).map((one) => `//   ${oneLine(describe(one))}`);
  return [
    "import { execFile } from 'node:child_process';",
    "import { promisify } from 'node:util';",
    `import { startMock } from ${literal(packageName)};`,
    `import { ${isRefused ? 'expect, test' : 'test'} } from 'vitest';`,
    '',
    '// Recorded by `org-mock record`, when the program failed:',
    `//   ${oneLine(failure.message)}`,
    ...(requests.length > 0 ? ['// Its last requests:', ...requests] : []),
    `test(${literal(command.join(' '))}, async () => {`,
    '  await using mock = await startMock({',
    ...Object.entries(options).map(([name, value]) => `    ${key(name)}: ${literal(value)},`),
    '    data: {',
    ...Object.entries(scenario.data).flatMap(([name, items]) => list(key(name), items, '      ')),
    '    },',
    ...list('faults', scenario.faults, '    ').filter(() => scenario.faults.length > 0),
    '  });',
    `  const env = { ${env} };`,
    `  const cwd = new URL(${literal(folder)}, import.meta.url);`,
    `  await promisify(execFile)(${literal(program)}, ${literal(args)}, { cwd, env, timeout: ${timeout} });`,
    ...(isRefused
      ? [
          '  const refused = mock.requests.filter(({ status, fault }) => status >= 400 && !fault);',
          '  expect(refused).toEqual([]);',
        ]
      : []),
    `}, ${timeout + 5_000});`,
    '',
  ].join('\n');
}

/** An array with a line for each item. */
function list(name: string, items: readonly unknown[], indent: string): string[] {
  if (items.length === 0) return [`${indent}${name}: [],`];
  return [
    `${indent}${name}: [`,
    ...items.map((item) => `${indent}  ${literal(item)},`),
    `${indent}],`,
  ];
}

/** A value as TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') {
    const text = jsonOf(value);
    return text.includes("'") || text.includes(String.raw`\"`) ? text : `'${text.slice(1, -1)}'`;
  }
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  const parts = Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** A property's name. Quoted, `__proto__` would set the prototype. */
function key(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** A text as a part of a comment of one line. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
