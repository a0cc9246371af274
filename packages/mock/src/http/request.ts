import { copyText } from '../lib/copy-text.ts';

/** From this length on, parts of a target are copied: what is kept of them would keep all of it. */
const longTarget = 1024;

/** A request, whichever entry point it came by. Header names are in lower case. */
export interface MockRequest {
  method: string;
  /** The path and the query. */
  target: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** What the address began with: `http://127.0.0.1:4010`. */
  origin?: string | undefined;
}

/** Query parameters by name: a text, or an array where the name comes several times, as Prism expects them. */
export type Query = Record<string, string | string[]>;

/** A request whose target is taken apart. */
export interface ParsedRequest extends MockRequest {
  /** The path as it came, with the base path if it came with one. */
  fullPath: string;
  /** The path without the base path: what the spec calls a path. */
  path: string;
  query: Query;
}

/**
 * Whether a request is for a control endpoint. They need no key, are not in the journal, and no fault hits them.
 *
 * @param basePath of the API: where it begins with `/_mock/`, what is below it is the API's
 */
export function isControl(target: string, basePath: string): boolean {
  return /^\/_mock(?:[/?]|$)/.test(target) && !isBelow(basePath, target);
}

function isBelow(basePath: string, target: string): boolean {
  return basePath.startsWith('/_mock/') && target.startsWith(`${basePath}/`);
}

/**
 * Takes the target of a request apart. Takes time linear in its length.
 *
 * @param pathBelow a path without the base path
 */
export function parseRequest(
  request: MockRequest,
  pathBelow: (path: string) => string,
): ParsedRequest {
  const { path: fullPath, query } = parseTarget(request.target);
  return { ...request, fullPath, path: pathBelow(fullPath), query };
}

export function parseTarget(target: string): { path: string; query: Query } {
  const end = target.indexOf('?');
  if (end < 0) return { path: target, query: {} };
  const path = target.slice(0, end);
  const pairs = new URLSearchParams(target.slice(end));
  if (target.length < longTarget) return { path, query: gather(pairs) };
  // Engines copy what becomes the name of a property.
  const copies = [...pairs].map(([name, value]): [string, string] => [name, copyText(value)]);
  return { path: copyText(path), query: gather(copies) };
}

/** `emails[]=a`, as the official package writes it, is `emails=a`. */
export function plainNames(query: Query): Query {
  if (!Object.keys(query).some((name) => name.endsWith('[]'))) return query;
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name.replace(/\[\]$/, ''), value]),
  );
  return gather(pairs);
}

/** A parameter of a target's query, which comes once, and the target without it. */
export function takeParameter(
  target: string,
  name: string,
): { value: string | undefined; target: string } {
  const end = target.indexOf('?');
  if (end < 0 || !target.includes(name)) return { value: undefined, target };
  const query = new URLSearchParams(target.slice(end));
  const values = query.getAll(name);
  if (values.length === 0) return { value: undefined, target };
  query.delete(name);
  const rest = query.size > 0 ? `?${query}` : '';
  return { value: values.join(','), target: target.slice(0, end) + rest };
}

function gather(pairs: Iterable<[string, string]>): Query {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    // An array grows in place: a copy for each value would make `a&a&a…` quadratic.
    if (Array.isArray(before)) before.push(value);
    else values.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(values);
}
