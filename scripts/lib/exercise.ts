import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Generated, generate, readAuth } from '@org/codegen';
import { adaptDocument } from '@org/codegen/adapt-document';
import type { Operation } from '@org/codegen/model';
import { createMock, type LoadedMock, loadAPI } from '@org/mock';
import { type Document, formatProblem, methods, SpecProblems } from '@org/openapi';
import { readDocumentFile } from '@org/openapi/read';
import { ajvVerdicts } from './ajv-verdict.ts';
import { argumentsOf, describesSuccess, idsFor, type Variant, variants } from './call-arguments.ts';
import { keysFor, methodOf } from './client-calls.ts';
import { keptState } from './exercise-state.ts';
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
  /** Calls that the mock accepted and whose answer was valid, by the journal and by Ajv. */
  valid: number;
  lists: number;
  /** Lists that were walked to their end. */
  walked: number;
  /** Changes of items that the mock accepted, and those that the items' list shows afterwards. */
  changes: number;
  kept: number;
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
    ...{ lists: 0, walked: 0, changes: 0, kept: 0, failures: [] },
  };
  let generated: Generated;
  let source: Document;
  try {
    const read = await readDocumentFile(file);
    found.operations = countOperations(read.document.paths ?? {});
    const { document, leftOut, problems } = adaptDocument(read.document, read.locate);
    found.problems = [...leftOut.map(describeExclusion), ...problems.map(formatProblem)];
    if (problems.length > 0) return found;
    source = structuredClone(document);
    generated = await generate(document, read.locate);
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
    const api = await loadAPI(source);
    const verdict = ajvVerdicts(source);
    const { keys, options } = keysFor(readAuth(document).schemes, 'sk-any-document');
    // Keys that no operation asks for are an error.
    const standard = (document.security ?? []).map(Object.keys);
    const isSecured = model.operations.some(
      ({ security = standard }) => security.flat().length > 0,
    );
    const open = () => {
      const mock = createMock(isSecured ? { api, keys } : { api });
      const responses: Response[] = [];
      const client = new Client({
        ...options,
        baseURL: `http://127.0.0.1${model.basePath}`,
        async fetch(...request: Parameters<typeof mock.fetch>) {
          const response = await mock.fetch(...request);
          responses.push(response.clone());
          return response;
        },
        maxRetries: 0,
        logLevel: 'off',
      });
      return { mock, client, responses };
    };
    for (const operation of model.operations) {
      const isList = operation.result.kind === 'page';
      let failure: string | undefined;
      for (const variant of variants) {
        const { mock, client, responses } = open();
        const reason =
          (await callOnce(client, operation, variant, generated, mock)) ??
          (await invalidBody(verdict, operation, responses));
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
    const { changes, kept, failures } = await keptState(model, () => {
      const { mock, client } = open();
      const ids = new Map<string, Record<string, unknown>>();
      return {
        async call(operation) {
          // The first item is another one after it is deleted.
          const known = ids.get(operation.path) ?? idsFor(document, model, operation, mock.data);
          ids.set(operation.path, known);
          const sent = argumentsOf(document, operation, known);
          const called = methodOf(client, operation.id)(...sent);
          const isList = operation.result.kind === 'page';
          return { sent, result: await (isList ? itemsOf(called) : called) };
        },
      };
    });
    Object.assign(found, { changes, kept });
    found.failures.push(...failures);
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
    await (operation.result.kind === 'page' ? itemsOf(called) : called);
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

async function invalidBody(
  verdict: ReturnType<typeof ajvVerdicts>,
  { path, method }: Operation,
  responses: readonly Response[],
): Promise<string | undefined> {
  for (const response of responses) {
    const problem = await verdict(path, method, response);
    if (problem !== undefined) return `Ajv: ${problem}`;
  }
  return undefined;
}

/** @throws if there is no end */
async function itemsOf(list: unknown): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of list as AsyncIterable<unknown>) {
    items.push(item);
    if (items.length > maxItems) throw new Error('the list has no end');
  }
  return items;
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
