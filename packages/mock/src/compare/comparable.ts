import { type Operation, responseOf } from '../api/api.ts';
import { valueAt } from '../lib/value-at.ts';
import type { Answer } from './ask.ts';
import { itemsOf, textOf } from './pages.ts';
import type { List, Question } from './question.ts';
import { idOf } from './survey.ts';

/** An answer without what differs by nature: ids of requests, dates, cursors, and sentences for people. */
export type Comparable = Record<string, unknown>;

/** Properties of errors whose words are the server's own. */
const sentences =
  /^(?:message|detail|details|error_description|description|msg|reason|title|hint)$/i;
/** Properties and headers that are another one in every answer. */
const unique = /(?:request|trace|correlation)[-_]?id$|^(?:instance|timestamp|time|date)$/i;
/** Headers with numbers that are about the list. */
const counts = /(?:total|count|pages)/i;

/**
 * What is compared: the status, the headers that matter, and the body by the paths of its values, such as
 * `body.data[0].id`. Two answers are equal if all of it is.
 */
export function comparable(
  question: Pick<Question, 'operation' | 'follow'> & { request: { method: string } },
  answer: Answer,
  plain?: Answer,
): Comparable {
  const { operation, follow, request } = question;
  const found: Comparable = { status: answer.status };
  for (const [name, value] of headersOf(operation, answer)) found[`header ${name}`] = value;
  if (request.method === 'HEAD') {
    found['header content-length'] = lengthOf(answer, plain);
    return found;
  }
  const list = follow?.list;
  const body = list && itemsOf(list, answer) ? withoutCursors(list, answer) : answer.body;
  const isError = answer.status >= 400;
  if (typeof body === 'string' && !answer.isJSON) found['body'] = isError ? '(a text)' : body;
  else flatten(isError ? withoutWords(body) : body, 'body', found);
  return found;
}

function headersOf(operation: Operation, { status, headers }: Answer): [string, unknown][] {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const found: [string, unknown][] = [['content-type', type ?? '(none)']];
  if (status === 405) found.push(['allow', headers['allow'] ?? '(none)']);
  if (headers['location'] !== undefined) found.push(['location', '(an address)']);
  for (const { name } of responseOf(operation, status)?.headers ?? []) {
    const value = headers[name.toLowerCase()];
    const isCount = counts.test(name) && value !== undefined;
    found.push([
      name.toLowerCase(),
      value === undefined ? '(none)' : isCount ? value : '(present)',
    ]);
  }
  return found;
}

/** HEAD may leave the length out. If it is there, it is that of the answer to GET. */
function lengthOf({ headers, status }: Answer, plain: Answer | undefined): string {
  const [given, expected] = [headers['content-length'], plain?.headers['content-length']];
  if (given === undefined || expected === undefined || plain?.status !== status)
    return 'as for GET, or none';
  return given === expected ? 'as for GET, or none' : `${given}, but ${expected} for GET`;
}

/** A page whose cursors are compared by what they lead to. One that is the id of an item stays. */
function withoutCursors(list: List, { body }: Answer): unknown {
  const { paging, pageClass } = list.behavior;
  const { idProperty } = list.collection;
  const items = valueAt(body, paging.items) as object[];
  const ids = new Set(items.map((item) => idOf(item, idProperty)));
  let copy = body;
  for (const path of [paging.next, paging.last]) {
    const cursor = textOf(valueAt(body, path));
    if (!path || cursor === undefined) continue;
    if (path === paging.last && pageClass !== 'NextCursorPage' && ids.has(cursor)) continue;
    copy = withValue(copy, path, '(a cursor)');
  }
  return copy;
}

/** A copy with another value at a path of property names. */
export function withValue(
  body: unknown,
  [name, ...rest]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return value;
  const object = body as Record<string, unknown>;
  return { ...object, [name]: withValue(object[name], rest, value) };
}

/** An error without its sentences: whether they are there is compared. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (typeof one === 'string' && unique.test(name)) return [name, '(present)'];
      if (
        typeof one === 'string' &&
        (sentences.test(name) || name === 'error') &&
        one.trim().includes(' ')
      )
        return [name, '(a sentence)'];
      return [name, withoutWords(one)];
    }),
  );
}

/** Puts every value of a body under its path. An empty list or object has one as well. */
function flatten(value: unknown, path: string, found: Comparable): void {
  if (value === undefined) found[path] = '(none)';
  else if (typeof value !== 'object' || value === null) found[path] = value;
  else {
    const entries = Array.isArray(value)
      ? value.map((one, index): [string, unknown] => [`[${index}]`, one])
      : Object.entries(value).map(([name, one]): [string, unknown] => [`.${name}`, one]);
    if (entries.length === 0) found[path] = Array.isArray(value) ? [] : {};
    for (const [name, one] of entries) flatten(one, path + name, found);
  }
}

/** The paths at which two answers differ, in their order. */
export function differences(a: Comparable, b: Comparable): string[] {
  const paths = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...paths].filter((path) => JSON.stringify(a[path]) !== JSON.stringify(b[path]));
}
