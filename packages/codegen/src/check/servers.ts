import type { Document, Pointer, Server } from '@org/openapi';
import { addressOf } from '../read/server-address.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** The default address of a client; undefined if the document has no absolute one. */
export function defaultAddress(document: Document): string | undefined {
  const [server] = document.servers ?? [];
  const address = server && addressOf(server);
  return address && /^https?:\/\//i.test(address) ? address.replace(/\/+$/, '') : undefined;
}

/** Requests go to the first server of the document. */
export function checkServers(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  const [first, ...others] = document.servers ?? [];
  if (first && addressOf(first) === undefined) {
    problems.add(
      'server-variable',
      ['servers', 0],
      `The server \`${first.url}\` has a variable without a default. Add it to \`variables\`, with a \`default\`.`,
    );
  }
  if (defaultAddress(document) === undefined) {
    listed.add(
      'no-server',
      ['servers'],
      'The document has no absolute server: `baseURL` is required.',
    );
  }
  for (const i of others.keys()) {
    listed.add(
      'other-server',
      ['servers', i + 1],
      'Only the first server is the default of `baseURL`.',
    );
  }
  const base = first && addressOf(first);
  for (const { id, path, item, object, pointer } of operations) {
    const own: [Server[] | undefined, Pointer] = object.servers
      ? [object.servers, [...pointer, 'servers']]
      : [item.servers, ['paths', path, 'servers']];
    const [server] = own[0] ?? [];
    if (!server || addressOf(server) === base) continue;
    problems.add(
      'operation-server',
      own[1],
      `\`${id}\` has the server \`${server.url}\` of its own, but the client sends every request to \`baseURL\`. Move it to a separate document.`,
      { operation: pointer },
    );
  }
}
