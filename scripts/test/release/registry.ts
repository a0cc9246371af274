import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@org/test-suite/free-port';

/** The version of verdaccio that is started. */
const version = '6.10.4';

/** An npm registry on this machine: what it does not have it asks the usual registry for. */
export class Registry {
  readonly #process: ChildProcess;
  readonly url: string;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(folder: string): Promise<Registry> {
    const manifest = {
      private: true,
      dependencies: { verdaccio: version },
      // A dependency of it asks for a pre-release that not every registry has.
      overrides: { 'node-fetch@cjs': '2.7.0' },
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const upstream = execFileSync('npm', ['config', 'get', 'registry'], {
      encoding: 'utf8',
    }).trim();
    const url = `http://127.0.0.1:${await freePort()}/`;
    writeFileSync(join(folder, 'config.yaml'), configuration(upstream));
    const program = join(folder, 'node_modules/verdaccio/bin/verdaccio');
    const child = spawn(
      process.execPath,
      [program, '--config', join(folder, 'config.yaml'), '--listen', url.slice(0, -1)],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    for (let i = 0; i < 300; i += 1) {
      if (child.exitCode !== null) break;
      if (await answers(url)) return new Registry(child, url);
      await new Promise((again) => setTimeout(again, 100));
    }
    child.kill();
    throw new Error(`The registry did not start:\n${output}`);
  }

  /** What npm and pnpm need to know of it, as the text of an .npmrc. */
  get npmrc(): string {
    return `registry=${this.url}\n${this.url.replace('http:', '')}:_authToken=rehearsal\n`;
  }

  stop(): void {
    this.#process.kill();
  }
}

function configuration(upstream: string): string {
  return `
storage: ./storage
uplinks:
  upstream:
    url: ${upstream}
    maxage: 60m
    timeout: 120s
packages:
  '@org/*':
    access: $all
    publish: $all
  '**':
    access: $all
    proxy: upstream
max_body_size: 100mb
log: { type: stdout, format: pretty, level: warn }
`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}-/ping`)).ok;
  } catch {
    return false;
  }
}
