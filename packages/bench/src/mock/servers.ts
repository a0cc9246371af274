import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const here = resolve(import.meta.dirname, '../..');
const spec = resolve(here, '../../spec/openapi.yaml');
const prism = join(here, 'node_modules/@stoplight/prism-cli/dist/index.js');
const ours = resolve(here, '../mock/dist/cli.js');

/** How each contender is started, on a port. Its log goes nowhere. */
export const servers: Record<string, (port: number, users: number) => string[]> = {
  floor: (port, users) => [join(import.meta.dirname, 'floor.ts'), `${port}`, `${users}`],
  '@org/mock': (port, users) => [ours, '--port', `${port}`, '--users', `${users}`],
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
    const port = await freePort();
    const args = servers[name]?.(port, users) ?? [];
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: 'ignore', cwd: here });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} did not start.`);
      const status = await ask(port).catch(() => 0);
      if (status === 200) return new RunningServer(child, port, performance.now() - started);
      if (performance.now() - started > 30_000) {
        child.kill();
        throw new Error(`${name} does not answer: the last status was ${status}.`);
      }
      await new Promise((again) => setTimeout(again, 5));
    }
  }

  /** Sends requests over ten connections; gives the time that each took, in milliseconds. */
  async load(count: number): Promise<number[]> {
    const times: number[] = [];
    let left = count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const started = performance.now();
        const status = await ask(this.#port, this.#agent);
        if (status !== 200) throw new Error(`An answer was ${status}.`);
        times.push(performance.now() - started);
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return times;
  }

  /** CPU time of the process so far, user and system, in µs, as the kernel counts it. */
  get cpu(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8')
      .replace(/.*\) /s, '')
      .split(' ');
    // utime and stime, in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  }

  /** Resident memory in MB. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const ended = new Promise((done) => this.#process.once('close', done));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

function ask(port: number, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = '/organization/users?limit=20';
    const request = get(
      { host: '127.0.0.1', port, path, headers, ...(agent ? { agent } : {}) },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
  });
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
