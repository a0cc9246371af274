import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, onTestFinished } from 'vitest';
import { generate } from '../../src/index.ts';
import type { Json } from './document.ts';

const root = resolve(import.meta.dirname, '../../../..');
const client = join(root, 'packages/client');

/** A client that is generated from a document: its source in a folder of its own. */
export interface GeneratedClient {
  folder: string;
  /** The module that a program would import. Its type is another one for each document. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what is called.
  module: any;
  /** Generated files, by path in the repository. */
  files: Record<string, string>;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Writes the client of a document below the system's folder for temporary files, and imports it. Call it once per file. */
export async function generateClient(document: Json): Promise<GeneratedClient> {
  const { files } = await generate(document);
  const folder = mkdtempSync(join(tmpdir(), 'generated-client-'));
  folders.push(folder);
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
  return { folder, module, files };
}

/** What the compiler says of a generated client, and of a program that uses it. */
export function compile(client: GeneratedClient, program = ''): string[] {
  return compileEach(client, [program]).flat();
}

/**
 * What the compiler says of each of several programs, in one run; what it says of the client itself is with the first.
 * `Client` is imported in each.
 */
export function compileEach({ folder }: GeneratedClient, programs: readonly string[]): string[][] {
  const files = programs.map((program, i) => {
    const file = join(folder, `packages/client/src/program${i}.ts`);
    writeFileSync(file, `import Client from './index.ts';\n${program}\nexport { Client };\n`);
    return file;
  });
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const compiled = ts.createProgram(files, {
    ...options,
    types: ['node'],
    typeRoots: [join(client, 'node_modules/@types')],
    paths: { '@org/types': [join(folder, 'packages/types/src/openapi.gen.d.ts')] },
    noEmit: true,
    // As the package is built.
    declaration: true,
    isolatedDeclarations: true,
  });
  const found: string[][] = files.map(() => []);
  for (const { file: at, messageText } of ts.getPreEmitDiagnostics(compiled)) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    found[Math.max(files.indexOf(at?.fileName ?? ''), 0)]?.push(
      `${at?.fileName ?? ''}: ${text}`.replace(folder, ''),
    );
  }
  return found;
}

/** A request as it arrived on the socket. */
export interface Received {
  method: string;
  /** As it was sent: path and query, nothing decoded. */
  url: string;
  headers: IncomingMessage['headers'];
  query: URLSearchParams;
  body: string;
}

/** What a server answers: a body, which goes out as JSON, with headers if there are some. */
export type Answer = (request: Received) => {
  body?: unknown;
  /** 200 unless it is said. */
  status?: number;
  headers?: Record<string, string>;
};

/** A server on a real socket, and the requests that it got. */
export async function listen(answer: Answer): Promise<{ origin: string; requests: Received[] }> {
  const requests: Received[] = [];
  const server = createServer(async (incoming: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { method = '', url = '', headers } = incoming;
    const received = {
      ...{ method, url, headers, body },
      query: new URL(url, 'http://localhost').searchParams,
    };
    requests.push(received);
    const answered = answer(received);
    response.writeHead(answered.status ?? 200, {
      'content-type': 'application/json',
      ...answered.headers,
    });
    response.end(JSON.stringify(answered.body ?? {}));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
