import ts from 'typescript';

/** The members that values of a type have in any library, as a program may read them by mistake. */
function membersOf(prototype: object): string {
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && name !== 'length')
    .map((name) => `${name}: unknown;`)
    .join(' ');
}

/** The checker wants these, and no more of a library: utility types among them, which generated types use. */
const library = `
interface Array<T> { length: number; [index: number]: T; ${membersOf(Array.prototype)} }
interface Boolean { ${membersOf(Boolean.prototype)} } interface CallableFunction {}
interface Function {} interface IArguments {} interface NewableFunction {}
interface Number { ${membersOf(Number.prototype)} }
interface Object {} interface RegExp {}
interface String { readonly length: number; ${membersOf(String.prototype)} }
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
interface PromiseLike<T> { then(done: (value: T) => unknown): unknown }
interface Promise<T> extends PromiseLike<T> { readonly isPromise: true }
declare class Blob { constructor(parts: string[]); readonly size: number; private readonly blob: true }
declare class ArrayBuffer { readonly byteLength: number; private readonly buffer: true }
declare class Uint8Array { readonly byteLength: number; private readonly bytes: true }
declare class ReadableStream { readonly locked: boolean; private readonly stream: true }
declare class Response { readonly status: number; private readonly response: true }
declare const console: { log(value: unknown): void };
`;

/** Finds the file of an import; by default, `./before` is `/before.d.ts`. */
export type ResolveImport = (specifier: string, importer: string) => string;

const besideRoot: ResolveImport = (specifier) => `${specifier.replace(/^\./, '')}.d.ts`;

/**
 * A program of files that exist only in memory.
 *
 * @param isExact Whether a property that may be missing may not be undefined: `exactOptionalPropertyTypes`.
 * @param known An earlier program with some of these files, which are not parsed again.
 */
export function programOf(
  files: Readonly<Record<string, string>>,
  roots: readonly string[],
  resolve: ResolveImport = besideRoot,
  isExact = true,
  known?: ts.Program,
): ts.Program {
  const all: Readonly<Record<string, string>> = { ...files, '/lib.d.ts': library };
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: isExact,
    noLib: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, target) => {
      const text = all[name];
      if (text === undefined) return undefined;
      const parsed = known?.getSourceFile(name);
      return parsed?.text === text ? parsed : ts.createSourceFile(name, text, target);
    },
    resolveModuleNameLiterals: (literals, importer) =>
      literals.map(({ text }) => {
        const name = resolve(text, importer);
        if (!(name in all)) return { resolvedModule: undefined };
        return { resolvedModule: { resolvedFileName: name, extension: ts.Extension.Dts } };
      }),
    fileExists: (name) => name in all,
    readFile: (name) => all[name],
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  };
  return ts.createProgram(['/lib.d.ts', ...roots], options, host, known);
}
