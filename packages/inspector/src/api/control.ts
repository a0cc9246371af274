import type { Issue } from './types.ts';

/** The mock refused the request, or did not respond. The message is for people, with the fix if it is known. */
export class ControlError extends Error {
  override name = 'ControlError';
  /** The status of the response; 0 without a response. */
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(message: string, status: number, issues: readonly Issue[] = []) {
    super(message);
    this.status = status;
    this.issues = issues;
  }
}

const unreachable =
  'The mock does not respond. If you stopped it, start it again; the page reconnects automatically.';

/** The session that the page is about, as its address says: `/_mock?session=test-7`. Undefined for that of requests without a name. */
export const session: string | undefined =
  new URLSearchParams(globalThis.location?.search ?? '').get('session') ?? undefined;

/** The header that names the session in requests. */
export const sessionHeaders: Record<string, string> =
  session === undefined ? {} : { 'x-mock-session': session };

/** The address of a control endpoint, for links and streams, which cannot have a header. */
export function controlURL(
  path: string,
  parameters: Record<string, string | number | undefined> = {},
): string {
  return `/_mock/${path}${queryString({ ...parameters, 'x-mock-session': session })}`;
}

/**
 * Calls the control API below `/_mock/`.
 *
 * @throws {ControlError} if the response is not 2xx, or there is none
 */
export async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: sessionHeaders };
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
    init.headers = { ...sessionHeaders, 'content-type': 'application/json' };
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/_mock/${path}`, init);
    text = await response.text();
  } catch {
    throw new ControlError(unreachable, 0);
  }
  const parsed = parse(text);
  if (!response.ok) throw errorOf(response.status, parsed);
  // The mock and this page are built together: the shape is the control API's.
  return parsed as T;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(status: number, body: unknown): ControlError {
  const { error } = (body ?? {}) as { error?: { message?: string; issues?: Issue[] } };
  return new ControlError(
    error?.message ?? `The mock responded with status ${status}.`,
    status,
    error?.issues ?? [],
  );
}

/** `?a=1&b=2`, without the parameters that are undefined or empty. */
export function queryString(parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.append(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
