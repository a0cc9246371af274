import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Command, endCommands, startCommand } from '../support/command.ts';
import { library } from '../support/pet-shop.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  for (const [path, text] of Object.entries(library)) write(path, text);
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true, force: true });
});

/** All that is in the folder, which is the one that the command runs in. */
function removeAll(): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

interface Served extends Command {
  address: string;
  status(path: string, method?: string): Promise<number>;
  json(path: string, method?: string, body?: object): Promise<Record<string, unknown>>;
}

async function serve(...args: string[]): Promise<Served> {
  const spec = args.includes('--spec') ? [] : ['--spec', 'openapi.yaml'];
  const command = startCommand(folder, '--port', '0', '--log', 'none', ...spec, '--watch', ...args);
  const address = await command.url();
  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(new URL(path, address), {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
  return {
    ...command,
    address,
    status: async (path, method) => (await ask(path, method)).status,
    json: async (path, method, body) =>
      (await (await ask(path, method, body)).json()) as Record<string, unknown>,
  };
}

/** A path with its own list, beside the books. */
const authors = `  /authors:
    get:
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties: { data: { type: array, items: { $ref: schemas/author.yaml } } }
  /authors/{author_id}:
    get:
      parameters: [{ name: author_id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: OK
          content: { application/json: { schema: { $ref: schemas/author.yaml } } }
`;
const author = 'type: object\nrequired: [id]\nproperties: { id: { type: string } }\n';

describe('org-mock --watch', () => {
  test('serves each valid version, with the data, the faults and the journal that are there', async () => {
    const { says, status, json } = await serve('--data', 'books=3');
    const { id } = await json('/books', 'POST', { title: 'Emma' });
    await json('/_mock/faults', 'POST', { status: 503, match: { method: 'DELETE' } });
    expect(await status('/books?limit=40')).toBe(200);

    // A file that the document refers to.
    write('limit.yaml', 'type: integer\nminimum: 1\nmaximum: 30\n');
    await says('openapi.yaml changed: the mock serves it, and keeps the data.');
    expect(await status('/books?limit=40')).toBe(400);
    expect((await json(`/books/${id}`))['title']).toBe('Emma');
    expect(await status(`/books/${id}`, 'DELETE')).toBe(503);
    expect(await json('/_mock/requests')).toMatchObject({ length: 5 });

    // The document itself, and a file that nothing referred to before.
    write('openapi.yaml', library['openapi.yaml'] + authors);
    await says(
      /Invalid spec in openapi\.yaml:\nopenapi\.yaml:\d+:\d+: `schemas\/author\.yaml` does/,
    );
    await says('The mock keeps serving the previous version.');
    expect(await status('/authors')).toBe(404);
    write('schemas/author.yaml', author);
    await says('openapi.yaml is valid again: the mock serves it, and keeps the data.');
    await says('authors: list, retrieve');
    expect(await status('/authors')).toBe(200);
    expect((await json(`/books/${id}`))['title']).toBe('Emma');

    // As editors write: a new file in place of the old one.
    write(
      'schemas/new.yaml',
      author.replace('[id]', '[id, name]').replace(' }', ', name: { type: string } }'),
    );
    renameSync(join(folder, 'schemas/new.yaml'), join(folder, 'schemas/author.yaml'));
    await says('openapi.yaml changed');
    const { data } = (await json('/authors')) as { data: object[] };
    expect(data[0]).toHaveProperty('name');
  });

  test.each<[string, () => void, RegExp]>([
    [
      'YAML with an error',
      () => write('openapi.yaml', 'openapi: ['),
      /openapi\.yaml:1:\d+: Invalid YAML/,
    ],
    ['an empty file', () => write('openapi.yaml', ''), /found no key `openapi`/],
    ['no file', () => rmSync(join(folder, 'openapi.yaml')), /`openapi\.yaml` does not exist/],
    [
      'a folder',
      () => {
        rmSync(join(folder, 'openapi.yaml'));
        mkdirSync(join(folder, 'openapi.yaml'));
      },
      /is a folder/,
    ],
    ['no files at all', removeAll, /does not exist/],
    [
      'a part that is missing',
      () => rmSync(join(folder, 'schemas/book.yaml')),
      /paths\/books\.yaml:\d+:\d+: `schemas\/book\.yaml` does not exist/,
    ],
    [
      'a part with an error',
      () => write('schemas/book.yaml', 'a: ['),
      /schemas\/book\.yaml:\d+:\d+: Invalid YAML or JSON/,
    ],
    ['OpenAPI 2.0', () => write('openapi.yaml', 'swagger: "2.0"\n'), /found Swagger 2\.0/],
    ['a reference to itself', () => write('schemas/book.yaml', '$ref: book.yaml\n'), /\w/],
    [
      'nesting without end',
      () => write('schemas/book.yaml', `${'{"items": '.repeat(9_000)}{}${'}'.repeat(9_000)}`),
      /nested|Invalid/,
    ],
    [
      'what is no document at all',
      () =>
        write(
          'openapi.yaml',
          JSON.stringify({
            openapi: '3.1.0',
            paths: { '/a': 5, '/b': { get: 'x', parameters: {} } },
            servers: 'x',
          }),
        ),
      /\w/,
    ],
  ])(
    '%s: the mock says so and keeps serving, and serves what comes next',
    async (_, damage, message) => {
      const { says, status, child, output } = await serve();
      damage();
      await says(message);
      await expect
        .poll(() => output.stderr, { timeout: 30_000 })
        .toMatch(/keeps serving the previous version\.\n$|serves it, and keeps the data/);
      expect(await status('/_mock/health')).toBe(200);
      removeAll();
      for (const [path, text] of Object.entries(library)) write(path, text);
      write('limit.yaml', 'type: integer\nmaximum: 7\n');
      await says('the mock serves it, and keeps the data.');
      expect(await status('/books?limit=8')).toBe(400);
      expect(child.exitCode).toBeNull();
    },
  );

  test('a reverted change is reported, and an edit without effect is not', async () => {
    const { says, output } = await serve();
    write('openapi.yaml', 'openapi: [');
    await says('keeps serving the previous version.');
    write('openapi.yaml', library['openapi.yaml'] ?? '');
    await says('openapi.yaml is valid again, without changes.');
    write('openapi.yaml', `# A comment.\n${library['openapi.yaml']}`);
    await new Promise((later) => setTimeout(later, 1_500));
    expect(output.stderr).not.toContain('openapi.yaml changed');
  });

  test('serves what a link leads to, whatever it is set to, and says where it leads nowhere', async () => {
    const versions = join(folder, 'versions');
    for (const [path, text] of Object.entries(library)) write(`versions/..1/${path}`, text);
    write('versions/..2/openapi.yaml', '');
    for (const [path, text] of Object.entries(library)) write(`versions/..3/${path}`, text);
    write('versions/..3/limit.yaml', 'type: integer\nmaximum: 7\n');
    // As Kubernetes mounts a ConfigMap: the files are links through one that is replaced as a whole.
    const lead = (to: string) => {
      symlinkSync(to, join(versions, '..new'));
      renameSync(join(versions, '..new'), join(versions, '..data'));
    };
    lead('..1');
    for (const name of readdirSync(join(versions, '..1')))
      symlinkSync(`..data/${name}`, join(versions, name));
    const { says, status } = await serve('--spec', 'versions/openapi.yaml');
    lead('..2');
    await says('the file is empty');
    lead('..4');
    await says('`versions/openapi.yaml` is a link to a file that does not exist.');
    expect(await status('/books?limit=8')).toBe(200);
    lead('..3');
    await says('versions/openapi.yaml is valid again: the mock serves it');
    expect(await status('/books?limit=8')).toBe(400);
  });

  test('data that does not fit is put aside until it fits again, and the rest is kept', async () => {
    write('openapi.yaml', library['openapi.yaml'] + authors);
    write('schemas/author.yaml', author);
    const { says, json, status } = await serve('--data', 'books=3', '--data', 'authors=2');
    const { id } = await json('/books', 'POST', { title: 'Emma' });
    const { data } = (await json('/authors')) as { data: { id: string }[] };
    await json('/_mock/data/authors', 'POST', { id: 'austen' });
    write(
      'schemas/book.yaml',
      'type: object\nrequired: [id]\nproperties: { id: { type: string }, title: { type: integer } }\n',
    );
    await says('Set aside, because it does not match the document: books: ');
    expect(await status(`/books/${id}`)).toBe(404);
    expect((await json('/authors'))['data']).toEqual([...data, { id: 'austen' }]);
    write('schemas/book.yaml', library['schemas/book.yaml'] ?? '');
    await says('openapi.yaml changed');
    expect((await json(`/books/${id}`))['title']).toBe('Emma');
    expect(await json('/authors/austen')).toEqual({ id: 'austen' });
  });

  test('a document without security says that no key is asked for, until it has security again', async () => {
    const secured = `${library['openapi.yaml']}security: [{ key: [] }]
components: { securitySchemes: { key: { type: http, scheme: bearer } } }
`;
    write('openapi.yaml', secured);
    const { says, status } = await serve('--key', 'good');
    expect(await status('/books')).toBe(401);
    write('openapi.yaml', library['openapi.yaml'] ?? '');
    await says('openapi.yaml changed');
    await says('The document has no security: no key is asked for.');
    expect(await status('/books')).toBe(200);
    write('openapi.yaml', secured);
    await says('openapi.yaml changed');
    expect(await status('/books')).toBe(401);
  });

  test('no request is refused or lost while the document changes', async () => {
    const { says, address } = await serve('--data', 'books=3', '--latency', '20-60');
    const ids: string[] = [];
    const failures: unknown[] = [];
    let isDone = false;
    const work = async () => {
      while (!isDone) {
        const response = await fetch(`${address}/books`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ title: 'Emma' }),
        }).catch((error: unknown) => failures.push(error));
        if (typeof response === 'number') continue;
        if (response.status !== 201) failures.push(response.status);
        ids.push(((await response.json()) as { id: string }).id);
      }
    };
    const workers = Array.from({ length: 4 }, work);
    for (let maximum = 20; maximum < 23; maximum += 1) {
      write('limit.yaml', `type: integer\nmaximum: ${maximum}\ndefault: 10\n`);
      await says('openapi.yaml changed');
    }
    isDone = true;
    await Promise.all(workers);
    expect(failures).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    const found = await Promise.all(
      ids.map(async (id) => (await fetch(`${address}/books/${id}`)).status),
    );
    expect(found.filter((status) => status !== 200)).toEqual([]);
  });

  test('serves the document as it is now, whatever changed in it', async () => {
    const { says, json } = await serve();
    expect((await json('/openapi.json'))['info']).toEqual({ title: 'Library', version: '1' });
    write('openapi.yaml', `${library['openapi.yaml']}tags: [{ name: new }]\n`);
    await says('openapi.yaml changed');
    expect((await json('/openapi.json'))['tags']).toEqual([{ name: 'new' }]);
  });

  test('an event stream ends with the version, so that clients fetch everything again', async () => {
    const { says, address } = await serve();
    const { body } = await fetch(`${address}/_mock/events`);
    const end = body?.pipeTo(new WritableStream());
    write('limit.yaml', 'type: integer\nmaximum: 7\n');
    await says('openapi.yaml changed');
    await end;
  });

  test('a document that is invalid from the start is refused', async () => {
    write('openapi.yaml', 'openapi: [');
    const { ended, output } = startCommand(
      folder,
      '--port',
      '0',
      '--spec',
      'openapi.yaml',
      '--watch',
    );
    expect((await ended).code).toBe(1);
    expect(output.stderr).toMatch(/^Invalid spec in openapi\.yaml:\nopenapi\.yaml:1:/);
  });

  test('SIGTERM ends it, in the middle of a change as well', async () => {
    const { child, ended } = await serve();
    write('limit.yaml', 'type: integer\nmaximum: 7\n');
    await new Promise((later) => setTimeout(later, 250));
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});
