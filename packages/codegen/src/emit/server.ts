import { defaultAddress } from '../check/servers.ts';
import type { BuiltModel } from '../infer/build-model.ts';
import { notice, quote } from './text.ts';

/** Where the client sends requests to by default: the document alone says it. */
export function emitServer({ document }: BuiltModel): Record<string, string> {
  const address = defaultAddress(document);
  const text = [
    `// ${notice}\n`,
    '/** The first server of the spec; undefined where its address is not absolute. */',
    `export const defaultBaseURL: string | undefined = ${address === undefined ? 'undefined' : quote(address)};`,
    '',
  ].join('\n');
  return { 'packages/client/src/server/server.gen.ts': text };
}
