import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { root } from '../lib/repo.ts';

const library = join(root, 'packages/test-suite/fixtures/library.yaml');
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq', 'spec', 'packages', '.changeset');
});

const folder = mkdtempSync(join(tmpdir(), 'adopt-'));
afterAll(() => rmSync(folder, { recursive: true }));
const troubled = join(folder, 'troubled.yaml');
const text = { type: 'string' };
const responses = { 200: { description: 'Done.', content: { 'application/json': {} } } };
const troubledDocument = {
  openapi: '3.1.0',
  info: { title: 'Troubled', version: '1.0.0' },
  servers: [{ url: 'https://troubled.example' }],
  paths: {
    '/things': {
      post: {
        parameters: [
          { name: "it's", in: 'query', schema: text },
          { $ref: '#/components/parameters/Limit' },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { "it's": text, limit: text } },
            },
          },
        },
        responses,
      },
    },
    '/sessions': {
      get: {
        parameters: [{ name: 'session', in: 'cookie', required: true, schema: text }],
        responses,
      },
    },
    '/patterns': {
      get: {
        parameters: [{ name: 'q', in: 'query', schema: { ...text, pattern: 'a{100000}' } }],
        responses,
      },
    },
  },
  components: {
    parameters: {
      Limit: { name: 'limit', in: 'query', schema: { type: 'integer', nullable: true } },
    },
  },
};

/** Walks over pages, writes in forms and merge patches, and meets an error, with the packages that were built. */
const program = `import OrgClient, { NotFoundError } from '@org/client';
import { createMock } from '@org/mock';

const json = (body, status = 200) => Response.json(body, { status });
const sent = [];
const fetch = async (url, { method, headers, body }) => {
  const { pathname, searchParams } = new URL(url);
  sent.push([method, pathname, new Headers(headers).get('content-type'), body].join(' ').trim());
  if (method === 'GET' && pathname.endsWith('/books')) {
    const page = Number(searchParams.get('page') ?? 1);
    const ids = Array.from({ length: page < 3 ? 10 : 5 }, (_, i) => (page - 1) * 10 + i + 1);
    return json({ books: ids.map((id) => ({ id, title: 'Book ' + id })), total_pages: 3 });
  }
  if (method === 'GET') return json({ title: 'Gone', detail: 'No such book.', status: 404 }, 404);
  return json({ id: 26, title: 'Emma' }, 201);
};
const client = new OrgClient({ token: 'any', fetch });
let count = 0;
for await (const { id } of client.books.list({ per_page: 10 })) count += id > 0 ? 1 : 0;
console.log(count, 'books in', sent.length, 'requests');
await client.books.create({ title: 'Emma', genre: 'novel' });
await client.books.update(26, { title: 'Persuasion' });
const cover = await client.books.cover.update(26, { image: new Blob(['png']), alt: 'A cover' });
console.log(cover.title, sent.at(-1).split(' ').slice(0, 2).join(' '));
const error = await client.books.retrieve(27).catch((error) => error);
console.log([...sent.slice(-4, -2), sent.at(-1)].join('\\n'));
console.log(error instanceof NotFoundError, error.message, error.error.title);

const mocked = new OrgClient({ token: 'any', fetch: createMock().fetch });
console.log(typeof (await mocked.books.retrieve(1)).title);
`;
const adopt = (...args: string[]) => clone.script('spec/adopt.ts', ...args);

describe('a document in another style', () => {
  test('becomes the spec, with ids from its paths, and everything is generated from it', () => {
    const { code, stdout, stderr } = adopt(library, '--yes');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('GET /api/books: listBooks → books.list');
    expect(stdout).toContain('DELETE /api/books/{book-id}: books.delete');
    expect(stdout).toContain('7 ids are in spec/overlay.yaml. Rename them there.');
    expect(stdout).toContain('client.books.list() → NumberedPage<Book>');
    // The documentation is not generated.
    expect(stdout).toMatch(/These files still describe the old API:\n(?: {2}\S+: \d+ lines?\n)+/);
    expect(stdout).toMatch(/^ {2}packages\/client\/README\.md: \d+ lines$/m);
    expect(stdout).not.toContain('api.md: ');
    expect(clone.read('.changeset/spec-client.md')).toContain('admin.organization.users.list');
    expect(clone.git('ls-files', '--deleted')).toContain('spec/openai-departures.yaml');
    expect(clone.script('spec/generate.ts', '--check').code).toBe(0);
    expect(clone.read('packages/client/src/resources/books.gen.ts')).toContain('class Books');
    // Programs can be built with it.
    expect(clone.script('dev/turbo.ts', 'build', 'client', 'mock')).toMatchObject({ code: 0 });
    clone.write(
      'packages/client/tsconfig.src.json',
      '{ "extends": "./tsconfig.json", "include": ["src"] }',
    );
    clone.exec('packages/client', 'tsc', '-p', 'tsconfig.src.json');
    // A folder that finds both packages.
    clone.write('packages/client-tests/walk.mjs', program);
    const cwd = join(clone.path, 'packages/client-tests');
    const printed = execFileSync(process.execPath, ['walk.mjs'], { cwd, encoding: 'utf8' });
    expect(printed.trim().split('\n')).toEqual([
      '25 books in 3 requests',
      'Emma PUT /api/v2/api/books/26/cover',
      'POST /api/v2/api/books application/x-www-form-urlencoded title=Emma&genre=novel',
      'PATCH /api/v2/api/books/26 application/merge-patch+json {"title":"Persuasion"}',
      'GET /api/v2/api/books/27',
      'true 404 No such book. Gone',
      'string',
    ]);
  }, 300_000);

  test('with problems ends with a client, and everything that was changed is printed', () => {
    writeFileSync(troubled, stringify(troubledDocument));
    const { code, stdout, stderr } = adopt(troubled, '--yes');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const printed = stdout.slice(stdout.indexOf('Renamed:'), stdout.indexOf('The tests were'));
    expect(printed.trim().split('\n')).toEqual([
      'Renamed: 2 arguments, in spec/overlay.yaml:',
      "  query parameter it's of POST /things → query_it_s",
      '  query parameter limit of every operation that has it → query_limit',
      'Left out of the client: 1 operation, in spec/overlay.yaml:',
      '  GET /sessions: The cookie parameter `session` of `sessions.retrieve` cannot be sent: the client supports path, query and header parameters. Move it to the query. (cookie-parameter)',
      'Left out of the client and the mock: 1 part, in spec/overlay.yaml:',
      '  GET /patterns: The pattern has a repetition of more than 10000 times. Use `minLength` and `maxLength` for lengths. (too-large)',
      'The document breaks the rules of OpenAPI. spec/redocly.yaml allows it:',
      expect.stringMatching(
        /^ {2}troubled\.yaml:\d+:\d+: Property `nullable` is not expected here/,
      ),
    ]);
    expect(stdout).toContain('sessions.retrieve: no method');
    expect(stdout).toContain('(ignored-operation)');
    const { actions } = parse(clone.read('spec/overlay.yaml'));
    expect(actions.slice(-4)).toMatchObject([
      {
        target: "$.paths['/things'].post.parameters[?@.name == 'it\\'s' && @.in == 'query']",
        update: { 'x-client': { argument: 'query_it_s' } },
      },
      {
        target: '$.components.parameters.Limit',
        description: expect.stringContaining('`limit` is both a query parameter and a property'),
        update: { 'x-client': { argument: 'query_limit' } },
      },
      { target: "$.paths['/patterns'].get", remove: true },
      {
        target: "$.paths['/sessions'].get",
        description: expect.stringContaining('cannot be sent'),
        update: { 'x-client': { ignore: true } },
      },
    ]);
    const things = clone.read('packages/client/src/resources/things.gen.ts');
    expect(things).toContain('const { query_it_s, query_limit, ...body } = params ?? {};');
    expect(clone.read('packages/client/api.md')).not.toContain('/sessions');
    expect(clone.read('packages/mock/src/api.gen.json')).toContain('"sessions.retrieve"');
    expect(clone.script('spec/generate.ts', '--check').code).toBe(0);
    // A problem of the document itself stays.
    const twin = { type: 'object', properties: {} };
    const schemas = { 'a-b': twin, 'a.b': twin };
    const components = { ...troubledDocument.components, schemas };
    writeFileSync(troubled, stringify({ ...troubledDocument, components }));
    clone.git('reset', '-q', '--hard');
    clone.git('clean', '-fdq', 'spec', 'packages', '.changeset');
    const refused = adopt(troubled, '--yes');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('Left out of the client: 1 operation');
    expect(refused.stderr).toMatch(/^Invalid spec in the working tree:\n.*\(type-clash\)\n/);
  }, 120_000);

  test('leaves the tests the document that they were written for', async () => {
    // All but the changesets of the adoption.
    const trees = ['HEAD:docs', 'HEAD:packages', 'HEAD:scripts', 'HEAD:spec', 'HEAD:package.json'];
    const before = clone.git('rev-parse', ...trees);
    expect(adopt(library, '--yes').stdout).toContain('It is in packages/test-suite/fixtures/spec');
    // No type check sees calls of methods that are gone.
    expect(clone.read('packages/client/tsconfig.json')).not.toContain('"test"');
    const module = join(clone.path, 'packages/test-suite/src/test-workspace.ts');
    const { updateTestWorkspace } = await import(module);
    updateTestWorkspace();
    // It is the repository as it was, so that every test has what it needs.
    const inCopy = (...args: string[]) => clone.git('-C', '.test-workspace', ...args);
    expect(inCopy('rev-parse', ...trees)).toBe(before);

    // What is edited, added or removed by hand is so in the copy.
    clone.append('packages/mock/src/index.ts', '// A note.\n');
    clone.write('packages/mock/src/new.ts', '');
    clone.remove('docs/problems.md');
    updateTestWorkspace();
    expect(inCopy('diff', '--name-status', 'HEAD~1').trim().split('\n')).toEqual([
      'D\tdocs/problems.md',
      'M\tpackages/mock/src/index.ts',
      'A\tpackages/mock/src/new.ts',
    ]);

    // A second document does not take their document away.
    clone.commit('Adopted');
    expect(adopt(library, '--yes').code).toBe(0);
    expect(clone.read('packages/test-suite/fixtures/spec/openapi.yaml')).toContain(
      'admin.organization.users.list',
    );
    clone.git('reset', '-q', '--hard', 'HEAD~1');
  }, 300_000);

  test('replaces nothing without a clean tree and a yes', () => {
    expect(adopt(library).stderr).toBe(
      `This replaces spec/ with ${library} (Library 2.1.0). Run it again with --yes to do so.\n`,
    );
    expect(clone.git('status', '--porcelain')).toBe('');
    clone.append('README.md', 'A note.\n');
    expect(adopt(library, '--yes').stderr).toMatch(/^Commit or stash your changes first/);
    expect(clone.git('status', '--porcelain')).toBe(' M README.md\n');
  });

  test('that cannot be read changes nothing', () => {
    clone.write('packages/broken.yaml', 'openapi: 3.1.0\npaths: { /a: { $ref: nothing.yaml } }\n');
    const { code, stderr } = adopt(join(clone.path, 'packages/broken.yaml'), '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('broken.yaml:2:');
    expect(stderr).toContain('does not exist');
    expect(adopt(join(clone.path, 'spec/openapi.yaml')).stderr).toContain('is in spec/ already');
    expect(adopt().stderr).toContain('Expected one file');
    expect(adopt('missing.yaml').stderr).toBe('No such file: missing.yaml\n');
    clone.git('clean', '-fdq', 'packages');
    expect(clone.git('status', '--porcelain')).toBe('');
  });

  test('comes with the files that it refers to', () => {
    const folder = join(clone.path, 'packages/acme');
    mkdirSync(join(folder, 'parts'), { recursive: true });
    clone.write(
      'packages/acme/api.json',
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Acme', version: '1.0.0' },
        paths: { '/things': { get: { responses: { 200: { $ref: 'parts/ok.yaml' } } } } },
      }),
    );
    clone.write('packages/acme/parts/ok.yaml', 'description: Fine.\n');
    clone.git('add', '-A');
    clone.git('-c', 'user.name=a', '-c', 'user.email=a@a.test', 'commit', '-qm', 'Parts');
    expect(adopt(join(folder, 'api.json'), '--yes').stderr).toBe('');
    expect(clone.read('spec/parts/ok.yaml')).toBe('description: Fine.\n');
    expect(clone.read('spec/openapi.yaml')).toMatch(/^openapi: 3\.1\.0\n/);
    expect(clone.read('packages/client/api.md')).toContain('things.retrieve');
    clone.git('reset', '-q', '--hard', 'HEAD~1');
  });

  test('is undone by git', () => {
    expect(adopt(library, '--yes').code).toBe(0);
    clone.git('restore', '.');
    clone.git('clean', '-fdq', 'spec', 'packages', '.changeset');
    expect(clone.git('status', '--porcelain')).toBe('');
  });
});
