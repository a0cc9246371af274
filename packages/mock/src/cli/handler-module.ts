import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HandlerRegistry } from '../answer/handlers.ts';
import type { API } from '../api/api.ts';
import { UsageError } from './flags.ts';

/**
 * The handlers that a module exports: its default export, an object of functions by operation id.
 *
 * @throws {UsageError} that names the file, and what is wrong with it
 */
export async function readHandlers(
  path: string | undefined,
  api: API,
): Promise<Record<string, unknown> | undefined> {
  if (path === undefined) return undefined;
  const fail = (message: string): never => {
    throw new UsageError(`--handlers ${path}: ${message}`);
  };
  const file = resolve(path);
  if (!existsSync(file)) fail('the file does not exist.');
  let module: { default?: unknown } = {};
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    fail(`the module cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
  const handlers = module.default;
  const isObject = typeof handlers === 'object' && handlers !== null && !Array.isArray(handlers);
  if (!isObject)
    return fail('expected a default export such as { "pets.list": (call, next) => next() }.');
  try {
    new HandlerRegistry(api, handlers);
  } catch (error) {
    fail((error as Error).message);
  }
  return { ...handlers };
}
