import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What the compiler tells a person who misspells something: short, and with the right name in it.
const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'reports/messages');

const cases: [string, RegExp][] = [
  [
    'users.list({ limt: 5 })',
    /'limt' does not exist in type '.*UserListParams.*'. Did you mean to write 'limit'\?$/,
  ],
  ["users.list({ limit: '5' })", /Type 'string' is not assignable to type 'number'\.$/],
  ["users.list({ emails: 'a@x.test' })", /Type 'string' is not assignable to type 'string\[\]'\.$/],
  [
    'users.list({}, { timout: 5 })',
    /'timout' does not exist in type 'RequestOptions'. Did you mean to write 'timeout'\?$/,
  ],
  [
    'users.list({ limit: 5, timeout: 5 })',
    /Type 'number' is not assignable to type 'undefined'\.$/,
  ],
  [
    'users.retrive',
    /Property 'retrive' does not exist on type 'Users'. Did you mean 'retrieve'\?$/,
  ],
  [
    'users.retrieve(5)',
    /Argument of type 'number' is not assignable to parameter of type 'string'\.$/,
  ],
  [
    "users.update('user_a', { rol: 'owner' })",
    /'rol' does not exist in type 'UserUpdateParams'. Did you mean to write 'role'\?$/,
  ],
  ["users.update('user_a')", /Expected 2-3 arguments, but got 1\.$/],
  [
    "users.roles.create('user_a', {})",
    /Property 'role_id' is missing in type '\{\}' but required in type 'RoleCreateParams'\.$/,
  ],
  [
    "users.roles.retrieve('role_a', { userID: 'user_a' })",
    /'userID' does not exist in type 'RoleRetrieveParams'\.( Did you mean .*)?$/,
  ],
  [
    "new OrgClient({ adminApiKey: 'x' })",
    /'adminApiKey' does not exist in type 'ClientOptions'. Did you mean to write 'adminAPIKey'\?$/,
  ],
  [
    "new OrgClient({ logLevel: 'loud' })",
    /Type '"loud"' is not assignable to type 'LogLevel \| undefined'\.$/,
  ],
  [
    '(await users.list()).data[0]?.emial',
    /Property 'emial' does not exist on type 'OrganizationUser'. Did you mean 'email'\?$/,
  ],
  [
    '(await users.list()).lastID',
    /Property 'lastID' does not exist on type 'ConversationCursorPage<OrganizationUser>'\.( Did you mean .*)?$/,
  ],
  [
    'client.admin.organisation',
    /Property 'organisation' does not exist on type 'Admin'. Did you mean 'organization'\?$/,
  ],
];

describe('the compiler', () => {
  const lines = new Map<number, string[]>();

  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    const head =
      "import OrgClient from '../../src/index.ts';\nexport const client = new OrgClient();\nconst { users } = client.admin.organization;\n";
    const file = join(folder, 'program.mts');
    writeFileSync(file, head + cases.map(([code]) => `void (${code});\n`).join(''));
    const options =
      '--noEmit --pretty false --strict --exactOptionalPropertyTypes false --skipLibCheck --ignoreConfig --allowImportingTsExtensions --resolveJsonModule --module nodenext --target es2022 --lib es2024 --types node';
    let output = '';
    try {
      execFileSync(join(root, 'node_modules/.bin/tsc'), [file, ...options.split(' ')], {
        cwd: root,
        encoding: 'utf8',
      });
    } catch (error) {
      output = (error as { stdout: string }).stdout;
    }
    for (const [, line, message = ''] of output.matchAll(
      /program\.mts\((\d+),\d+\): error TS\d+: (.*)/g,
    )) {
      const index = Number(line) - head.split('\n').length;
      lines.set(index, [...(lines.get(index) ?? []), message]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(cases.map(([code, message], index) => [code, message, index] as const))(
    'says of %s what is wrong',
    (_, message, index) => {
      const said = lines.get(index) ?? [];
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(message);
      expect(said[0]?.length).toBeLessThan(180);
    },
  );
});
