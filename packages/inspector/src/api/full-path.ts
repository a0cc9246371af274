import type { OperationInfo } from './types.ts';

/** The path of an operation on the mock: below the base path, or beside it. */
export function fullPath(
  { path, up }: Pick<OperationInfo, 'path' | 'up'>,
  basePath: string,
): string {
  return up === undefined ? basePath + path : path;
}
