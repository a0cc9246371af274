import ts from 'typescript';
import type { Sides } from '../document/spec.ts';
import { programOf } from '../typescript/program.ts';

/** A call's types: its first argument, its params object, and its result. */
export interface Call {
  positional: ts.Type | undefined;
  params: ts.Type | undefined;
  /** Whether a call may leave the params out. */
  isOptional: boolean;
  result: ts.Type;
}

/** The errors of one program with the old and with the new client; undefined if it compiles. */
export type Outcome = Sides<string | undefined>;

const fileOf = (side: keyof Sides<unknown>) => `/${side}/client.d.ts`;

/** The declarations of both clients, in one program of the compiler. */
export class Clients {
  readonly #files: Record<string, string>;
  readonly #program: ts.Program;
  readonly checker: ts.TypeChecker;

  constructor({ before, after }: Sides<string>) {
    this.#files = { [fileOf('before')]: before, [fileOf('after')]: after };
    this.#program = programOf(this.#files, Object.keys(this.#files), resolve, false);
    this.checker = this.#program.getTypeChecker();
  }

  /** The types of a call, by the operation's id. */
  call(side: keyof Sides<unknown>, id: string): Call | undefined {
    const parts = this.#exports(side).get('Parts');
    const call = parts && this.#member(this.checker.getDeclaredTypeOfSymbol(parts), id);
    const result = call && this.#member(call, 'result');
    if (!call || !result) return undefined;
    const [positional, given] = ['positional', 'params'].map((name) => this.#member(call, name));
    const params = given && this.checker.getNonNullableType(given);
    return { positional, params, isOptional: given !== params, result };
  }

  /** The names that the package with the types exports. */
  exported(side: keyof Sides<unknown>): ReadonlySet<string> {
    return new Set(this.#exports(side).keys());
  }

  /** Compiles each program with the old and with the new client. */
  compile(programs: readonly string[]): Outcome[] {
    const files: Record<string, string> = { ...this.#files };
    for (const [i, program] of programs.entries()) {
      for (const side of ['before', 'after'])
        files[`/${side}/${i}.ts`] = `${program}\nimport { client } from '@org/client';`;
    }
    const compiled = programOf(files, Object.keys(files), resolve, false, this.#program);
    const errorOf = (side: string, i: number) => {
      const file = compiled.getSourceFile(`/${side}/${i}.ts`);
      const [first] = [
        ...compiled.getSyntacticDiagnostics(file),
        ...compiled.getSemanticDiagnostics(file),
      ];
      if (!first) return undefined;
      const [text] = ts.flattenDiagnosticMessageText(first.messageText, '\n').split('\n');
      return `TS${first.code}: ${text}`;
    };
    return programs.map((_, i) => ({ before: errorOf('before', i), after: errorOf('after', i) }));
  }

  #exports(side: keyof Sides<unknown>): Map<string, ts.Symbol> {
    const file = this.#program.getSourceFile(fileOf(side));
    const module = file && this.checker.getSymbolAtLocation(file);
    const symbols = module ? this.checker.getExportsOfModule(module) : [];
    return new Map(symbols.map((symbol) => [symbol.name, symbol]));
  }

  #member(type: ts.Type, name: string): ts.Type | undefined {
    const symbol = type.getProperty(name);
    return symbol && this.checker.getTypeOfSymbol(symbol);
  }
}

/** Both packages are one file on each side. */
function resolve(specifier: string, importer: string): string {
  return specifier.startsWith('@org/') ? `/${importer.split('/')[1]}/client.d.ts` : specifier;
}
