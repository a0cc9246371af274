import { expect, test } from 'vitest';
import { compareAPI, publicAPI } from '../src/declarations.ts';

const base: Record<string, string> = {
  'src/index.ts': `
    import { hidden } from './hidden.ts';
    export { type Options } from './options.ts';
    export * from './more.ts';
    /** A function. */
    export function run(options: number): void { hidden(options); }
    export default class Client {
      a(): void {}
      /** @internal */
      b(): void {}
      private c(): void {}
    }`,
  'src/options.ts': `
    interface Inner { x: string }
    export interface Options { a?: string; inner?: Inner }`,
  'src/hidden.ts': 'export const hidden = (value: number): number => value;',
  'src/more.ts': 'export type Level = "a" | "b"; export * from "./index.ts";',
};
const compare = (changes: Record<string, string>) => {
  const [before, after] = [base, { ...base, ...changes }].map((files) =>
    publicAPI(['src/index.ts'], (path) => files[path]),
  );
  return compareAPI('pkg', before ?? new Map(), after ?? new Map());
};
const edited = (file: string, from: string, to: string) =>
  compare({ [file]: (base[file] ?? '').replace(from, to) });

test('declarations that consumers cannot see do not count', () => {
  expect(compare({ 'src/hidden.ts': 'export const hidden = (): void => {};' })).toEqual([]);
  expect(edited('src/index.ts', 'A function', 'Words')).toEqual([]);
  expect(edited('src/index.ts', 'b(): void', 'b(): number')).toEqual([]);
  expect(edited('src/index.ts', 'private c', 'private d')).toEqual([]);
});

test('declarations that change their order or their file are the same', () => {
  expect(
    compare({
      'src/index.ts': `${(base['src/index.ts'] ?? '').replace('export { type Options }', 'export { type Options, type Level }').replace("'./options.ts'", "'./moved.ts'")}`,
      'src/moved.ts': `export type Level = 'a' | 'b';\n${base['src/options.ts']}`,
      'src/more.ts': '',
    }),
  ).toEqual([
    // Quotes are part of a text: they are written as they were.
    expect.objectContaining({ place: 'pkg › Level', verdict: 'breaking' }),
  ]);
});

test('a property that is new is an addition, wherever it is declared', () => {
  expect(edited('src/options.ts', 'a?: string', 'a?: string; b?: string')).toEqual([
    { verdict: 'addition', place: 'pkg › Options › b', message: 'Added.' },
  ]);
  expect(edited('src/options.ts', 'x: string', 'x: string; y: string')).toEqual([
    { verdict: 'addition', place: 'pkg › Inner › y', message: 'Added.' },
  ]);
});

test('a property that callers have to give from now on is breaking', () => {
  expect(edited('src/options.ts', 'a?: string', 'a?: string; b: string')).toEqual([
    { verdict: 'breaking', place: 'pkg › Options › b', message: 'Added, and required.' },
  ]);
});

test('a changed or removed member is breaking, even in a type that is only referred to', () => {
  expect(edited('src/options.ts', 'a?: string', 'a?: number')).toMatchObject([
    { verdict: 'breaking', place: 'pkg › Options › a' },
  ]);
  expect(edited('src/options.ts', 'x: string', '')).toMatchObject([
    { verdict: 'breaking', place: 'pkg › Inner › x', message: 'Removed.' },
  ]);
  expect(edited('src/index.ts', 'a(): void', 'a(): number')).toMatchObject([
    { verdict: 'breaking', place: 'pkg › default › a' },
  ]);
});

test('an export that went or came is named', () => {
  expect(edited('src/index.ts', 'export function', 'function')).toEqual([
    { verdict: 'breaking', place: 'pkg › run', message: 'Removed.' },
  ]);
  expect(
    compare({ 'src/more.ts': `${base['src/more.ts']} export const added: number = 1;` }),
  ).toEqual([{ verdict: 'addition', place: 'pkg › added', message: 'Added.' }]);
});
