import { closest } from '@org/openapi';
import type { Change } from '../change/change.ts';
import { operationsOf } from '../document/operations.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { SettingsError } from './settings.ts';

/**
 * The changes that reach operations on some paths, and of each, these operations alone. What is said of the document as
 * a whole, and of components that none of these operations uses, is left out.
 *
 * @param patterns Paths, where `*` matches any text; by default, all.
 * @throws {SettingsError} if neither document has such a path
 */
export function onPaths(
  changes: readonly Change[],
  patterns: readonly string[] | undefined,
  { before, after }: Sides<Spec>,
): Change[] {
  if (patterns === undefined) return [...changes];
  const expressions = patterns.map(expressionOf);
  const paths = [before, after]
    .flatMap((spec) => operationsOf(spec, spec.document['paths']))
    .map(({ path }) => path);
  for (const [i, pattern] of patterns.entries()) {
    if (paths.some((path) => expressions[i]?.test(path))) continue;
    const [similar] = closest(pattern, paths);
    throw new SettingsError(
      `No path matches ${JSON.stringify(pattern)}.${similar === undefined ? '' : ` Did you mean ${JSON.stringify(similar)}?`}`,
    );
  }
  const isShown = (operation: string) =>
    expressions.some((expression) => expression.test(operation.replace(/^\S+ /, '')));
  return changes.flatMap((change): Change[] => {
    const operations = change.operations.filter(isShown);
    if (operations.length === 0) return [];
    return [{ ...change, operations }];
  });
}

/**
 * The changes without those of some extensions.
 *
 * @param patterns Extensions, where `*` matches any text; by default, none.
 * @throws {SettingsError} if a name does not begin with `x-`
 */
export function withoutExtensions(
  changes: readonly Change[],
  patterns: readonly string[] = [],
): Change[] {
  for (const pattern of patterns) {
    if (!pattern.startsWith('x-')) {
      throw new SettingsError(
        `${JSON.stringify(pattern)} is not an extension: its name does not begin with "x-".`,
      );
    }
  }
  const expressions = patterns.map(expressionOf);
  return changes.filter(
    ({ id, args }) =>
      id !== 'extension-changed' ||
      !expressions.some((expression) => expression.test(String(args['keyword']))),
  );
}

/** Matches a text against a pattern, where `*` matches any text. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
