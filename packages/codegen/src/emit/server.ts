import { codeSpan } from '@org/openapi';
import { defaultAddress } from '../check/servers.ts';
import type { BuiltModel } from '../infer/build-model.ts';
import { type HeaderOption, readClient } from '../read/read-client.ts';
import { inline } from './markdown.ts';
import { jsdoc, notice, propertyName, quote, sentence } from './text.ts';

/** The client's default server, and the headers that it sends with every request. */
export function emitServer({ document }: BuiltModel): Record<string, string> {
  const address = defaultAddress(document);
  const { name, env, headers } = readClient(document);
  const options = headers.map(
    ({ option, header, env: variable }) =>
      `  ${propertyName(option)}: { header: ${quote(header.toLowerCase())}, env: ${quote(variable ?? '')} },\n`,
  );
  const text = [
    `// ${notice}\n`,
    '/** The first server of the spec; undefined if its address is not absolute. */',
    `export const defaultBaseURL: string | undefined = ${address === undefined ? 'undefined' : quote(address)};`,
    '',
    "/** The name of the client's class. */",
    `export const clientName = ${quote(name)};`,
    '',
    '/** The prefix of environment variables. */',
    `export const envPrefix = ${quote(env)};`,
    '',
    '/** Options that are sent as headers with every request. */',
    `export interface HeaderOptions ${headers.length > 0 ? `{\n${headers.map((each) => optionOf(each, name)).join('')}}` : '{}'}`,
    '',
    '/** Their headers and environment variables. */',
    `export const headerOptions: Readonly<Record<string, { header: string; env: string }>> = ${options.length > 0 ? `{\n${options.join('')}}` : '{}'};`,
    '',
  ].join('\n');
  return { 'packages/client/src/server/server.gen.ts': text };
}

function optionOf({ option, header, env, description }: HeaderOption, name: string): string {
  const lines = [
    [inline(sentence(description)), `Sent as ${codeSpan(header)}.`].filter(Boolean).join(' '),
    '',
    ...(env ? [`@default process.env.${env}`] : []),
    `@example new ${name}({ ${propertyName(option)}: 'abc' })`,
  ];
  return `${jsdoc(lines, '  ')}  ${propertyName(option)}?: string | null | undefined;\n`;
}
