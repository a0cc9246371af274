import ts from 'typescript';
import type { Change } from './change.ts';
import { type Document, methods, resolve } from './document.ts';

/** One side of the comparison, as the checker sees it. */
export interface Declarations {
  document: Document;
  /** What openapi-typescript made of the document. */
  generated: string;
}

/**
 * Asks the TypeScript checker what consumers' compilers will say: whether requests that were written against the old
 * declarations still fit the new ones, and whether what the new ones say of responses fits code written for the old.
 */
export function compareTypes(before: Declarations, after: Declarations): Change[] {
  const lines = [
    "import type { operations as Old } from './before';",
    "import type { operations as New } from './after';",
  ];
  const questions: { line: number; change: Change }[] = [];
  const askAssignable = (from: string, to: string, place: string, message: string) => {
    questions.push({ line: lines.length, change: { verdict: 'breaking', place, message } });
    lines.push(`export const _${lines.length}: ${to} = null! as ${from};`);
  };

  const now = new Map(operationsOf(after.document).map((one) => [one.id, one]));
  for (const old of operationsOf(before.document)) {
    const other = now.get(old.id);
    if (!other) continue;
    const [oldType, newType] = [`Old[${text(old.id)}]`, `New[${text(old.id)}]`];
    askAssignable(
      `${oldType}['parameters']`,
      `${newType}['parameters']`,
      old.place,
      'Parameters that were right no longer compile',
    );
    for (const status of old.statuses.filter((each) => other.statuses.includes(each))) {
      const path = `['responses'][${/^\d+$/.test(status) ? status : text(status)}]`;
      // Bodies alone: openapi-typescript adds an index signature to headers.
      const content = (type: string) => `Body<${type}${path}>`;
      askAssignable(
        content(newType),
        content(oldType),
        `${old.place} › response ${status}`,
        'Code that reads it no longer compiles',
      );
    }
  }
  lines.push('type Body<T> = T extends { content: infer C } ? C : never;');

  const broken = check(lines.join('\n'), before.generated, after.generated);
  const changes = questions.flatMap(({ line, change }) => {
    const reason = broken.get(line);
    return reason === undefined
      ? []
      : [{ ...change, message: `${change.message}: ${sentence(reason)}` }];
  });
  return [...changes, ...comparedNames(before.document, after.document)];
}

/** The named schemas, which are exported types. */
function comparedNames(before: Document, after: Document): Change[] {
  const [old, now] = [before, after].map(({ components }) =>
    Object.keys(components?.['schemas'] ?? {}),
  );
  const place = (name: string) => `components › schemas › ${name}`;
  return [
    ...(old ?? [])
      .filter((name) => !now?.includes(name))
      .map(
        (name): Change => ({
          verdict: 'breaking',
          place: place(name),
          message: 'The type with this name is gone.',
        }),
      ),
    ...(now ?? [])
      .filter((name) => !old?.includes(name))
      .map(
        (name): Change => ({
          verdict: 'addition',
          place: place(name),
          message: 'There is a type with this name now.',
        }),
      ),
  ];
}

function operationsOf(document: Document) {
  return Object.entries(document.paths ?? {}).flatMap(([path, given]) => {
    const item = resolve(document, given);
    return methods.flatMap((method) => {
      const operation = item?.[method];
      if (!operation?.operationId) return [];
      return {
        id: operation.operationId,
        place: `${method.toUpperCase()} ${path}`,
        statuses: Object.keys(operation.responses ?? {}),
      };
    });
  });
}

/** The first error of each line of the questions. */
function check(questions: string, before: string, after: string): Map<number, string> {
  const files: Record<string, string> = {
    '/questions.ts': questions,
    '/before.d.ts': before,
    '/after.d.ts': after,
    // The checker wants these, and no more of a library.
    '/lib.d.ts':
      'interface Array<T> { length: number; [index: number]: T } interface Boolean {} interface CallableFunction {} ' +
      'interface Function {} interface IArguments {} interface NewableFunction {} interface Number {} ' +
      'interface Object {} interface RegExp {} interface String {} ' +
      'type Record<K extends keyof any, T> = { [P in K]: T };',
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
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    if (file?.fileName !== '/questions.ts' || start === undefined) {
      const where = file ? ` (${file.fileName})` : '';
      throw new Error(
        `The generated types do not compile${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    }
    const { line } = file.getLineAndCharacterOfPosition(start);
    if (!broken.has(line)) broken.set(line, ts.flattenDiagnosticMessageText(messageText, '\n'));
  }
  return broken;
}

/** The last line of the checker's explanation is the one that names the cause. */
function sentence(reason: string): string {
  return reason.split('\n').at(-1)?.trim() ?? reason;
}

function text(value: string): string {
  return JSON.stringify(value);
}
