import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/**
 * A free port for a program that is yet to start. It is below those that the system gives to servers on any free port
 * (from 32768 on Linux), which other tests may get before the program listens.
 */
export function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1', port: randomInt(20_000, 32_000) });
}
