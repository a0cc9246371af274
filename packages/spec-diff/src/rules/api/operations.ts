import type { Finding } from '../../change/change.ts';
import type { Operation } from '../../document/operations.ts';

export interface OperationPairs {
  pairs: [before: Operation, after: Operation][];
  removed: Operation[];
  added: Operation[];
}

/**
 * Finds each operation's other half: the same method and path, then a path that differs in the names of its parameters
 * alone, then the same address below another server, then the same id on another path.
 *
 * @param prefixes The path prefixes of the servers of both documents.
 */
export function pairOperations(
  before: readonly Operation[],
  after: readonly Operation[],
  prefixes: readonly [before: string, after: string] = ['', ''],
): OperationPairs {
  const removed = new Set(before);
  const added = new Set(after);
  const pairs: OperationPairs['pairs'] = [];
  const keys: ((operation: Operation, side: 0 | 1) => string | undefined)[] = [
    ...(prefixes[0] === prefixes[1] ? [] : [addressOf]),
    ({ name }) => name,
    ({ method, path }) => `${method} ${withoutNames(path)}`,
    ({ node, method }) => (node['operationId'] ? `${method} ${node['operationId']}` : undefined),
  ];
  function addressOf({ method, path }: Operation, side: 0 | 1): string {
    return `${method} ${prefixes[side]}${withoutNames(path)}`;
  }
  for (const keyOf of keys) {
    const open = new Map([...added].map((operation) => [keyOf(operation, 1), operation]));
    for (const old of [...removed]) {
      const key = keyOf(old, 0);
      const now = key === undefined ? undefined : open.get(key);
      if (!now || !added.has(now)) continue;
      pairs.push([old, now]);
      removed.delete(old);
      added.delete(now);
    }
  }
  return { pairs, removed: [...removed], added: [...added] };
}

export function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** Old name → new name of the path parameters that are called something else at the same place of the path. */
export function renamedParameters(before: string, after: string): Map<string, string> {
  const [old = [], now = []] = [before, after].map((path) =>
    [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ''),
  );
  if (old.length !== now.length) return new Map();
  const pairs = old.map((name, i) => [name, now[i] ?? name] as const);
  return new Map(pairs.filter(([name, other]) => name !== other));
}

/**
 * The name of an operation: ids name types and methods of clients.
 *
 * @param isMoved Whether requests go to another address: a path may change together with its server.
 */
export function* names(
  before: Operation,
  after: Operation,
  isMoved: boolean,
  isCallback: boolean,
): Generator<Finding> {
  const [old, now] = [idOf(before), idOf(after)];
  if (old !== now) {
    const below = ['operationId'];
    const at = ['operationId'];
    yield old
      ? {
          id: 'operation-id-changed',
          verdict: 'breaking',
          args: { from: old, to: now ?? 'none' },
          ...{ below, at, affects: 'presence' },
        }
      : {
          id: 'operation-id-added',
          verdict: 'addition',
          args: { to: now ?? 'none' },
          ...{ below, at, affects: 'presence' },
        };
  }
  if (before.path === after.path) return;
  if (isCallback) {
    const args = { from: before.path, to: after.path };
    yield { id: 'callback-moved', verdict: 'breaking', args };
    return;
  }
  if (isMoved) {
    yield { id: 'operation-moved', verdict: 'breaking', args: { to: after.name } };
    return;
  }
  for (const [from, to] of renamedParameters(before.path, after.path)) {
    const below = ['path', from];
    yield { id: 'path-parameter-renamed', verdict: 'breaking', args: { from, to }, below };
  }
}

function idOf({ node }: Operation): string | undefined {
  return typeof node['operationId'] === 'string' ? node['operationId'] : undefined;
}
