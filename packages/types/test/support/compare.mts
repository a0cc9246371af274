import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A type of this package, and the official package's type that programs use instead of it. */
export interface Pair {
  /** Name of the type in `@org/types`. */
  name: string;
  /** The module that ours is in. Default: `@org/types`. */
  ours?: string;
  /** The module of the official package, and the type in it. */
  official: readonly [module: string, type: string];
  /** `received`: ours has to fit where theirs is expected. `sent`: theirs has to fit where ours is expected. */
  direction: 'received' | 'sent';
  /** Where the document describes it. */
  pointer: readonly string[];
}

/** A point where a program written for the official package no longer compiles with ours. */
export interface Departure {
  /** `OrganizationUser.user.email`, or the type alone. */
  name: string;
  /** `is missing`. */
  message: string;
  /** Where the document describes it, or would. */
  pointer: readonly string[];
}

/** One string literal for each departure: `user.email is missing`. An addition is none. */
const comparison = `
type Fits<Way, O, T> = Way extends 'received' ? ([O] extends [T] ? true : false) : [T] extends [O] ? true : false;
type Plain<T> = NonNullable<T>;
type Join<P extends string, K> = P extends '' ? K & string : \`\${P}.\${K & string}\`;
type Deeper<Way, O, T, P extends string> =
  Plain<O> extends readonly (infer A)[]
    ? Plain<T> extends readonly (infer B)[] ? Departures<Way, A, B, \`\${P}[]\`> : never
    : Plain<O> extends object ? (Plain<T> extends object ? Departures<Way, Plain<O>, Plain<T>, P> : never) : never;
type Compared<Way, O, T, K extends keyof O & keyof T, P extends string> =
  [Deeper<Way, O[K], T[K], P>] extends [never]
    ? Fits<Way, Pick<O, K>, Pick<T, K>> extends true ? never : \`\${P} \${Change<Way, Pick<O, K>, Pick<T, K>>}\`
    : Deeper<Way, O[K], T[K], P>;
type Change<Way, O, T> =
  Way extends 'sent' ? ({} extends T ? ({} extends O ? 'has another type' : 'is required') : 'has another type')
  : ({} extends O ? ({} extends T ? 'has another type' : 'may be missing') : 'has another type');
type Added<Way, O, T> = Way extends 'sent'
  ? { [K in Exclude<keyof O, keyof T>]-?: {} extends Pick<O, K> ? never : K }[Exclude<keyof O, keyof T>]
  : never;
type Departures<Way, O, T, P extends string = ''> =
  | { [K in Exclude<keyof T, keyof O>]-?: \`\${Join<P, K>} is missing\` }[Exclude<keyof T, keyof O>]
  | { [K in keyof O & keyof T]-?: Compared<Way, O, T, K, Join<P, K>> }[keyof O & keyof T]
  | (Added<Way, O, T> extends infer K ? K extends string ? \`\${Join<P, K>} is required\` : never : never);
`;

/**
 * Compares types as the compiler sees them: a line of a program for each pair, which does not compile where they
 * differ.
 */
export function compare(pairs: readonly Pair[]): Departure[] {
  const lines = pairs.map(
    ({ name, ours = '@org/types', official: [module, type], direction }, i) =>
      `export const a${i}: never = null! as \`- \${Departures<'${direction}', import('${ours}').${name}, import('${module}').${type}>}\`;`,
  );
  const output = compile([...lines, comparison].join('\n'));
  const departures = pairs.flatMap(({ name, pointer }, i) => {
    const messages = output.filter(({ line }) => line === i + 1).map(({ message }) => message);
    return read(messages).map(({ path, message }) => ({
      name: [name, path].filter(Boolean).join('.'),
      message,
      pointer: [...pointer, ...stepsOf(path)],
    }));
  });
  const other = output.filter(({ line }) => line > pairs.length);
  if (other.length > 0) throw new Error(`The comparison does not compile: ${other[0]?.message}`);
  return departures;
}

function read(messages: readonly string[]): { path: string; message: string }[] {
  const absent = messages.find((message) => message.includes('has no exported member'));
  if (absent?.includes('/openai/')) throw new Error(`The official package changed: ${absent}`);
  // A type that is absent is `any` to the rest of the line.
  if (absent) return [{ path: '', message: 'is missing' }];
  return messages.flatMap((text) => {
    const literals = [...text.matchAll(/"- (\S+) ([^"]+)"/g)];
    if (literals.length === 0) throw new Error(`Unexpected message of the compiler: ${text}`);
    return literals.map(([, path = '', message = '']) => ({ path, message }));
  });
}

function stepsOf(path: string): string[] {
  return path
    .split('.')
    .filter(Boolean)
    .flatMap((step) => ['properties', ...step.replaceAll('[]', '\0items').split('\0')]);
}

function compile(program: string): { line: number; message: string }[] {
  // In the package, so that its name leads to it.
  mkdirSync(join(root, 'reports'), { recursive: true });
  const file = join(root, `reports/comparison-${randomUUID()}.mts`);
  writeFileSync(file, program);
  try {
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--noEmit', '--strict', '--noErrorTruncation', '--skipLibCheck', '--ignoreConfig']
        .concat(['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2024,dom,dom.iterable'])
        .concat('--types', '', file),
      { cwd: root, encoding: 'utf8' },
    );
    return [...stdout.matchAll(/\((\d+),\d+\): error TS\d+: (.*)/g)].map(
      ([, line, message = '']) => ({ line: Number(line), message }),
    );
  } finally {
    rmSync(file);
  }
}
