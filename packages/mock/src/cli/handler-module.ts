import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { HandlerRegistry } from '../answer/handlers.ts';
import type { API } from '../api/api.ts';
import type { Seen } from '../api/load.ts';
import { stateOf } from '../lib/file-state.ts';

/** Handlers by operation id. */
export type HandlerMap = Record<string, unknown>;

/** The query parameter that makes Node.js read a module again: it keeps every module that it has read, by URL. */
const parameter = 'org-mock-reload';
let reads = 0;

/**
 * The handlers that a module exports: its default export, an object of functions by operation id. Every call reads the
 * module anew, and from Node.js 22.15 also the ES modules that it imports from outside of `node_modules`.
 *
 * @param seen gets the files that were read
 * @throws {Error} with the file, the line and the reason
 */
export async function loadHandlers(path: string, seen: Seen = new Map()): Promise<HandlerMap> {
  const file = resolve(path);
  seen.set(file, stateOf(file));
  if (!existsSync(file)) throw new Error('the file does not exist.');
  const url = pathToFileURL(file);
  if (reads > 0) url.searchParams.set(parameter, String(reads));
  reads += 1;
  const imports = followImports(url.href, seen);
  let exported: { default?: unknown };
  try {
    exported = (await import(url.href)) as typeof exported;
  } catch (error) {
    throw new Error(`the module cannot be loaded: ${describe(error, seen.keys())}`);
  } finally {
    imports?.deregister();
  }
  const { default: handlers } = exported;
  if (typeof handlers !== 'object' || handlers === null || Array.isArray(handlers))
    throw new Error('expected a default export such as { "pets.list": (call, next) => next() }.');
  return { ...handlers };
}

/** @throws {Error} if a handler is not a function, or the API has no such operation */
export function checkHandlers(path: string, handlers: HandlerMap, api: API): void {
  for (const [id, handler] of Object.entries(handlers)) {
    try {
      new HandlerRegistry(api, { [id]: handler });
    } catch (error) {
      const line = lineOf(resolve(path), id);
      const place = line === undefined ? '' : `${path}:${line}: `;
      throw new Error(`${place}${(error as Error).message}`);
    }
  }
}

/** Lets the imports of a module be read anew as well, and reports their files. */
function followImports(main: string, seen: Seen): { deregister(): void } | undefined {
  const followed = new Set([main]);
  const query = new URL(main).search;
  // As of Node.js 22.15; https://nodejs.org/api/module.html#moduleregisterhooksoptions
  return module.registerHooks?.({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isOwn = context.parentURL !== undefined && followed.has(context.parentURL);
      if (!isOwn || !found.url.startsWith('file:') || found.url.includes('/node_modules/'))
        return found;
      const [plain = ''] = found.url.split('?');
      const file = fileURLToPath(plain);
      seen.set(file, stateOf(file));
      // CommonJS modules are kept by their file, whatever the query.
      const url = query && context.conditions.includes('import') ? plain + query : found.url;
      followed.add(url);
      return { ...found, url };
    },
  });
}

/** The reason of an error, after the place in the file where it occurred, if that is known. */
function describe(error: unknown, files: Iterable<string>): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replaceAll(new RegExp(`\\?${parameter}=\\d+`, 'g'), '');
  const place =
    placeOfImport(message) ??
    placeIn(error.stack ?? '') ??
    (error instanceof SyntaxError ? placeOfSyntaxError(files) : undefined);
  return place === undefined ? message : `${place}: ${message}`;
}

/** A syntax error's stack begins with its line; for an error that was thrown, it is the first in a file. */
function placeIn(stack: string): string | undefined {
  const [, url, line, column] = /(file:\/\/\S+?):(\d+)(?::(\d+))?(?=\s|\)|$)/m.exec(stack) ?? [];
  if (url === undefined) return undefined;
  const file = relative('', fileURLToPath(url.replace(/\?.*/, '')));
  return [file, line, ...(column === undefined ? [] : [column])].join(':');
}

/** The stack of a syntax error may name no line; Node.js prints it when it checks the file. */
function placeOfSyntaxError(files: Iterable<string>): string | undefined {
  for (const file of files) {
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
    const line = /:(\d+)$/m.exec(stderr ?? '')?.[1];
    if (line !== undefined) return `${relative('', file)}:${line}`;
  }
  return undefined;
}

/** The stack of a module that is missing names no line. */
function placeOfImport(message: string): string | undefined {
  const [, missing = '', file = ''] =
    /^Cannot find \w+ '(.+)' imported from (.+)$/.exec(message) ?? [];
  const line = lineOf(file, missing.split(/[\\/]/).at(-1) ?? '');
  return line === undefined ? undefined : `${relative('', file)}:${line}`;
}

/** The line of a file that has a text, from 1; undefined if there is none. */
function lineOf(file: string, text: string): number | undefined {
  if (text === '' || !existsSync(file)) return undefined;
  const index = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
  return index < 0 ? undefined : index + 1;
}
