import { join, resolve } from 'node:path';
import { type Editor, openWithInstalled } from '@org/test-suite/editor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const installed = 'node_modules/@org/mock';

const program = `import { ContractError, createMock, startMock } from '@org/mock';

const mock = createMock({ latency: 5 });
const server = await startMock({ port: 0, data: { users: 3 } });
mock.fail({ status: 429, retryAfter: 1 });
const user = mock.data.users.get('user_ada');
const { operation } = mock.requests[0] ?? {};
export const shown = [server.url, user?.role, operation, ContractError.name];
`;

let editor: Editor;

beforeAll(async () => {
  editor = await openWithInstalled(resolve(import.meta.dirname, '..'), program);
});

afterAll(() => editor[Symbol.asyncDispose]());

describe('go to definition opens', () => {
  test.each([
    ['const mock = createMock', 'src/create-mock.ts', 'export function createMock('],
    ['await startMock', 'src/start-mock.ts', 'export function startMock('],
    ['latency', 'src/options.ts', 'latency?: '],
    ['{ port', 'src/server-options.ts', 'port?: number'],
    ['retryAfter', 'src/control/fault-rule.ts', 'retryAfter?: number'],
    ['mock.fail', 'src/mock.ts', 'fail('],
    ['data.users', 'src/api.gen.ts', 'users: '],
    ['users.get', 'src/collection.ts', 'get('],
    ['{ operation', 'src/control/journal.ts', 'operation: string | null'],
    ['[server.url', 'src/mock.ts', 'url: string'],
    [', ContractError', 'src/state/contract-error.ts', 'export class ContractError '],
  ])('the source, in the package, for `%s`', async (text, file, line) => {
    const found = await editor.definition(text);
    expect(found.file).toBe(join(installed, file));
    expect(found.line).toContain(line);
  });

  test('the declaration of a type of the API', async () => {
    const found = await editor.definition('user?.role');
    expect(found.file).toMatch(/node_modules\/@org\/mock\/dist\/types-.*\.d\.cts$/);
    expect(found.line).toContain('role?: string | null');
  });
});

describe('a hover shows', () => {
  test.each([
    [
      'what an option does, and its default',
      'latency',
      [/latency\?: /, /Milliseconds/, /@default.*0/],
    ],
    ['what a function does, and an example', 'await startMock', [/startMock\(/, /```/]],
    ['what a rule does', 'retryAfter', [/retryAfter\?: number/, /seconds/i]],
    ['what a method of a collection gives', 'users.get', [/get\(id: string/, /undefined/]],
  ])('%s', async (_, text, parts) => {
    const shown = await editor.hover(text);
    for (const part of parts) expect(shown).toMatch(part);
  });
});
