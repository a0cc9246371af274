import { messageOf } from '../answer/error-body.ts';
import type { Query } from '../http/request.ts';
import { copyText } from '../lib/copy-text.ts';
import { sizeOfText, sizeOfValue } from '../lib/size-of.ts';
import type { Violation } from '../prism/diagnostic.ts';

/** The maximum number of requests in the journal; beyond it, the older half is dropped. */
const capacity = 20_000;
/** The maximum size in bytes, estimated; beyond it, the older half is dropped. */
const byteCapacity = 64 * 1024 * 1024;
/** The most characters of a body that are kept. */
const bodyCapacity = 64 * 1024;
/** The most characters of a message in a summary. */
const mostCharacters = 200;

/** A request in the journal. Headers are not recorded, and keys are masked everywhere. */
export interface RecordedRequest {
  /** Identifies the request; the `x-request-id` of the answer. */
  id: string;
  /** The id of the operation, such as `admin.organization.users.list`; null if no operation has the path and method. */
  operation: string | null;
  method: string;
  /** The path, with the base path if it came with one. */
  path: string;
  query: Query;
  /** The request's body, if it has one: parsed if it is JSON, else the text. Cut after 64 kB of text. */
  body?: unknown;
  /** The status of the response; 0 if a fault closed the connection before it. */
  status: number;
  /** The answer's body, cut after 64 kB, and its size in characters. */
  response?: { body: string; size: number };
  /** Violations of the spec by the request or the response. Warnings do not refuse a request. */
  validations: Violation[];
  /** The id of the fault rule that hit the request. */
  fault?: string;
  /** The session that it named; missing where it named none. */
  session?: string;
  /** When it came, in milliseconds since 1970. */
  time: number;
  /** How many milliseconds the answer took, to the microsecond. */
  duration: number;
}

/** The requests that came in, oldest first. Bounded in number and in bytes. */
export class Journal {
  #entries: RecordedRequest[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  readonly #listener: ((request: RecordedRequest) => void) | undefined;

  constructor(listener?: (request: RecordedRequest) => void) {
    this.#listener = listener;
  }

  get entries(): readonly RecordedRequest[] {
    return this.#entries;
  }

  /** @param isLate whether a reset overtook the request: then it is told of, and not kept */
  record(request: RecordedRequest, isLate = false): void {
    if (isLate) {
      this.#listener?.(request);
      return;
    }
    const size = sizeOf(request);
    if (this.#entries.length >= capacity || this.#bytes + size > byteCapacity)
      this.#dropOlderHalf();
    this.#entries.push(request);
    this.#sizes.push(size);
    this.#bytes += size;
    this.#listener?.(request);
  }

  clear(): void {
    this.#entries = [];
    this.#sizes = [];
    this.#bytes = 0;
  }

  /** Half of the entries, or as many as it takes to be at half of the bytes. */
  #dropOlderHalf(): void {
    let dropped = Math.floor(this.#entries.length / 2);
    let bytes = this.#sizes.slice(dropped).reduce((sum, size) => sum + size, 0);
    while (bytes > byteCapacity / 2) {
      bytes -= this.#sizes[dropped] ?? 0;
      dropped += 1;
    }
    this.#entries = this.#entries.slice(dropped);
    this.#sizes = this.#sizes.slice(dropped);
    this.#bytes = bytes;
  }
}

/** A request without its bodies, which are large and looked at rarely. */
export type RequestSummary = Omit<RecordedRequest, 'body' | 'response'> & {
  response?: { size: number };
  /** The message of an error response, up to 200 characters. */
  message?: string;
};

export function summarize({ body: _, response, ...request }: RecordedRequest): RequestSummary {
  if (!response) return request;
  const message = request.status < 400 ? undefined : messageOf(parseJSON(response.body));
  return {
    ...request,
    response: { size: response.size },
    ...(message !== undefined && { message: message.slice(0, mostCharacters) }),
  };
}

/** Text that is not JSON, or was cut, is what it is. */
function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A text as the journal keeps it. */
export function cut(text: string): string {
  return text.length > bodyCapacity ? copyText(text.slice(0, bodyCapacity)) : text;
}

/** About how many bytes of memory a request takes: a parameter takes more than its characters. */
function sizeOf({ path, query, body, response, validations }: RecordedRequest): number {
  let size = 400 + sizeOfText(path) + (response ? sizeOfText(response.body) : 0);
  for (const name in query) size += 150 + sizeOfText(name) + sizeOfValue(query[name]);
  for (const { message, location } of validations)
    size += 100 + sizeOfText(message) + 50 * location.length;
  return size + sizeOfValue(body);
}
