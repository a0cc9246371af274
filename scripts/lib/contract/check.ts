import { CommandError } from '../cli.ts';
import type { SafeOperation } from './document.ts';
import type { Exchange, Violation } from './validator.ts';

/** The outcome of one request: a response with its violations, or the reason why it was not sent. */
export interface Outcome {
  /** The requested path and query, or the template if it was skipped. */
  target: string;
  status?: number;
  violations: Violation[];
  skipped?: string;
}

export interface CheckOptions {
  /** Address that paths are below: `http://127.0.0.1:4010/v1`. */
  url: string;
  /** Sent as a bearer token. */
  key: string | undefined;
  /** Values of path parameters that no list provides. */
  params: Record<string, string>;
  validate: (exchange: Exchange) => Promise<Violation[]>;
}

const timeout = 30_000;

/**
 * Asks every operation that only reads. Path parameters are taken from `params`, else from the first item of the list
 * above: `{user_id}` of `/organization/users/{user_id}` is an `id` that `/organization/users` has answered.
 */
export async function checkOperations(
  operations: readonly SafeOperation[],
  options: CheckOptions,
): Promise<Outcome[]> {
  const ids = new Map<string, string>();
  const outcomes: Outcome[] = [];
  for (const { path: template } of operations) {
    const path = fill(template, ids, options.params);
    if (typeof path !== 'string') {
      const skipped = `no value for {${path.missing}}: pass --param ${path.missing}=…`;
      outcomes.push({ target: template, violations: [], skipped });
      continue;
    }
    const { outcome, body } = await ask(path, '', options);
    outcomes.push(outcome);
    const id = firstId(body);
    if (id !== undefined) ids.set(template, id);
  }
  return outcomes;
}

/** Repeats the GET requests that a mock has recorded: the answer of `GET /_mock/requests`. */
export async function replay(
  journal: readonly { method: string; path: string; query?: unknown }[],
  basePath: string,
  options: CheckOptions,
): Promise<Outcome[]> {
  const seen = new Set<string>();
  const outcomes: Outcome[] = [];
  for (const { method, path, query } of journal) {
    const search = new URLSearchParams(flatten(query)).toString();
    const target = `${path}?${search}`;
    if (method !== 'GET' || seen.has(target)) continue;
    seen.add(target);
    const below = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
    outcomes.push((await ask(below, search, options)).outcome);
  }
  return outcomes;
}

/** Asks without the key: the refusal has to keep to the contract as well. */
export async function checkRefusal(
  operation: SafeOperation,
  options: CheckOptions,
): Promise<Outcome> {
  const { outcome } = await ask(operation.path, '', { ...options, key: undefined });
  return { ...outcome, target: `${outcome.target} without a key` };
}

async function ask(path: string, search: string, { url, key, validate }: CheckOptions) {
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const target = search ? `${path}?${search}` : path;
  let response: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(timeout);
    // A redirect is an answer: following it would hand the key on.
    response = await fetch(url + target, { headers, redirect: 'manual', signal });
    text = await response.text();
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = (cause as { code?: string } | undefined)?.code ?? message;
    throw new CommandError(`No response from ${url}${path}: ${reason}. Is the server running?`);
  }
  const body = parse(text);
  const violations = await validate({
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers,
    status: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: body,
  });
  const outcome: Outcome = { target, status: response.status, violations };
  return { outcome, body };
}

/** Fills in a template's parameters, or returns the first one without a value. */
function fill(
  template: string,
  ids: ReadonlyMap<string, string>,
  params: Record<string, string>,
): string | { missing: string } {
  let missing: string | undefined;
  const path = template.replaceAll(/\{([^}]+)\}/g, (placeholder, name: string, offset: number) => {
    const value = params[name] ?? ids.get(template.slice(0, offset - 1));
    if (value === undefined) missing ??= name;
    return value === undefined ? placeholder : encodeURIComponent(value);
  });
  return missing === undefined ? path : { missing };
}

function firstId(body: unknown): string | undefined {
  const [item] = (body as { data?: { id?: unknown }[] } | null)?.data ?? [];
  return typeof item?.id === 'string' ? item.id : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A query as the journal has it, as pairs: `{ emails: ['a', 'b'] }` is `emails=a&emails=b`. */
function flatten(query: unknown): [string, string][] {
  return Object.entries((query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );
}
