import ts from 'typescript';

/** The checker wants these, and no more of a library: utility types among them, which generated types use. */
const library = `
interface Array<T> { length: number; [index: number]: T } interface Boolean {} interface CallableFunction {}
interface Function {} interface IArguments {} interface NewableFunction {} interface Number {}
interface Object {} interface RegExp {} interface String {}
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
`;

/** "Excessive stack depth", "excessively deep and possibly infinite", "too complex to represent". */
const tooDeep = new Set([2321, 2589, 2590]);

/** Thrown if a file other than the one with the checks does not compile, or the checker gives up. */
class UncheckableError extends Error {
  override readonly name = 'UncheckableError';
}

/**
 * The first error of each line of `questions`, which may import `./before` and `./after`.
 *
 * @throws {UncheckableError} if the declarations themselves do not compile, or are too deep to compare.
 */
export function check(questions: string, before: string, after: string): Map<number, string> {
  const files: Record<string, string> = {
    '/questions.ts': questions,
    '/before.d.ts': before,
    '/after.d.ts': after,
    '/lib.d.ts': library,
  };
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noLib: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, target) =>
      files[name] === undefined ? undefined : ts.createSourceFile(name, files[name], target),
    fileExists: (name) => name in files,
    readFile: (name) => files[name],
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  };
  const program = ts.createProgram(['/lib.d.ts', '/questions.ts'], options, host);
  const broken = new Map<number, string>();
  for (const { code, file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    // The checker gave up, which is no result.
    if (tooDeep.has(code)) throw new UncheckableError(text.split('\n')[0]);
    if (file?.fileName !== '/questions.ts' || start === undefined) {
      throw new UncheckableError(text.split('\n')[0]);
    }
    const { line } = file.getLineAndCharacterOfPosition(start);
    if (!broken.has(line)) broken.set(line, text);
  }
  return broken;
}
