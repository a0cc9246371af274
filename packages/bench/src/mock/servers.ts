import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import { freePort } from '@org/test-suite/free-port';

const here = resolve(import.meta.dirname, '../..');
const spec = resolve(here, '../../spec/openapi.yaml');
export const prism: string = join(here, 'node_modules/@stoplight/prism-cli/dist/index.js');
export const steady: string = join(here, 'node_modules/@stdy/cli/steady.js');
export const ours: string = resolve(here, '../mock/dist/cli.js');

/** How each contender is started, on a port. */
export const servers: Record<string, (port: number, users: number) => string[]> = {
  floor: (port, users) => [join(import.meta.dirname, 'floor.ts'), `${port}`, `${users}`],
  '@org/mock': (port, users) => [ours, '--port', `${port}`, '--data', `users=${users}`],
  'prism mock': (port) => [prism, 'mock', spec, '-p', `${port}`],
  'prism mock -v silent': (port) => [prism, 'mock', spec, '-p', `${port}`, '-v', 'silent'],
  steady: (port) => [steady, '-p', `${port}`, '--host', '127.0.0.1', spec],
};

type Headers = Readonly<Record<string, string>>;
const key: Headers = { authorization: 'Bearer sk-admin-bench' };
const list = '/organization/users?limit=20';

/** A server in a separate process. */
export class RunningServer {
  readonly #process: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 10 });
  readonly #port: number;
  /** Milliseconds from the start of the process to its first 200. */
  readonly startup: number;

  readonly #headers: Headers;

  private constructor(process: ChildProcess, port: number, startup: number, headers: Headers) {
    this.#process = process;
    this.#port = port;
    this.startup = startup;
    this.#headers = headers;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  static start(name: string, users = 1_000): Promise<RunningServer> {
    return RunningServer.spawn(name, (port) => servers[name]?.(port, users) ?? [], list);
  }

  /** Starts a program, and waits until it answers a path with 200, or with any status. */
  static async spawn(
    name: string,
    argsFor: (port: number) => string[],
    path: string,
    { headers = key, isAny = false }: { headers?: Headers; isAny?: boolean } = {},
  ): Promise<RunningServer> {
    const port = await freePort();
    const args = argsFor(port);
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
      const { status } = await ask(port, { path, headers }).catch(() => ({ status: 0 }));
      if (status === 200 || (isAny && status > 0))
        return new RunningServer(child, port, performance.now() - started, headers);
      if (performance.now() - started > 120_000) {
        child.kill();
        throw new Error(`${name} does not respond: the last status was ${status}.`);
      }
      await new Promise((again) => setTimeout(again, 5));
    }
  }

  /** Milliseconds that a GET takes. */
  async time(path: string): Promise<number> {
    const started = performance.now();
    await ask(this.#port, { path, headers: this.#headers }, this.#agent);
    return performance.now() - started;
  }

  /** Lists users over ten connections: page after page, or the first one again and again. Gives each call's milliseconds. */
  async load(count: number, walk = true): Promise<number[]> {
    return this.#tenAtOnce(count, () => {
      let after = '';
      return async () => {
        const { text } = await this.#succeed({ path: `${list}${after}` });
        const next = /"last_id":"([^"]+)","has_more":true/.exec(text.slice(-100))?.[1];
        after = next && walk ? `&after=${next}` : '';
      };
    });
  }

  /** Retrieves or updates one user over ten connections. */
  async loadItem(count: number, task: 'retrieve' | 'update'): Promise<void> {
    const { text } = await this.#succeed({ path: list });
    const [first] = (JSON.parse(text) as { data: { id: string }[] }).data;
    const path = `/organization/users/${first?.id}`;
    const call: Call =
      task === 'retrieve'
        ? { path }
        : { path, method: 'POST', body: JSON.stringify({ role: 'owner' }) };
    await this.#tenAtOnce(count, () => () => this.#succeed(call));
  }

  async #tenAtOnce(count: number, start: () => () => Promise<unknown>): Promise<number[]> {
    const times: number[] = [];
    let left = count;
    const worker = async () => {
      const call = start();
      while (left > 0) {
        left -= 1;
        const started = performance.now();
        await call();
        times.push(performance.now() - started);
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return times;
  }

  async #succeed(call: Call): Promise<{ text: string }> {
    const { status, text } = await ask(this.#port, call, this.#agent);
    if (status !== 200) throw new Error(`Expected 200 from ${call.path}, got ${status}: ${text}`);
    return { text };
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

interface Call {
  path: string;
  method?: string;
  headers?: Headers;
  body?: string;
}

function ask(port: number, call: Call, agent?: Agent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { path, method = 'GET', headers = key, body } = call;
    const ofBody = body
      ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      : {};
    const options = { host: '127.0.0.1', port, path, method, ...(agent ? { agent } : {}) };
    const outgoing = request({ ...options, headers: { ...headers, ...ofBody } }, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
