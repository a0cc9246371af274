import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../lib/repo.ts';

/** An npm registry for the packages of this repository alone, as they would be published now. */
export class ScopedRegistry {
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  /** Packs the packages, which have been built, and serves them. */
  static async start(names: readonly string[]): Promise<ScopedRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    const filters = names.flatMap((name) => ['--filter', `@org/${name}`]);
    execFileSync('pnpm', [...filters, 'pack', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const tarballs = new Map(
      readdirSync(folder).map((file) => {
        const text = execFileSync('tar', ['-xOf', join(folder, file), 'package/package.json']);
        const manifest = JSON.parse(text.toString()) as { name: string; version: string };
        return [manifest.name, { file, manifest }] as const;
      }),
    );
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '').slice(1);
      const { file, manifest } = tarballs.get(path) ?? {};
      if (manifest) {
        const { version } = manifest;
        const dist = { tarball: `http://${request.headers.host}/-/${file}` };
        const versions = { [version]: { ...manifest, dist } };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ...manifest, 'dist-tags': { latest: version }, versions }));
      } else if (path.startsWith('-/') && readdirSync(folder).includes(path.slice(2))) {
        response.end(readFileSync(join(folder, path.slice(2))));
      } else response.writeHead(404).end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new ScopedRegistry(server, folder);
  }

  /** What makes npm ask this registry for `@org/…`, and the usual one for everything else. */
  get npmrc(): string {
    return `@org:registry=http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/\n`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
