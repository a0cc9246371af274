import type { Document } from '@org/openapi';
import { ownServer, pathBelowBase } from '../read/own-server.ts';
import { addressOf } from '../read/server-address.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** The default address of a client; undefined if the document has no absolute one. */
export function defaultAddress(document: Document): string | undefined {
  const [server] = document.servers ?? [];
  const address = server && addressOf(server);
  return address && /^https?:\/\//i.test(address) ? address.replace(/\/+$/, '') : undefined;
}

/** Requests go to the first server of the document, and to others of its origin. */
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
  // Paths are one whatever their parameters are called.
  const keyOf = (method: string, place: string) =>
    `${method} ${place.replaceAll(/\{[^{}]*\}/g, '{}')}`;
  const ids = new Map<string, string[]>();
  for (const { id, path, method } of operations) {
    const place = pathBelowBase(document, path, method);
    if (place === undefined) continue;
    const key = keyOf(method, place);
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  for (const { id, path, method, object, pointer } of operations) {
    const server = ownServer(document, path, method);
    const place = pathBelowBase(document, path, method);
    const alike = place === undefined ? [] : (ids.get(keyOf(method, place)) ?? []);
    const other = alike.find((each) => each !== id);
    if (!server || (place !== undefined && (other === undefined || place === path))) continue;
    problems.add(
      'operation-server',
      object.servers ? [...pointer, 'servers'] : ['paths', path, 'servers'],
      other
        ? `\`${id}\` has the server \`${server.url}\` of its own, where \`${other}\` has the same path. Remove one of them.`
        : `\`${id}\` has the server \`${server.url}\` of its own, but the client sends every request to the origin of \`baseURL\`. Move it to a separate document.`,
      { operation: pointer },
    );
  }
}
