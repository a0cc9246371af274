import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join, resolve } from 'node:path';
import getPort from 'get-port';

const here = resolve(import.meta.dirname, '../..');
const spec = resolve(here, '../../spec/openapi.yaml');
const prism = join(here, 'node_modules/@stoplight/prism-cli/dist/index.js');
const ours = resolve(here, '../mock/dist/cli.js');

/** How each contender is started, on a port. */
export const servers: Record<string, (port: number, users: number) => string[]> = {
  floor: (port, users) => [join(import.meta.dirname, 'floor.ts'), `${port}`, `${users}`],
  '@org/mock': (port, users) => [ours, '--port', `${port}`, '--data', `users=${users}`],
  'prism mock': (port) => [prism, 'mock', spec, '-p', `${port}`],
  'prism mock -v silent': (port) => [prism, 'mock', spec, '-p', `${port}`, '-v', 'silent'],
  steady: (port) => [
    join(here, 'node_modules/@stdy/cli/steady.js'),
    '-p',
    `${port}`,
    '--host',
    '127.0.0.1',
    spec,
  ],
};

const headers = { authorization: 'Bearer sk-admin-bench' };

/** A server in a process of its own. */
export class RunningServer {
  readonly #process: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 10 });
  readonly #port: number;
  /** Milliseconds from the start of the process to its first 200. */
  readonly startup: number;

  private constructor(process: ChildProcess, port: number, startup: number) {
    this.#process = process;
    this.#port = port;
    this.startup = startup;
  }

  static async start(name: string, users = 1_000): Promise<RunningServer> {
    const port = await getPort({ host: '127.0.0.1' });
    const args = servers[name]?.(port, users) ?? [];
    const started = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: here,
    });
    // Read and thrown away, as a terminal would.
    child.stdout.resume();
    child.stderr.resume();
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} did not start.`);
      const { status } = await ask(port).catch(() => ({ status: 0 }));
      if (status === 200) return new RunningServer(child, port, performance.now() - started);
      if (performance.now() - started > 30_000) {
        child.kill();
        throw new Error(`${name} does not answer: the last status was ${status}.`);
      }
      await new Promise((again) => setTimeout(again, 5));
    }
  }

  /** Asks over ten connections: for page after page, or for the first one again and again. Gives the time that each took, in milliseconds. */
  async load(count: number, walk = true): Promise<number[]> {
    const times: number[] = [];
    let left = count;
    const worker = async () => {
      let after = '';
      while (left > 0) {
        left -= 1;
        const started = performance.now();
        const { status, text } = await ask(this.#port, after, this.#agent);
        if (status !== 200) throw new Error(`An answer was ${status}.`);
        times.push(performance.now() - started);
        const next = /"last_id":"([^"]+)","has_more":true/.exec(text.slice(-100))?.[1];
        after = next && walk ? `&after=${next}` : '';
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return times;
  }

  /** CPU time so far, user and system, in µs, as the kernel counts it; that of child processes as well. */
  get cpu(): number {
    // utime and stime, in ticks of 10 ms.
    const ticks = this.#family().map((pid) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
      return Number(stat[11]) + Number(stat[12]);
    });
    return ticks.reduce((sum, each) => sum + each, 0) * 10_000;
  }

  /** Resident memory in MB, that of child processes as well. */
  get memory(): number {
    const sizes = this.#family().map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    });
    return sizes.reduce((sum, each) => sum + each, 0);
  }

  /** The process, and those that it has started. */
  #family(): number[] {
    const found = [this.#process.pid ?? 0];
    for (const pid of found) {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
    return found;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const ended = new Promise((done) => this.#process.once('close', done));
    for (const pid of this.#family().reverse()) process.kill(pid, 'SIGKILL');
    await ended;
  }
}

function ask(port: number, after = '', agent?: Agent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const path = `/organization/users?limit=20${after}`;
    const options = { host: '127.0.0.1', port, path, headers, ...(agent ? { agent } : {}) };
    const request = get(options, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
