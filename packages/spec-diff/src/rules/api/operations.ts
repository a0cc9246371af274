import type { Finding } from '../../change/change.ts';
import type { Operation } from '../../document/operations.ts';

export interface OperationPairs {
  pairs: [before: Operation, after: Operation][];
  removed: Operation[];
  added: Operation[];
}

/**
 * Finds each operation's other half: the same method and path, then a path that differs in the names of its parameters
 * alone, then the same id on another path.
 */
export function pairOperations(
  before: readonly Operation[],
  after: readonly Operation[],
): OperationPairs {
  const removed = new Set(before);
  const added = new Set(after);
  const pairs: OperationPairs['pairs'] = [];
  const keys: ((operation: Operation) => string | undefined)[] = [
    ({ name }) => name,
    ({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
    ({ node, method }) => (node['operationId'] ? `${method} ${node['operationId']}` : undefined),
  ];
  for (const keyOf of keys) {
    const open = new Map([...added].map((operation) => [keyOf(operation), operation]));
    for (const old of [...removed]) {
      const key = keyOf(old);
      const now = key === undefined ? undefined : open.get(key);
      if (!now || !added.has(now)) continue;
      pairs.push([old, now]);
      removed.delete(old);
      added.delete(now);
    }
  }
  return { pairs, removed: [...removed], added: [...added] };
}

/** Old name → new name of the path parameters that are called something else at the same place of the path. */
export function renamedParameters(before: string, after: string): Map<string, string> {
  const [old, now] = [before, after].map((path) =>
    [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ''),
  );
  const isSame = before.replaceAll(/\{[^}]*\}/g, '{}') === after.replaceAll(/\{[^}]*\}/g, '{}');
  if (!isSame) return new Map();
  const pairs = old?.map((name, i) => [name, now?.[i] ?? name] as const) ?? [];
  return new Map(pairs.filter(([name, other]) => name !== other));
}

/** What an operation is called: ids name types and methods of clients. */
export function* names(before: Operation, after: Operation): Generator<Finding> {
  const [old, now] = [idOf(before), idOf(after)];
  if (old !== now) {
    const below = ['operationId'];
    const message = old
      ? `The operationId changed from ${old} to ${now ?? 'none'}.`
      : `The operation now has the id ${now}.`;
    const verdict = old ? 'breaking' : 'addition';
    yield { verdict, message, below, at: ['operationId'], affects: 'presence' };
  }
  if (before.path === after.path) return;
  const renamed = [...renamedParameters(before.path, after.path)];
  if (renamed.length === 0) {
    yield { verdict: 'breaking', message: `Moved to ${after.name}.` };
  }
  for (const [name, other] of renamed) {
    const message = `The path parameter \`${name}\` is now called \`${other}\`.`;
    yield { verdict: 'breaking', message, below: ['path', name] };
  }
}

function idOf({ node }: Operation): string | undefined {
  return typeof node['operationId'] === 'string' ? node['operationId'] : undefined;
}
