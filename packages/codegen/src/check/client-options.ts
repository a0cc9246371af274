import type { Document } from '@org/openapi';
import { readAuth } from '../infer/read-auth.ts';
import { clientOptions } from '../model/client-core.ts';
import { readClient } from '../read/read-client.ts';
import type { Findings } from './findings.ts';

/** What `x-client` at the root sets for the client's options. */
export function checkClientOptions(document: Document, { problems }: Findings): void {
  const { headers, problems: found } = readClient(document);
  for (const { path, message } of found) problems.add('x-client', ['x-client', ...path], message);
  const keys = readAuth(document).schemes.map(({ option }) => option);
  for (const { option } of headers) {
    if (!keys.includes(option) && !clientOptions.includes(option)) continue;
    problems.add(
      'x-client',
      ['x-client'],
      `\`x-client.headers.${option}\` has the name of another option of the client. Choose another name.`,
    );
  }
}
