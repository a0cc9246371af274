import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { inferAPI } from '@org/codegen/mock-api';
import { type Locate, type Problem, SpecProblems } from '@org/openapi';
import {
  type Files,
  filesBelow,
  type ReadDocument,
  RefusedFile,
  readDocument,
} from '@org/openapi/read';
import { createAPI } from './api.ts';
import type { LoadedAPI } from './loaded.ts';

export interface LoadOptions {
  /**
   * The folder that the document may refer to.
   *
   * @default the folder that it is in
   * @example await loadAPI('api/openapi.yaml', { root: '.' })
   */
  root?: string;
}

/** @throws {SpecProblems} with a line for each problem of the document: its place, and what to do */
export async function load(
  source: string | object,
  { root }: LoadOptions = {},
): Promise<LoadedAPI> {
  const { document, locate, files } =
    typeof source === 'string' ? await readFile(source, root) : await readObject(source);
  try {
    const { api, operations } = await inferAPI(document, locate);
    return { title: api.title, files, operations, api: createAPI(api) };
  } catch (error) {
    throw explain(error, typeof source === 'string' ? source : 'The document');
  }
}

type Read = Pick<ReadDocument, 'document' | 'locate' | 'files'>;

async function readFile(path: string, root = dirname(path)): Promise<Read> {
  const folder = resolve(root);
  const main = relative(folder, resolve(path)).split(sep).join('/');
  if (main.startsWith('..'))
    throw refusal(path, `The folder ${root} does not hold the document: name a folder above it.`);
  if (!existsSync(folder)) throw refusal(path, `\`${path}\` does not exist.`);
  // Places are given as the caller can open them.
  const shown = (file: string) => relative('', resolve(folder, file));
  try {
    const { document, locate, files } = await readDocument(main, filesBelow(folder));
    return {
      document,
      locate: (pointer) => {
        const place = locate(pointer);
        return place && { ...place, file: shown(place.file) };
      },
      files: files.map((file) => resolve(folder, file)),
    };
  } catch (error) {
    throw withFiles(explain(error, path), shown);
  }
}

/** A document without a file is read by the same rules. Its problems have paths in it, and no lines. */
async function readObject(source: object): Promise<Read> {
  const main = 'openapi.json';
  let text: string;
  try {
    text = JSON.stringify(source);
  } catch (error) {
    throw new TypeError(`The document is not JSON: ${(error as Error).message}`);
  }
  const files: Files = {
    read(path) {
      if (path === main) return text;
      throw new RefusedFile(
        `\`${path}\` cannot be read: the document is an object. Pass the path of its file instead.`,
      );
    },
  };
  const nowhere: Locate = () => undefined;
  try {
    const { document } = await readDocument(main, files);
    return { document, locate: nowhere, files: [] };
  } catch (error) {
    const explained = explain(error, 'The document');
    if (!(explained instanceof SpecProblems)) throw explained;
    throw new SpecProblems(
      explained.problems.map((problem) => ({
        ...problem,
        location: undefined,
        place: problem.place || 'The document',
      })),
    );
  }
}

function withFiles(error: unknown, shown: (file: string) => string): unknown {
  if (!(error instanceof SpecProblems)) return error;
  return new SpecProblems(
    error.problems.map(({ location, ...problem }) => ({
      ...problem,
      location: location && { ...location, file: shown(location.file) },
    })),
  );
}

function refusal(place: string, message: string): SpecProblems {
  const problem: Problem = { id: 'unreadable', message, location: undefined, place };
  return new SpecProblems([problem]);
}

/** What is not a problem of the document is a bug, and stays as it is. */
function explain(error: unknown, place: string): unknown {
  return error instanceof RangeError ? refusal(place, 'It is nested too deeply.') : error;
}
