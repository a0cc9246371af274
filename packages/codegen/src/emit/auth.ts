import { codeSpan } from '@org/openapi';
import type { BuiltModel } from '../infer/build-model.ts';
import { type KeyKind, type ReadScheme, readAuth } from '../infer/read-auth.ts';
import { readClient } from '../read/read-client.ts';
import { inline } from './markdown.ts';
import { jsdoc, literal, notice, propertyName, quote, sentence } from './text.ts';

/** The client's options for keys, and how they are sent. */
export function emitAuth({ document, model }: BuiltModel): Record<string, string> {
  const auth = readAuth(document);
  const { name: client } = readClient(document);
  const [single, ...others] = auth.schemes;
  // Most documents: the client's core knows it, and a program has no more than that.
  const isUsual =
    single?.how.kind === 'bearer' &&
    others.length === 0 &&
    JSON.stringify(auth.security) === JSON.stringify([[single.option]]) &&
    model.operations.every(({ security }) => security === undefined);
  const helpers = new Set(auth.schemes.map(({ how }) => helperOf(how)));
  const names = (text: string | undefined) => (text === undefined ? 'undefined' : quote(text));
  return {
    'packages/client/src/core/auth.gen.ts': [
      `// ${notice}\n`,
      `import type { Auth${auth.schemes.length > 0 ? ', KeySource' : ''} } from './auth.ts';`,
      ...(isUsual ? [] : ["import { schemeAuth } from './scheme-auth.ts';"]),
      ...(isUsual || helpers.size === 0
        ? []
        : [`import { ${[...helpers].sort().join(', ')} } from './schemes.ts';`]),
      '',
      '/** The keys of the API. */',
      `export interface AuthOptions ${auth.schemes.length > 0 ? `{\n${auth.schemes.map((each) => optionOf(each, client, whenMissing(each, auth.security))).join('')}}` : '{}'}`,
      '',
      '/** The option that takes the one bearer token of the API. */',
      `export const keyOption = ${quote((isUsual && single?.option) || '')};`,
      '/** The environment variable with the key. */',
      `export const keyVariable: string | undefined = ${isUsual ? names(single?.env) : 'undefined'};`,
      '/** How keys are sent if the API needs more than one bearer token. */',
      `export const auth: Auth | undefined = ${isUsual ? 'undefined' : `schemeAuth({ ${auth.schemes.map(schemeText).join(', ')} }, ${literal(auth.security)})`};`,
      '',
    ].join('\n'),
  };
}

/** When a key that is missing is an error. */
function whenMissing({ option }: ReadScheme, security: readonly (readonly string[])[]): string {
  const isNeeded = security.every((names) => names.includes(option));
  if (security.length > 0 && isNeeded) return 'at construction, if it is missing';
  return security.some((names) => names.length === 0) || security.length === 0
    ? 'by a call that needs it, if it is missing'
    : 'if it is missing, and the keys of no other alternative are there';
}

function optionOf(
  { option, env, description, how, name }: ReadScheme,
  client: string,
  missing: string,
): string {
  const what = inline(sentence(description)) || `The key ${codeSpan(name)}.`;
  const form = {
    bearer: 'It is sent as a bearer token.',
    basic: 'A name and a password, as `name:password`, for basic authentication.',
    header: `It is sent in the header ${codeSpan(how.kind === 'header' ? how.name : '')}.`,
    query: `It is sent in the query, as ${codeSpan(how.kind === 'query' ? how.name : '')}.`,
  }[how.kind];
  const lines = [
    `${what} ${form}`,
    'A function is called once per attempt, so that a key can be rotated; `null` sends no key. The key goes to the origin of',
    '`baseURL` only.',
    '',
    ...(env ? [`@default process.env.${env}`] : []),
    `@throws {${client}Error} ${missing}`,
    `@example new ${client}({ ${propertyName(option)}: () => vault.read('key') })`,
  ];
  return `${jsdoc(lines, '  ')}  ${propertyName(option)}?: KeySource | undefined;\n`;
}

function helperOf({ kind }: KeyKind): string {
  return { bearer: 'bearer', basic: 'basic', header: 'headerKey', query: 'queryKey' }[kind];
}

function schemeText({ option, env, how }: ReadScheme): string {
  const written = 'name' in how ? `${helperOf(how)}(${quote(how.name)})` : helperOf(how);
  const text = env === undefined ? written : `{ ...${written}, env: ${quote(env)} }`;
  return `${propertyName(option)}: ${text}`;
}
