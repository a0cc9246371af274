import { fileURLToPath } from 'node:url';
import { generate } from '@org/codegen';
import ts from 'typescript';
import type { Document } from '../../src/document/spec.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const programFile = `${root}packages/client/src/program.ts`;
const options: ts.CompilerOptions = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
  ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, types: [] },
  ...{
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
  },
  ...{
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  },
};
/** The files of TypeScript and of the client's core are the same for every document. */
const parsed = new Map<string, ts.SourceFile | undefined>();

type Compile = (program: string) => string[];
const compilers = new Map<string, Promise<Compile>>();

/** As {@link makeCompiler}, once for each document. */
export function compilerFor(document: Document): Promise<Compile> {
  const key = JSON.stringify(document);
  const compiler = compilers.get(key) ?? makeCompiler(document);
  compilers.set(key, compiler);
  return compiler;
}

/** Compiles programs with the client that is generated from a document, and the hand-written rest of `@org/client`. */
async function makeCompiler(document: Document): Promise<Compile> {
  const { files } = await generate(document);
  const generated = new Map(
    Object.entries(files).map(([name, text]) => [`${root}${name}`, text] as const),
  );
  const types = [...generated.keys()].find((name) => name.endsWith('types/src/openapi.gen.d.ts'));
  const client = generated.get(`${root}packages/client/src/client.gen.ts`) ?? '';
  const [, name] = /^export class (\w+) extends/m.exec(client) ?? [];
  return (program) => {
    const own = new Map([
      ...generated,
      [
        programFile,
        `${program}\nimport type { ${name} } from './client.gen.ts';\ndeclare const client: ${name};`,
      ],
    ]);
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (file) => own.has(file) || fileExists(file);
    host.readFile = (file) => own.get(file) ?? readFile(file);
    host.getSourceFile = (file, target) => {
      const text = own.get(file);
      if (text !== undefined) return ts.createSourceFile(file, text, target);
      // Files of another document's client are not read from the disk.
      if (file.includes('.gen.')) return undefined;
      if (!parsed.has(file)) parsed.set(file, getSourceFile(file, target));
      return parsed.get(file);
    };
    host.resolveModuleNameLiterals = (literals, importer) =>
      literals.map(({ text }) =>
        text === '@org/types' && types
          ? { resolvedModule: { resolvedFileName: types, extension: ts.Extension.Dts } }
          : ts.resolveModuleName(text, importer, options, host),
      );
    const built = ts.createProgram([programFile], options, host);
    const file = built.getSourceFile(programFile);
    return [...built.getSyntacticDiagnostics(file), ...built.getSemanticDiagnostics(file)].map(
      ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  };
}
