import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What answers a server's requests, and has to stop with it. */
interface Stoppable {
  /** Ends event streams, so that no connection stays open for them. */
  endStreams(): void;
  /** From now on, requests are refused. */
  shut(): void;
}

/** Rejects where the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Where a server listens: `http://127.0.0.1:4010`. */
export function addressOf(server: Server): string {
  // It listens on a port, so it is not a pipe's name.
  const { address, family, port } = server.address() as AddressInfo;
  // What listens on all addresses is asked by one of them.
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (address === '::') return `http://[::1]:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Stops accepting, lets requests under way finish for some time, and closes what is open then. */
export async function stop(server: Server, core: Stoppable, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (grace > 0) {
    core.endStreams();
    const deadline = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, grace);
      deadline.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([closed, late]);
    deadline.abort();
  }
  core.shut();
  server.closeAllConnections();
  await closed;
}
