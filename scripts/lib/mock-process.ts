import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repo.ts';

/** Milliseconds that a mock gets to finish requests under way before it is told again. */
const grace = 1_000;

/** A mock that runs from its source. */
export class MockProcess {
  /** The base address, once it listens; undefined if it ended before. */
  readonly listening: Promise<string | undefined>;
  /** The exit code. */
  readonly closed: Promise<number>;
  readonly #child: ChildProcess;

  constructor(flags: readonly string[]) {
    const program = join(root, 'packages/mock/src/cli/main.ts');
    this.#child = spawn(process.execPath, [program, ...flags], {
      stdio: ['inherit', 'inherit', 'pipe'],
      // In a group of its own: a Ctrl-C reaches it once, from here, and not from the terminal as well.
      detached: true,
      // Its name in messages; it also ends with this process, and with the pnpm or npx above it.
      env: { ...process.env, ORG_MOCK_LAUNCHER: 'pnpm mock' },
    });
    this.closed = new Promise((resolve) => {
      this.#child.once('close', (code) => resolve(code ?? 1));
    });
    const greeting = new Promise<string>((resolve) => {
      let text = '';
      this.#child.stderr?.on('data', (chunk: Buffer) => {
        process.stderr.write(chunk);
        // What follows the greeting is of no interest.
        if (text.length < 10_000) text += chunk;
        const [, url] = /listening on (https?:\/\/\S+)/.exec(text) ?? [];
        if (url) resolve(url);
      });
    });
    this.listening = Promise.race([greeting, this.closed.then(() => undefined)]);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the mock. Its port is free afterwards. */
  async stop(): Promise<void> {
    this.kill('SIGTERM');
    // Streams that never end, such as the inspector's, end at the second signal.
    const timer = setTimeout(() => this.kill('SIGTERM'), grace);
    await this.closed;
    clearTimeout(timer);
  }

  /** The state, or undefined if the mock does not give it. */
  async snapshot(): Promise<unknown> {
    const url = await this.listening;
    if (!url) return undefined;
    const response = await fetch(new URL('/_mock/snapshot', url)).catch(() => undefined);
    return response?.ok ? response.json() : undefined;
  }

  /** Takes over a state; what is wrong with it, if it does not fit. */
  async restore(snapshot: unknown): Promise<string | undefined> {
    const response = await fetch(new URL('/_mock/snapshot', await this.listening), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(snapshot),
    }).catch((error: Error) => error);
    if (response instanceof Error) return response.message;
    if (response.ok) return undefined;
    const body = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
    return body.error?.message ?? `status ${response.status}`;
  }
}
