import { createMock, type LoadedMock, loadAPI } from '../../src/index.ts';
import type { AnyBody } from './ask.ts';

// Short ways to write documents, and to ask their mock.

export const text = { type: 'string' };
export const integer = { type: 'integer' };

export function object(
  properties: Record<string, object>,
  required = Object.keys(properties),
): object {
  return { type: 'object', required, properties };
}

export function listOf(items: object): object {
  return { type: 'array', items };
}

export function gives(schema: object, status = 200): object {
  const content = { 'application/json': { schema } };
  return { responses: { [status]: { description: 'Done', content } } };
}

export const givesNothing: object = { responses: { 204: { description: 'Done' } } };

export function takes(schema: object): object {
  return { requestBody: { content: { 'application/json': { schema } } } };
}

export function inPath(...names: string[]): object[] {
  return names.map((name) => ({ name, in: 'path', required: true, schema: text }));
}

export function inQuery(name: string, schema: object = text, more: object = {}): object {
  return { name, in: 'query', schema, ...more };
}

export async function mockOfPaths(paths: object): Promise<LoadedMock> {
  const info = { title: 'Things', version: '1' };
  return createMock({ api: await loadAPI({ openapi: '3.1.0', info, paths }) });
}

/** Asks for `GET /things`: its status and its body, parsed. */
export async function askFor(
  mock: LoadedMock,
  target: string,
  body?: object,
): Promise<{ status: number; body: AnyBody }> {
  const [method = '', path = ''] = target.split(' ');
  const headers = { 'content-type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await mock.fetch(`http://mock.test${path}`, init);
  const read = await response.text();
  return { status: response.status, body: read === '' ? undefined : JSON.parse(read) };
}

/** What the journal says of the last request. */
export function notes(mock: LoadedMock): string[] {
  return mock.requests.at(-1)?.validations.map(({ message }) => message) ?? [];
}
