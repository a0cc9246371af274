import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../api/api.ts';
import { carry, type SchemeKeys } from './credentials.ts';
import { describe, type Request, type WriteRequest } from './question.ts';

/** A server's answer. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Parsed, if it is JSON; else its text. Undefined where it is empty. */
  body: unknown;
  isJSON: boolean;
}

/** Thrown where nothing can be compared; the message says why, and what to do. */
export class CompareError extends Error {
  /** Whether the server did not accept the key. */
  readonly isRefused: boolean;

  constructor(message: string, { isRefused = false } = {}) {
    super(message);
    this.isRefused = isRefused;
  }
}

/** Milliseconds that an answer may take. */
const timeout = 30_000;
/** The most bytes of an answer. */
const largestAnswer = 32 * 1024 * 1024;
/** How often a request is sent again after a 429, and the longest wait before that, in seconds. */
const mostRetries = 5;
const longestWait = 60;

/** One of the two servers. Sends GET and HEAD requests alone, but for {@link Server.write}. */
export class Server {
  readonly name: string;
  readonly url: string;
  readonly #keys: SchemeKeys;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param url the base address, which most paths follow
   * @param headers what every request has
   */
  constructor(
    name: string,
    url: string,
    keys: SchemeKeys,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.name = name;
    this.#headers = headers;
    this.url = url.replace(/\/+$/, '');
    this.#keys = keys;
  }

  /** @throws {CompareError} if no answer comes */
  ask(operation: Operation, request: Request): Promise<Answer> {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') throw new CompareError(`${method} is not sent.`);
    return this.#retry(operation, request);
  }

  /**
   * Sends a request that changes data, once.
   *
   * @throws {CompareError} if no answer comes
   */
  write(operation: Operation, request: WriteRequest): Promise<Answer> {
    return this.#send(operation, request);
  }

  async #retry(operation: Operation, request: Request): Promise<Answer> {
    for (let retries = 0; ; retries += 1) {
      const answer = await this.#send(operation, request);
      if (answer.status !== 429 || retries === mostRetries) return answer;
      const wait = Number(answer.headers['retry-after'] ?? 2 ** retries);
      await sleep(1_000 * Math.min(Number.isFinite(wait) ? wait : 1, longestWait));
    }
  }

  async #send(operation: Operation, request: Request | WriteRequest): Promise<Answer> {
    const { method, path, query, headers, credentials } = request;
    const body = 'body' in request ? JSON.stringify(request.body) : undefined;
    const carried = carry(operation, credentials, this.#keys) ?? { headers: {}, query: {} };
    const search = new URLSearchParams([...query, ...Object.entries(carried.query)]).toString();
    try {
      const response = await fetch(
        this.url + (operation.up ?? '') + path + (search && `?${search}`),
        {
          method,
          // Compressed answers have another length.
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...this.#headers,
            ...headers,
            ...carried.headers,
          },
          ...(body !== undefined && { body }),
          // A redirect is an answer: following it would send the key elsewhere.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
        },
      );
      const text = await readText(response);
      const isJSON = /[/+]json\b/i.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        ...parse(text, isJSON),
      };
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string } };
      throw new CompareError(
        `The ${this.name} did not answer ${describe({ ...request, headers: {} })}: ${cause?.code ?? message}.`,
      );
    }
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestAnswer) throw new Error(`more than ${largestAnswer / 2 ** 20} MB`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string, isJSON: boolean): Pick<Answer, 'body' | 'isJSON'> {
  if (text === '') return { body: undefined, isJSON };
  try {
    return isJSON ? { body: JSON.parse(text), isJSON } : { body: text, isJSON };
  } catch {
    return { body: text, isJSON: false };
  }
}
