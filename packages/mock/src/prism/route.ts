import type { IHttpRequest } from '@stoplight/prism-http';
import router from '@stoplight/prism-http/dist/router/index.js';
import type { API, Operation } from '../api/api.ts';
import { memoize } from '../lib/memoize.ts';

/** A segment with two parameters may have any length, one with five 56 characters. */
const mostSteps = 1e7;

/** Finds the operation of a method, in any case, and a path without the base path; undefined where there is none. */
export type Route = (method: string, path: string) => Operation | undefined;

/**
 * Routes as Prism does: a path without parameters before one with. Prism compares every operation with the path, so
 * that it gets those alone that can match, and each result is kept.
 */
export function createRoute(operations: readonly Operation[]): Route {
  const bySize = new Map<string, Operation[]>();
  const originals = new Map<unknown, Operation>();
  for (const operation of operations) {
    const key = keyOf(operation.method, operation.path);
    // Prism finds no path that has a parameter such as `{user.id}`.
    const plain = { ...operation, path: operation.path.replaceAll(/\{[^{}]+\}/g, '{p}') };
    originals.set(plain, operation);
    bySize.set(key, [...(bySize.get(key) ?? []), plain]);
  }
  const find = (method: string, path: string): Operation | undefined => {
    const resources = bySize.get(keyOf(method, path));
    // Prism throws at `//`, and takes `/things/` for a thing whose id is empty.
    if (!resources || !path.startsWith('/')) return undefined;
    const possible = resources.filter((operation) => canMatch(operation.path, path));
    if (possible.length === 0) return undefined;
    // Prism compares the method with the spec's, whatever it is.
    const input: IHttpRequest = { method: method.toLowerCase() as 'get', url: { path } };
    const found = router.default({ resources: possible, input });
    if (found._tag === 'Left') return undefined;
    // It returns one of those that it got.
    const operation = originals.get(found.right);
    return path.endsWith('/') && !operation?.path.endsWith('/') ? undefined : operation;
  };
  const kept = memoize(
    ({ method, path }: { method: string; path: string }) => ({ operation: find(method, path) }),
    ({ method, path }) => `${method} ${path}`,
  );
  return (method, path) => kept({ method, path }).operation;
}

/**
 * Whether a path has the texts between a template's parameters, in their order. Prism's regular expressions take time in
 * a power of the path's length to find that `{a}-{b}-{c}:end` does not match.
 */
function canMatch(template: string, path: string): boolean {
  const segments = path.split('/').map(decode);
  return template.split('/').every((part, i) => {
    const segment = segments[i] ?? '';
    const texts = decode(part).split(/\{[^{}]+\}/);
    // Of a path that matches, they may take as long.
    if (segment.length > 1 && segment.length ** (texts.length - 2) > mostSteps) return false;
    let at = 0;
    return texts.every((text) => {
      const found = segment.indexOf(text, at);
      at = found + text.length;
      return found >= 0;
    });
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What a path shares with every template that it can match. */
function keyOf(method: string, path: string): string {
  let segments = 0;
  for (const character of path) if (character === '/') segments += 1;
  return `${method.toLowerCase()} ${segments}`;
}

/** A path without the base path, which it may begin with: as operations have it. */
export function pathBelow(
  { operations, basePath }: Pick<API, 'operations' | 'basePath'>,
  route: Route,
  path: string,
): string {
  if (!path.startsWith(`${basePath}/`)) return path;
  const below = path.slice(basePath.length);
  if (operations.every(({ up }) => up === undefined)) return below;
  // What is beside the base path is not below it, and its parameters may stand for the base path.
  const found = operationsAt(operations, route, below);
  const isBeside = found.length > 0 || operationsAt(operations, route, path).length > 0;
  return isBeside && found.every(({ up }) => up !== undefined) ? path : below;
}

/** Whether a path is that of an operation, with the base path or without it. */
export function hasPath(
  api: Pick<API, 'operations' | 'basePath'>,
  route: Route,
  path: string,
): boolean {
  return operationsAt(api.operations, route, pathBelow(api, route, path)).length > 0;
}

function operationsAt(operations: readonly Operation[], route: Route, path: string): Operation[] {
  const methods = new Set(operations.map(({ method }) => method));
  return [...methods].flatMap((method) => route(method, path) ?? []);
}
