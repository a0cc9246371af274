import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const compiler = resolve(import.meta.dirname, '../node_modules/.bin/tsc');

/** The information that an editor shows at a position in a program. */
export interface Editor extends AsyncDisposable {
  /** The hover text at the end of the first occurrence of `text`, as Markdown. */
  hover(text: string): Promise<string>;
  /** The target of go-to-definition: the file relative to the folder, and the text of its line. */
  definition(text: string): Promise<{ file: string; line: string }>;
}

interface Place {
  targetUri: string;
  targetSelectionRange: { start: { line: number } };
}

/**
 * A program where a package is installed, as an editor shows it: only what the manifest's `files` publish is there.
 *
 * @param root The package's folder; the program gets one below `reports/`, removed in the end.
 * @param links Packages that are installed beside it, from the package's own `node_modules`.
 */
export async function openWithInstalled(
  root: string,
  program: string,
  links: readonly string[] = [],
): Promise<Editor> {
  const folder = join(root, 'reports/editor');
  const { name, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const copy = join(folder, 'node_modules', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const path of ['package.json', ...files]) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  for (const link of links) {
    const path = join(folder, 'node_modules', link);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, 'node_modules', link), path);
  }
  // A separate package: inside the package itself, its name would resolve to the workspace.
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'program.mts'), program);
  // Without a configuration, the server would install declarations from the registry.
  const compilerOptions = { module: 'nodenext', strict: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const editor = await open(folder, 'program.mts');
  return {
    ...editor,
    async [Symbol.asyncDispose]() {
      await editor[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a file in TypeScript's own language server, as an editor does. */
async function open(folder: string, file: string): Promise<Editor> {
  const server = spawn(compiler, ['--lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map<number, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(received.toString('utf8', 0, end))?.[1]);
      if (end < 0 || received.length < end + 4 + length) return;
      const { id, method, result } = JSON.parse(
        received.toString('utf8', end + 4, end + 4 + length),
      );
      received = received.subarray(end + 4 + length);
      // The server requests the editor's settings; send none.
      if (method) id !== undefined && send({ id, result: null });
      else waiting.get(id)?.(result);
    }
  });
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  let asked = 0;
  // The protocol defines the result of each method.
  const ask = <T>(method: string, params: object) => {
    asked += 1;
    send({ id: asked, method, params });
    return new Promise<T>((done) => waiting.set(asked, done as (result: unknown) => void));
  };

  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      textDocument: { hover: { contentFormat: ['markdown'] }, definition: { linkSupport: true } },
    },
  });
  send({ method: 'initialized', params: {} });
  const path = join(folder, file);
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, 'utf8');
  const textDocument = { uri, languageId: 'typescript', version: 1, text };
  send({ method: 'textDocument/didOpen', params: { textDocument } });

  const at = (found: string) => {
    const start = text.indexOf(found);
    if (start < 0) throw new Error(`Expected the program to contain ${JSON.stringify(found)}.`);
    const before = text.slice(0, start + found.length - 1).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return { textDocument: { uri }, position };
  };
  return {
    async hover(found) {
      type Hover = { contents: { value: string } } | null;
      return (await ask<Hover>('textDocument/hover', at(found)))?.contents.value ?? '';
    },
    async definition(found) {
      const [place] = (await ask<Place[] | null>('textDocument/definition', at(found))) ?? [];
      if (!place) throw new Error(`No definition found for ${JSON.stringify(found)}.`);
      const target = fileURLToPath(place.targetUri);
      const lines = readFileSync(target, 'utf8').split('\n');
      const line = lines[place.targetSelectionRange.start.line] ?? '';
      return { file: relative(folder, target), line: line.trim() };
    },
    async [Symbol.asyncDispose]() {
      server.kill();
      await once(server, 'exit');
    },
  };
}
