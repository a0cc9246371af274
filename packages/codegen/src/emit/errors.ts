import type { BuiltModel } from '../infer/build-model.ts';
import { readErrors } from '../infer/read-errors.ts';
import { readClient } from '../read/read-client.ts';
import { notice, quote } from './text.ts';

/** The type of the API's errors, and their location in a response. */
export function emitErrors({ document }: BuiltModel): Record<string, string> {
  const { types, isWrapped, messages } = readErrors(document);
  const { name, aliases } = readClient(document);
  const base = `${name}Error`;
  const isExported = types.join() === 'ErrorObject';
  // A schema of that name may be a part of the errors, such as the object that holds them.
  const own = (type: string) =>
    isExported ? type : type.replace(/\bErrorObject\b/, '_ErrorObject');
  const names = [...new Set(types.map((type) => /<?(\w+)(?:\[|$)/.exec(type)?.[1] ?? type))].map(
    (name) => (own(name) === name ? name : `${name} as ${own(name)}`),
  );
  const declaration = isExported
    ? 'export type { ErrorObject };'
    : `export type ErrorObject = ${types.map(own).join(' | ') || 'unknown'};`;
  const message = messages.map((path) => `error${path.map((key) => `?.[${quote(key)}]`).join('')}`);
  const text = [
    `// ${notice}\n`,
    ...(names.length > 0 ? [`import type { ${names.join(', ')} } from '@org/types';`, ''] : []),
    `import { ${base} } from './base-error.gen.ts';\n`,
    `export { ${base} as ClientError };\n`,
    '/** The base class of errors by its names: its own is the last. */',
    `export const baseErrors: Readonly<Record<string, typeof ${base}>> = { ${[...aliases.map((alias) => `${alias}Error: ${base}`), base].join(', ')} };`,
    '',
    "/** The error in a response, as the document's error responses describe it. */",
    declaration,
    '',
    '/** A value from a server, of any type. */',
    'export type Sent = { readonly [key: string]: Sent } | null | undefined;',
    '',
    `/** The error in the body of a response: ${isWrapped ? 'its `error`' : 'the whole body'}. */`,
    `export const errorIn = (body: Sent): unknown => body${isWrapped ? "?.['error']" : ''};`,
    '',
    '/** The message of an error, or undefined. */',
    `export const messageIn = (${message.length > 0 ? 'error' : '_'}: Sent): unknown => ${message.join(' ?? ') || 'undefined'};`,
    '',
  ].join('\n');
  const baseError = [
    `// ${notice}\n`,
    '/** The base class of all errors of this package. Also thrown directly for invalid options and arguments. */',
    `export class ${base} extends Error {}`,
    ...aliases.map((alias) => `export { ${base} as ${alias}Error };`),
    '',
  ].join('\n');
  return {
    'packages/client/src/server/base-error.gen.ts': baseError,
    'packages/client/src/server/errors.gen.ts': text,
  };
}
