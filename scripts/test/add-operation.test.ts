import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone } from './support/clone.ts';

const operation = `
  /organization/users/{user_id}:
    get:
      operationId: retrieveUser
      tags: [Users]
      summary: Retrieve a user
      description: Gives one user of the organization.
      parameters:
        - name: user_id
          in: path
          required: true
          description: The user's id.
          schema:
            type: string
      responses:
        "200":
          description: The user.
          headers:
            x-request-id:
              $ref: "#/components/headers/x-request-id"
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/OrganizationUser"
              examples:
                user:
                  summary: A user
                  value:
                    object: organization.user
                    id: user_abc
                    added_at: 1711471533
                    name: First Last
        "400":
          $ref: "#/components/responses/BadRequest"
        "401":
          $ref: "#/components/responses/Unauthorized"
        "404":
          $ref: "#/components/responses/NotFound"
`;

const program = `
import { createFetchClient } from '@org/client/fetch';
import { startMock } from '@org/mock';

const mock = await startMock();
const client = createFetchClient({ adminAPIKey: 'any', baseURL: mock.url });
const { data } = await client.GET('/organization/users/{user_id}', {
  params: { path: { user_id: 'user_abc' } },
});
const name: string | null | undefined = data?.name;
console.log(name, data?.id);
// @ts-expect-error the path needs its parameter
export const wrong = () => client.GET('/organization/users/{user_id}', {});
await mock.close();
`;

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
  clone.git('tag', '@org/types@0.0.0');
});
afterAll(() => clone.remove());

test('an operation that is new in the spec is typed, called, mocked and released', () => {
  clone.edit('spec/openapi.yaml', '\ncomponents:\n', `${operation}components:\n`);
  const { code, stdout, stderr } = clone.script('generate.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('GET /organization/users/{user_id}: It is new.');

  // Nothing but the spec was touched by hand, and nothing but what is generated has followed.
  const touched = clone.git('status', '--porcelain').trim().split('\n');
  expect(touched.map((line) => line.trim().split(' ').at(-1))).toEqual([
    'packages/mock/src/operations.gen.json',
    'packages/types/package.json',
    'packages/types/src/openapi.gen.d.ts',
    'spec/openapi.yaml',
  ]);

  for (const name of ['client', 'mock']) clone.exec(`packages/${name}`, 'tsdown');
  clone.write('scripts/program.mts', program);
  const options =
    '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom --types node';
  clone.exec('scripts', 'tsc', 'program.mts', ...options.split(' '));
  const output = execFileSync(process.execPath, [join(clone.path, 'scripts/program.mts')], {
    encoding: 'utf8',
  });
  expect(output).toBe('First Last user_abc\n');
  clone.remove('scripts/program.mts');

  const changeset = clone.script('spec-changeset.ts', '--dry-run').stdout;
  expect(changeset).toContain("'@org/client': minor");
  expect(changeset).toContain('- `GET /organization/users/{user_id}`: Added.');
});
