import { join, resolve } from 'node:path';
import { type Editor, openWithInstalled } from '@org/test-suite/editor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const installed = 'node_modules/@org/client';

const program = `import OrgClient, { APIError, type OrganizationUser } from '@org/client';
import { createFetchClient } from '@org/client/fetch';
import type { Project } from '@org/types';

const client = new OrgClient({ maxRetries: 1 });
const page = await client.admin.organization.users.list({ limit: 5 }, { timeout: 1_000 });
const first = page.data[0];
const user = await client.admin.organization.users.retrieve('user_abc');
const typed: OrganizationUser = user;
const roles = client.admin.organization.users.roles.list('user_abc', { order: 'asc' });
export const shown = [page.last_id, first?.role, typed, roles, createFetchClient(), APIError.name];
export type Shown = Project;
`;

let editor: Editor;

beforeAll(async () => {
  const links = ['openapi-fetch', '@org/types'];
  editor = await openWithInstalled(resolve(import.meta.dirname, '..'), program, links);
});

afterAll(() => editor[Symbol.asyncDispose]());

describe('go to definition opens', () => {
  test.each([
    ['users.list', 'src/resources/admin/organization/users.gen.ts', 'list(query?'],
    ['users.retrieve', 'src/resources/admin/organization/users.gen.ts', 'retrieve(userID: string'],
    ['roles.list', 'src/resources/admin/organization/users/roles.gen.ts', 'list(userID: string'],
    ['client.admin', 'src/client.gen.ts', 'readonly admin: Admin'],
    ['new OrgClient', 'src/client.gen.ts', 'export class OrgClient extends'],
    ['maxRetries', 'src/core/options.ts', 'maxRetries?: number'],
    ['timeout', 'src/core/options.ts', 'timeout?: number'],
    ['page.last_id', 'src/core/page.ts', 'last_id: string'],
    ['page.data', 'src/core/abstract-page.ts', 'data: TItem[]'],
    [', createFetchClient', 'src/fetch.ts', 'export function createFetchClient('],
    [', APIError', 'src/core/errors.ts', 'export class APIError<'],
  ])('the source, in the package, for `%s`', async (text, file, line) => {
    const found = await editor.definition(text);
    expect(found.file).toBe(join(installed, file));
    expect(found.line).toContain(line);
  });

  test.each([
    ['limit', 'limit?: number'],
    ['order', 'order?: "asc" | "desc"'],
    ['type OrganizationUser', 'interface OrganizationUser {'],
    ['first?.role', 'role?: string | null'],
  ])('the declaration of a type of the API for `%s`', async (text, line) => {
    const found = await editor.definition(text);
    expect(found.file).toMatch(/node_modules\/@org\/client\/dist\/chunks\/types-.*\.d\.cts$/);
    expect(found.line).toContain(line);
  });

  test('the declaration in `@org/types` for its types', async () => {
    const { file, line } = await editor.definition('Shown = Project');
    expect(file).toMatch(/types\/src\/openapi\.gen\.d\.ts$/);
    expect(line).toBe('export interface Project {');
  });
});

describe('a hover shows', () => {
  test.each([
    [
      'a list with its parameters, their bounds, what it throws and an example',
      'users.list',
      [
        /^\(method\) Users\.list\(query\?: QueryOrOptions<.*UserListParams> \| null, options\?: .*RequestOptions\): .*ConversationCursorPage<OrganizationUser>, OrganizationUser>$/m,
        /^Returns the users of the organization, one page at a time\.$/m,
        /`query\.limit`.* 1 to 100, default 20\./,
        /\{BadRequestError\} A parameter is invalid/,
        /for await \(const item of client\.admin\.organization\.users\.list\(\{ limit: 50 \}\)\)/,
      ],
    ],
    [
      'a call with its argument, the name of what it gives, and an example',
      'users.retrieve',
      [
        /^\(method\) Users\.retrieve\(userID: string, options\?: .*RequestOptions\): .*APIPromise<OrganizationUser>$/m,
        /`userID`.* The id of the user\./,
        /await client\.admin\.organization\.users\.retrieve\('user_abc'\)/,
      ],
    ],
    ['the name of an item', 'const first', [/^const first: OrganizationUser$/m]],
    ['the name of a result', 'const user', [/^const user: OrganizationUser & \{/m]],
    [
      'the name of a page and of its items',
      'const page',
      [/^const page: .*ConversationCursorPage<OrganizationUser>$/m],
    ],
    [
      'a type of the API with its description',
      'type OrganizationUser',
      [/interface OrganizationUser$/m, /^A person or a service account/m],
    ],
    [
      'a property with its description and an example',
      'first?.role',
      [/^\(property\) OrganizationUser\.role\?: string/m, /^The user's role.*`owner`/m, /reader/],
    ],
    [
      'a parameter with its bounds and an example',
      'limit',
      [/^\(property\) .*UserListParams\.limit\?: number/m, /1 to 100, default 20\./, /50/],
    ],
    [
      'a request option with its unit',
      'timeout',
      [/^\(property\) .*RequestOptions\.timeout\?: number/m, /^Milliseconds per attempt/m],
    ],
    [
      'an option of the client with its default and an example',
      'maxRetries',
      [
        /^\(property\) .*ClientOptions\.maxRetries\?: number/m,
        /How many more times/,
        /new OrgClient\(\{ maxRetries: 5 \}\)/,
      ],
    ],
    [
      'the client’s constructor with what it throws',
      'new OrgClient',
      [/constructor OrgClient\(options\?: .*ClientOptions\)/, /the key is missing/],
    ],
  ])('%s', async (_, text, expected) => {
    const shown = await editor.hover(text);
    for (const part of expected) expect(shown).toMatch(part);
    expect(shown).not.toContain('@description');
  });
});
