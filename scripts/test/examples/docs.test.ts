import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MockServer, startMock } from '@org/mock';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';
import { blocks, documents, printedBy, runnable, wayOf } from '../support/markdown.ts';
import { ScopedRegistry } from '../support/scoped-registry.ts';

// Every block of the documents as it stands, where its reader has it: in an empty folder with the packages as they would
// be published, on the oldest Node.js and on ours, or in a clone of the repository.

const folder = mkdtempSync(join(tmpdir(), 'docs-'));
const consumer = join(folder, 'consumer');
const oldNode = join(consumer, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const nodes = { 'Node.js 20': oldNode, 'Node.js 24': process.execPath };
const all = documents
  .filter((path) => path !== 'packages/client/api.md')
  .flatMap((path) => blocks(path))
  .filter(({ language }) => runnable.includes(language))
  .map((block) => ({ ...block, name: `${block.path}:${block.line}`, way: wayOf(block) }));
const of = (way: string, ...languages: string[]) =>
  all.filter((block) => block.way === way && languages.includes(block.language));
/** The port that documents have. One block at a time has it. */
const port = 4010;

let registry: ScopedRegistry;
let mock: MockServer;
let clone: Clone;
const running: ChildProcess[] = [];

beforeAll(async () => {
  registry = await ScopedRegistry.start(['types', 'client', 'mock']);
  clone = new Clone();
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(consumer, '.npmrc'), registry.npmrc);
  // What requests a failed answer with an error, instead of printing it.
  writeFileSync(join(consumer, '.curlrc'), 'fail\nsilent\n');
  const platform = `node-${process.platform}-${process.arch}`;
  const packages = [
    '@org/client',
    '@org/mock',
    '@org/types',
    'undici@7.16.0',
    `${platform}@20.20.2`,
  ];
  await bash(consumer, `npm install --no-audit --no-fund --ignore-scripts ${packages.join(' ')}`);
  mock = await startMock({ data: { users: 30 } });
}, 300_000);
afterEach(() => {
  for (const { pid } of running.splice(0)) end(pid, 'SIGKILL');
});
afterAll(async () => {
  await mock?.close();
  await registry?.close();
  clone?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('docs: programs', () => {
  const programs = of('consumer', 'ts', 'js').map((block, i) => ({
    ...block,
    file: `snippet-${i}${block.language === 'ts' ? '.mts' : '.mjs'}`,
  }));

  beforeAll(() => {
    for (const { file, code } of programs) writeFileSync(join(consumer, file), code);
    const files = programs.filter(({ language }) => language === 'ts').map(({ file }) => file);
    const types = join(root, 'scripts/node_modules/@types');
    // Node.js 20 runs no TypeScript, and has no syntax that is younger.
    const flags = `--strict --module nodenext --target es2022 --lib es2023,dom --types node --typeRoots ${types}`;
    execFileSync(join(root, 'scripts/node_modules/.bin/tsc'), [...flags.split(' '), ...files], {
      cwd: consumer,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }, 240_000);

  test.each(
    programs.flatMap((block) =>
      Object.entries(nodes).map(([node, path]) => ({ ...block, node, path_: path })),
    ),
  )('$name runs on $node, and prints what its comments say', async ({ file, code, path_ }) => {
    mock.reset();
    const env = { OPENAI_ADMIN_KEY: 'sk-admin-test', OPENAI_BASE_URL: mock.url };
    const output = await bash(consumer, `'${path_}' ${file.replace('.mts', '.mjs')}`, env);
    const lines = output.split('\n');
    for (const expected of printedBy(code)) {
      const at = lines.indexOf(expected);
      expect(at, `Expected the line ${JSON.stringify(expected)} in:\n${output}`).not.toBe(-1);
      lines.splice(0, at + 1);
    }
  });
});

test.each(of('here', 'sh'))('docs: $name works in the working tree', async ({ code }) => {
  await bash(root, code, borrowedPackages);
});

describe('docs: commands of an installed package', () => {
  const commands = of('consumer', 'sh');

  test.each(commands.filter(({ marker }) => marker === undefined))(
    '$name works in an empty folder',
    async ({ code }) => {
      const empty = mkdtempSync(join(folder, 'empty-'));
      writeFileSync(join(empty, '.npmrc'), registry.npmrc);
      await bash(empty, code);
    },
  );

  test.each(commands.filter(({ marker }) => marker === 'with a mock'))(
    '$name works while a mock runs',
    async ({ code }) => {
      await portIsFree();
      await listens(start(consumer, 'npx --no -- org-mock --log none'));
      await bash(consumer, code);
    },
  );

  test.each(
    commands
      .filter(({ marker }) => marker === 'serves')
      .flatMap((block) =>
        block.code
          .trim()
          .split('\n')
          .map((line) => ({ ...block, line })),
      ),
  )('$name serves, until Ctrl-C: $line', async ({ line }) => {
    await portIsFree();
    const child = start(consumer, line);
    await listens(child);
    // A terminal sends it to the whole group.
    end(child.pid, 'SIGINT');
    await portIsFree();
  });
});

describe('docs: commands of this repository', () => {
  // One after the other, in one clone, as somebody would who reads on.
  test.each(of('clone', 'sh'))('$name works in a clone', async ({ code }) => {
    const usesPort = code.includes(`:${port}`);
    if (usesPort) await portIsFree();
    const child = start(clone.path, code, { EDITOR: 'true', ...borrowedPackages });
    const { exit, output } = await ended(child);
    end(child.pid, 'SIGTERM');
    expect(exit, output).toBe(0);
    // What a block starts it also ends.
    if (usesPort) await portIsFree();
  });

  test.each(of('clone', 'ts').filter(({ path }) => path.startsWith('packages/')))(
    '$name runs in its package',
    async ({ path, code }) => {
      const file = join(clone.path, dirname(path), 'snippet.mts');
      writeFileSync(file, code);
      await bash(clone.path, `'${process.execPath}' '${file}'`);
      rmSync(file);
    },
  );
});

/** Starts a shell with commands, in a process group of its own. */
function start(cwd: string, code: string, env: Record<string, string> = {}): ChildProcess {
  const path = [
    dirname(process.execPath),
    // Nothing of the workspace is on the way: a consumer has what it installs.
    ...(process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((entry) => cwd === clone.path || cwd === root || !entry.startsWith(root)),
  ].join(delimiter);
  const kept = ['TMPDIR', 'LANG', 'CI', 'NODE_EXTRA_CA_CERTS', 'NPM_CONFIG_USERCONFIG', 'HOME'];
  // With job control, as in a terminal: `kill %1` ends all that the job has started.
  const child = spawn('bash', ['-e', '-m', '-o', 'pipefail', '-c', code], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
      ...{ PATH: path, NO_COLOR: '1', CURL_HOME: consumer, ...env },
    },
  });
  running.push(child);
  return child;
}

/** Runs commands, and gives what they printed. @throws {Error} with all of it, if they fail */
async function bash(cwd: string, code: string, env?: Record<string, string>): Promise<string> {
  const { exit, output } = await ended(start(cwd, code, env));
  if (exit !== 0) throw new Error(`Exit code ${exit}:\n${code}\n${output}`);
  return output;
}

function ended(child: ChildProcess): Promise<{ exit: number | null; output: string }> {
  const output = outputOf(child);
  return new Promise((resolve) => {
    // `exit`, not `close`: what runs in the background keeps the pipes open.
    child.once('exit', (exit) => setTimeout(() => resolve({ exit, output: output.text }), 100));
  });
}

function outputOf(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text += chunk;
    });
  }
  return output;
}

async function listens(child: ChildProcess): Promise<void> {
  const output = outputOf(child);
  while (!output.text.includes('Mock listening on')) {
    if (child.exitCode !== null) throw new Error(output.text);
    await sleep(50);
  }
}

/** Other suites of this machine may have the port for a while. */
async function portIsFree(): Promise<void> {
  const isServed = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  for (let i = 0; i < 500 && (await isServed()); i += 1) await sleep(100);
  expect(await isServed(), `Port ${port} is taken.`).toBe(false);
}

function end(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}
