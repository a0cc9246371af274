import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Generated, generate, readAuth } from '@org/codegen';
import { adaptDocument } from '@org/codegen/adapt-document';
import type { Operation } from '@org/codegen/model';
import { createMock, type LoadedMock, loadAPI } from '@org/mock';
import { formatProblem, methods, SpecProblems } from '@org/openapi';
import { readDocumentFile } from '@org/openapi/read';
import { argumentsOf, describesSuccess, idsFor, type Variant, variants } from './call-arguments.ts';
import { keysFor, methodOf } from './client-calls.ts';
import { describeExclusion } from './overlay.ts';
import { root } from './repo.ts';

/** What happened to a document, and to the calls of its client against its mock. */
export interface Exercise {
  operations: number;
  methods: number;
  /** The operations that were left out, and problems of the document itself, for which it was refused: with reasons. */
  problems: string[];
  /** How many parts are not generated. */
  listed: number;
  /** Calls that the mock accepted and whose answer was valid. */
  valid: number;
  lists: number;
  /** Lists that were walked to their end. */
  walked: number;
  /** Calls and walks that failed: the method, and the reason. */
  failures: string[];
}

/** A list that is longer than this has no end. */
const maxItems = 2_000;

/**
 * Generates the client of a document into a temporary folder, calls each of its methods once against the mock of the
 * document, and walks each list to its end. The document is changed as by `pnpm adopt`.
 */
export async function exercise(file: string): Promise<Exercise> {
  const found: Exercise = {
    ...{ operations: 0, methods: 0, problems: [], listed: 0, valid: 0 },
    ...{ lists: 0, walked: 0, failures: [] },
  };
  let generated: Generated;
  try {
    const source = await readDocumentFile(file);
    found.operations = countOperations(source.document.paths ?? {});
    const { document, leftOut, problems } = adaptDocument(source.document, source.locate);
    found.problems = [...leftOut.map(describeExclusion), ...problems.map(formatProblem)];
    if (problems.length > 0) return found;
    generated = await generate(document, source.locate);
  } catch (error) {
    if (!(error instanceof SpecProblems)) throw error;
    found.problems = error.problems.map(formatProblem);
    return found;
  }
  const { model, document, listed } = generated;
  found.methods = model.operations.length;
  found.listed = listed.length;
  const folder = mkdtempSync(join(tmpdir(), 'exercise-'));
  try {
    const Client = await writeClient(folder, generated);
    const api = await loadAPI(document);
    const { keys, options } = keysFor(readAuth(document).schemes, 'sk-any-document');
    for (const operation of model.operations) {
      const isList = operation.result.kind === 'page';
      let failure: string | undefined;
      for (const variant of variants) {
        const mock = createMock({ api, keys });
        const client = new Client({
          ...options,
          baseURL: `http://127.0.0.1${model.basePath}`,
          fetch: mock.fetch,
          maxRetries: 0,
          logLevel: 'off',
        });
        const reason = await callOnce(client, operation, variant, generated, mock);
        failure ??= reason;
        if (reason === undefined) failure = undefined;
        if (failure === undefined) break;
      }
      if (isList) found.lists += 1;
      if (failure === undefined) {
        found.valid += 1;
        if (isList) found.walked += 1;
      } else found.failures.push(`${operation.id}: ${failure}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return found;
}

function countOperations(paths: object): number {
  return Object.values(paths).flatMap((item: object) => methods.filter((each) => each in item))
    .length;
}

/** @returns why the call, or the walk over all pages, failed */
async function callOnce(
  client: object,
  operation: Operation,
  variant: Variant,
  { model, document }: Generated,
  mock: LoadedMock,
): Promise<string | undefined> {
  try {
    const args = argumentsOf(
      document,
      operation,
      idsFor(document, model, operation, mock.data),
      variant,
    );
    const called = methodOf(client, operation.id)(...args);
    if (operation.result.kind === 'page') {
      let count = 0;
      for await (const _ of called as unknown as AsyncIterable<unknown>)
        if (++count > maxItems) return 'the list has no end';
    } else await called;
  } catch (error) {
    const isAnswer = (error as { status?: number }).status !== undefined;
    if (!isAnswer || describesSuccess(document, operation))
      return `${(error as Error).name}: ${(error as Error).message}`;
  }
  for (const { operation: id, validations } of mock.requests) {
    if (id !== operation.id) return `the mock took it for ${id}`;
    const errors = validations.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return JSON.stringify(errors);
  }
  return mock.requests.length > 0 ? undefined : 'nothing was sent';
}

async function writeClient(folder: string, { files }: Generated) {
  const client = join(root, 'packages/client');
  cpSync(join(client, 'src'), join(folder, 'packages/client/src'), {
    recursive: true,
    filter: (path) => !/\/src\/resources|\.gen\.ts$/.test(path),
  });
  symlinkSync(join(client, 'node_modules'), join(folder, 'packages/client/node_modules'));
  cpSync(join(client, 'package.json'), join(folder, 'packages/client/package.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const module = await import(join(folder, 'packages/client/src/index.ts'));
  return module.default as new (
    options: object,
  ) => object;
}
