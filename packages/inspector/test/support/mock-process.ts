import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../../mock/dist/cli.js');

/** A real `org-mock`, in a process of its own: what the page is served by, and talks to. */
export class MockProcess implements AsyncDisposable {
  /** Any free port at the first start, then the same one. */
  #port = 0;
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(flags: readonly string[]) {
    this.#flags = flags;
  }

  static async start(...flags: string[]): Promise<MockProcess> {
    const mock = new MockProcess(flags);
    await mock.start();
    return mock;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it again, on the same port. */
  async start(): Promise<void> {
    const args = [program, '--port', String(this.#port), '--log', 'none', ...this.#flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    let said = '';
    let port: string | undefined;
    // It prints its address once it listens, and may print more: the pipe stays open.
    for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
      said += chunk;
      port = /listening on http:\/\/127\.0\.0\.1:(\d+)\D/.exec(said)?.[1];
      if (port !== undefined) break;
    }
    if (port === undefined) throw new Error(`org-mock did not start: ${said}`);
    this.#port = Number(port);
    child.stderr.resume();
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** A request to the mocked API, as a client makes it. */
  async call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { authorization: 'Bearer sk-admin-secret', 'content-type': 'application/json' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(`${this.origin}/v1${path}`, { method, headers, ...init });
  }

  /** A request to the control API. */
  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.origin}/_mock/${path}`, { method, ...init });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    // What the control API answers; the caller knows which.
    return (await response.json()) as T;
  }
}
