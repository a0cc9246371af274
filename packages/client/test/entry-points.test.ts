import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Runs a CommonJS program that requires the built package. */
function run(program: string): string {
  return execFileSync(process.execPath, ['--input-type=commonjs', '-e', program], {
    cwd: resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  }).trim();
}

test('require gives the class itself, with everything else as its properties', () => {
  const names = 'OrgClient === OrgClient.OrgClient, OrgClient === OrgClient.default';
  const program = `const OrgClient = require('@org/client'); console.log(${names}, typeof OrgClient.APIError);`;
  expect(run(program)).toBe('true true function');
});

test('a client that was required calls, also by openapi-fetch', () => {
  const program = `
    const OrgClient = require('@org/client');
    const { createFetchClient } = require('@org/client/fetch');
    const body = { object: 'list', data: [], has_more: false };
    const options = { adminAPIKey: 'x', fetch: async () => Response.json(body) };
    (async () => {
      const page = await new OrgClient(options).admin.organization.users.list();
      const { data } = await createFetchClient(options).GET('/organization/users');
      console.log(page.object, data.object);
    })();`;
  expect(run(program)).toBe('list list');
});

test.each(['import', 'require'])(
  'the subpaths of the official package lead to the same classes, by %s',
  (how) => {
    const names = {
      error: 'APIError',
      'core/error.js': 'APIError',
      pagination: 'ConversationCursorPage',
      'core/pagination': 'ConversationCursorPage',
      'core/api-promise': 'APIPromise',
      resource: 'APIResource',
      client: 'OpenAI',
      'index.js': 'OpenAI',
      'index.mjs': 'OpenAI',
      'core/error.mjs': 'APIError',
      'resources/index.mjs': 'Admin',
    };
    const load = how === 'import' ? 'await import' : 'require';
    const program = `
    (async () => {
      const all = ${load}('@org/client');
      const { OrgClient } = all;
      for (const [path, name] of Object.entries(${JSON.stringify(names)})) {
        console.log((${load}('@org/client/' + path))[name] === (all[name] ?? OrgClient[name]));
      }
      const { Users } = ${load}('@org/client/resources/admin/organization/users/users');
      const { Roles } = ${load}('@org/client/resources/admin/organization/users/index.js');
      const { Admin } = ${load}('@org/client/resources');
      const client = new OrgClient({ adminAPIKey: 'x' });
      console.log(client.admin.organization.users instanceof Users, Users.Roles === Roles);
      console.log(Admin === OrgClient.Admin, OrgClient.Admin.Organization.Users === Users);
      console.log(OrgClient.NextCursorPage === all.NextCursorPage);
    })();`;
    expect(new Set(run(program).split(/\s/))).toEqual(new Set(['true']));
  },
);
