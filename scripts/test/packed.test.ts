import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
const modules = join(folder, 'node_modules');
const released = ['types', 'client', 'mock'] as const;
const compilers = {
  'TypeScript 5.9': join(root, 'scripts/node_modules/typescript/bin/tsc'),
  'TypeScript 7': join(root, 'node_modules/typescript/bin/tsc'),
};

/** Each subpath with something that it exports. */
const subpaths: Record<string, string> = {
  client: 'OpenAI',
  error: 'RateLimitError',
  'core/error': 'APIError',
  pagination: 'ConversationCursorPage',
  'core/pagination': 'type ConversationCursorPageParams',
  resource: 'APIResource',
  'core/resource': 'APIResource',
  'api-promise': 'APIPromise',
  'core/api-promise': 'APIPromise',
  version: 'VERSION',
  index: 'OpenAI',
  fetch: 'createFetchClient',
  resources: 'Admin',
  'resources/index': 'Admin',
  'resources/admin': 'Admin',
  'resources/admin/admin': 'Admin',
  'resources/admin/organization': 'type OrganizationUser',
  'resources/admin/organization/index': 'Organization',
  'resources/admin/organization/organization': 'Organization',
  'resources/admin/organization/users': 'Users',
  'resources/admin/organization/users/index': 'type RoleListParams',
  'resources/admin/organization/users/users': 'type UserListParams',
  'resources/admin/organization/users/roles': 'Roles',
};

const imports = Object.entries(subpaths)
  .flatMap(([path, name]) => [path, `${path}.js`, `${path}.mjs`].map((each) => [each, name]))
  .map(([path, name = ''], i) => {
    const local = `${name} as x${i}`;
    return `import { ${local} } from '@org/client/${path}';\nexport type { x${i} };`;
  });
const program = `
import OpenAI, { type OrganizationUser } from '@org/client';
import { createMock, type Mock } from '@org/mock';
import type { UserListParams } from '@org/types';
${imports.join('\n')}

export const mock: Mock = createMock();
const client = new OpenAI({ adminAPIKey: 'x', fetch: mock.fetch });
const query: UserListParams = { limit: 5 };
export const page: Promise<OrganizationUser[]> = client.admin.organization.users.list(query).then(({ data }) => data);
`;

beforeAll(() => {
  for (const name of released) {
    const home = join(root, 'packages', name);
    execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: home, stdio: 'pipe' });
    mkdirSync(join(modules, '@org', name), { recursive: true });
    const tarball = join(folder, `org-${name}-0.0.0.tgz`);
    const target = join(modules, '@org', name);
    execFileSync('tar', ['xzf', tarball, '-C', target, '--strip-components', '1']);
  }
  const openapiFetch = realpathSync(join(root, 'packages/client/node_modules/openapi-fetch'));
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers']) {
    cpSync(join(openapiFetch, '..', name), join(modules, name), { recursive: true });
  }
  for (const ending of ['ts', 'mts', 'cts'])
    writeFileSync(join(folder, `program.${ending}`), program);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a program finds every entry point of the packed packages, with its libraries checked', () => {
  const cases = Object.keys(compilers).flatMap((compiler) =>
    ['node16', 'nodenext', 'bundler', 'node10']
      // TypeScript 7 has no `node10`.
      .filter((resolution) => resolution !== 'node10' || compiler === 'TypeScript 5.9')
      .map((resolution) => ({ compiler: compiler as keyof typeof compilers, resolution })),
  );
  test.each(cases)(
    '$compiler, $resolution',
    ({ compiler, resolution }) => {
      const module = { bundler: 'preserve', node10: 'commonjs' }[resolution] ?? resolution;
      const config = {
        compilerOptions: {
          ...{ module, moduleResolution: resolution, target: 'es2022', noEmit: true, strict: true },
          ...{ lib: ['es2022', 'dom'], types: [], skipLibCheck: false, esModuleInterop: true },
        },
        files: resolution === 'node10' ? ['program.ts'] : ['program.mts', 'program.cts'],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const { status, stdout, stderr } = spawnSync(process.execPath, [compilers[compiler]], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
    },
    180_000,
  );
});

test.each(['import', 'require'])('%s loads every entry point of the packed client', (how) => {
  const paths = Object.keys(subpaths).flatMap((path) => [path, `${path}.js`, `${path}.mjs`]);
  const load = how === 'import' ? 'await import' : 'require';
  const lines = paths.map((path) => `Object.keys(${load}('@org/client/${path}')).length`);
  const code = `(async () => { console.log([${lines.join(', ')}].every((count) => count > 0)); })();`;
  const type = how === 'import' ? 'module' : 'commonjs';
  const output = execFileSync(process.execPath, [`--input-type=${type}`, '-e', code], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output.trim()).toBe('true');
});

test('files that are no entry points cannot be imported', async () => {
  const code = "import('@org/client/chunks/errors.js').catch(({ code }) => console.log(code))";
  const output = execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });
  expect(output.trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
