import { isDelay } from './control/fault-rule.ts';
import { type CopyOptions, checkCopyOptions } from './copy/options.ts';
import type { MockOptions } from './options.ts';

/** Options of a mock that listens. */
export interface ServerOptions extends MockOptions {
  /**
   * The port; 0 is any free one.
   *
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on.
   *
   * @default '127.0.0.1': only this machine
   */
  host?: string;
  /**
   * Which pages of other origins may call the API: `true` for those on loopback, such as `http://localhost:5173`; a list
   * of further origins; `false` for none. Others are refused with 403. None may call the control endpoints.
   *
   * @default true
   * @example startMock({ cors: ['https://app.example.com'] })
   */
  cors?: boolean | readonly string[];
  /**
   * Host names that the mock accepts, besides loopback names and `host`, such as a container's name for
   * other containers.
   *
   * @default []
   * @example startMock({ host: '0.0.0.0', allowedHosts: ['mock'] })
   */
  allowedHosts?: readonly string[];
  /**
   * Milliseconds that a request may take to arrive, body included. Then it is a 408, and the connection is closed.
   *
   * @default 30_000
   */
  requestTimeout?: number;
  /**
   * A server whose data the mock begins with, instead of `data`: its address, or what to copy of it. Every collection is
   * read, by GET alone, before the mock listens. The key of the server comes from the environment, from the variable that
   * the document names; `mock.copied` says what could not be read.
   *
   * @default none: the data is generated
   * @throws {CopyError} if nothing could be read
   * @example startMock({ from: 'https://api.openai.com/v1' }) // with OPENAI_ADMIN_KEY
   * @example startMock({ from: { url, only: ['users'], limit: 1000, anonymize: true } })
   */
  from?: string | CopyOptions;
}

/** @throws {TypeError} that says which option is invalid */
export function checkServerOptions(
  options: Omit<ServerOptions, 'data' | 'handlers'> & {
    api?: unknown;
    spec?: unknown;
    data?: unknown;
  },
): void {
  const { port, host, cors, control, allowedHosts, requestTimeout, spec, api, from } = options;
  if (from !== undefined) checkCopyOptions(from);
  if (from !== undefined && options.data !== undefined)
    throw new TypeError('from and data contradict each other: both say what the mock begins with.');
  const check = (name: string, value: unknown, isValid: boolean, expected: string) => {
    if (value === undefined || isValid) return;
    throw new TypeError(`${name} must be ${expected}, not ${JSON.stringify(value)}.`);
  };
  check('spec', spec, typeof spec === 'string' && spec !== '', 'the path of an OpenAPI document');
  if (spec !== undefined && api !== undefined)
    throw new TypeError('spec and api contradict each other: spec is read by loadAPI as well.');
  const isPort = Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535;
  check('port', port, isPort, 'an integer from 0 to 65535');
  check('host', host, typeof host === 'string' && host !== '', 'an address or a host name');
  const areOrigins = typeof cors === 'boolean' || (Array.isArray(cors) && cors.every(isOrigin));
  const origins = "true, false or an array of origins such as 'https://app.example.com'";
  check('cors', cors, areOrigins, origins);
  check('control', control, typeof control === 'boolean', 'true or false');
  const areHosts =
    Array.isArray(allowedHosts) && allowedHosts.every((each) => /^[^\s/:]+$|^\[.+\]$/.test(each));
  check('allowedHosts', allowedHosts, areHosts, 'an array of host names without port');
  const isTimeout = isDelay(requestTimeout) && Number(requestTimeout) > 0;
  check('requestTimeout', requestTimeout, isTimeout, 'a positive number of milliseconds');
}

/** Whether it is an origin as browsers send it: `https://app.example.com`, `null` for files, or `*` for all. */
export function isOrigin(text: unknown): boolean {
  if (text === '*' || text === 'null') return true;
  return typeof text === 'string' && URL.canParse(text) && new URL(text).origin === text;
}
