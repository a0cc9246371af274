import { expect, test } from 'vitest';
import { compareAPI, publicAPI } from '../src/api.ts';

const base: Record<string, string> = {
  'src/index.ts': `
    import { hidden } from './hidden.ts';
    export { type Options } from './options.ts';
    /** A function. */
    export function run(options: number): void { hidden(options); }`,
  'src/options.ts': 'export interface Options { a?: string }',
  'src/hidden.ts': 'export const hidden = (value: number): number => value;',
};
const compare = (changes: Record<string, string>) => {
  const [before, after] = [base, { ...base, ...changes }].map((files) =>
    publicAPI(['src/index.ts'], (path) => files[path]),
  );
  return compareAPI('pkg', before ?? new Map(), after ?? new Map());
};

test('what consumers cannot see does not count', () => {
  expect(compare({ 'src/hidden.ts': 'export const hidden = (): void => {};' })).toEqual([]);
  expect(
    compare({ 'src/index.ts': base['src/index.ts']?.replace('A function', 'Words') ?? '' }),
  ).toEqual([]);
});

test('a property that is new is an addition, wherever it is declared', () => {
  const found = compare({
    'src/options.ts': 'export interface Options { a?: string; b?: string }',
  });
  expect(found).toMatchObject([{ verdict: 'addition', place: 'pkg › src/options.ts' }]);
});

test('a declaration that changed or went is breaking', () => {
  const wider = compare({ 'src/options.ts': 'export interface Options { a?: number }' });
  expect(wider).toMatchObject([{ verdict: 'breaking' }]);
  const gone = compare({ 'src/index.ts': "export { type Options } from './options.ts';" });
  expect(gone).toMatchObject([{ verdict: 'breaking', place: 'pkg › src/index.ts' }]);
});
