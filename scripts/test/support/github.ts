import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  method: string;
  path: string;
  body: unknown;
}

/** A stand-in for GitHub's REST API: it answers from a table, and records what was called. */
export class GitHub {
  readonly calls: Call[] = [];
  /** `GET /pulls` → the answer, by method and path without the query. */
  readonly answers = new Map<string, unknown>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const path = (request.url ?? '').replace('/repos/org/repo', '');
      const method = request.method ?? 'GET';
      this.calls.push({ method, path, body: text ? JSON.parse(text) : undefined });
      const answer = this.answers.get(`${method} ${path.split('?')[0]}`);
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
    });
  }

  static async start(): Promise<GitHub> {
    const github = new GitHub();
    await new Promise<void>((ready) => github.#server.listen(0, '127.0.0.1', ready));
    return github;
  }

  /** The variables that a workflow sets. */
  get env(): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: 'org/repo',
      GITHUB_TOKEN: 'token',
    };
  }

  get written(): Call[] {
    return this.calls.filter(({ method }) => method !== 'GET');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
