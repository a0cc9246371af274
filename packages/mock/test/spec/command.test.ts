import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { endCommands, startCommand } from '../support/command.ts';
import { library, petShop } from '../support/pet-shop.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spec-'));
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const serve = (...args: string[]) => startCommand(folder, '--port', '0', '--log', 'none', ...args);

/** A tree of folders, 350 kB long. */
const largeDocument = (): object => {
  const folder = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', description: 'a'.repeat(350_000) },
      parent: { $ref: '#/components/schemas/Folder' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Folder' } },
    },
  };
  const list = { type: 'array', items: { $ref: '#/components/schemas/Folder' } };
  const content = { 'application/json': { schema: list } };
  return {
    openapi: '3.1.0',
    info: { title: 'Large', version: '1' },
    paths: { '/folders': { get: { responses: { 200: { description: 'OK', content } } } } },
    components: { schemas: { Folder: folder } },
  };
};

describe('org-mock --spec', () => {
  test('serves a large document, which is read in a thread of its own', async () => {
    write({ 'large.json': JSON.stringify(largeDocument()) });
    const { url } = serve('--spec', 'large.json');
    const address = await url();
    const response = await fetch(`${address}/folders`);
    expect([response.status, Array.isArray(await response.json())]).toEqual([200, true]);
    expect(await (await fetch(`${address}/openapi.json`)).json()).toEqual(largeDocument());
  });

  test('refuses a large document with its place', async () => {
    const text = JSON.stringify(largeDocument()).replace('"title":', '"title":"Twice","title":');
    write({ 'large.json': text });
    const { ended, output } = serve('--spec', 'large.json');
    expect((await ended).code).toBe(1);
    expect(output.stderr).toBe(
      'Invalid spec in large.json:\nlarge.json:1:45: Invalid YAML or JSON: the key `title` is used twice: first on line 1. (syntax)\n',
    );
  });

  test('serves a document of another style, and prints how to call it', async () => {
    write({ 'pets.yaml': petShop });
    const { says, url, output } = serve('--spec', 'pets.yaml');
    await says('Pet shop (pets.yaml): 5 operations\n');
    const address = await url();
    expect(new URL(address).pathname).toBe('/api/v3');
    await says(`curl -H 'api_key: any-key' '${address}/pets'`);
    expect(output.stderr).not.toContain('Problem');
    expect((await fetch(`${address}/pets`)).status).toBe(401);
    const response = await fetch(`${address}/pets`, { headers: { api_key: 'any' } });
    expect([response.status, Array.isArray(await response.json())]).toEqual([200, true]);
    expect((await fetch(`${address}/pets/0`, { headers: { api_key: 'any' } })).status).toBe(400);
  });

  test('a document of several files keeps what it creates', async () => {
    write(library);
    const { says, url } = serve('--spec', 'openapi.yaml', '--data', 'books=3');
    await says('Library (openapi.yaml): 4 operations\n  books: list, create, retrieve, delete\n');
    const address = await url();
    const created = await fetch(`${address}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Emma' }),
    });
    const { id } = (await created.json()) as { id: string };
    const titles = async () => {
      const { data } = (await (await fetch(`${address}/books`)).json()) as {
        data: { title: string }[];
      };
      return data.map(({ title }) => title);
    };
    expect([created.status, (await titles()).length]).toEqual([201, 4]);
    expect(await titles()).toContain('Emma');
    expect((await fetch(`${address}/books/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await titles()).not.toContain('Emma');
  });

  test('JSON as well; --verbose names every operation, the id it had, and why', async () => {
    write({ 'pets.json': JSON.stringify(parse(petShop)) });
    const { url, output } = serve('--spec', join(folder, 'pets.json'), '--verbose');
    await url();
    expect(output.stderr).toContain('GET /pets: pets.list (listPets in the document). ');
    expect(output.stderr).toMatch(/DELETE \/pets\/\{petId\}: pets\.delete \(delete in .*\)\. \w+/);
    expect(output.stderr).toContain('POST /pets/{petId}/photo: pets.photo');
  });

  test('a document may refer to files below --root', async () => {
    write({
      ...library,
      'api/openapi.yaml': library['openapi.yaml']?.replaceAll('paths/', '../paths/') ?? '',
    });
    const refused = serve('--spec', 'api/openapi.yaml');
    expect((await refused.ended).code).toBe(1);
    expect(refused.output.stderr).toContain(
      'api/openapi.yaml:5:5: `../paths/books.yaml` is outside',
    );
    expect(refused.output.stderr).toContain('--root');
    const { url } = serve('--spec', 'api/openapi.yaml', '--root', '.');
    expect((await fetch(`${await url()}/books`)).status).toBe(200);
  });

  test('texts of a document cannot control the terminal', async () => {
    const title = '\u001b[2JGone';
    write({ 'a.json': JSON.stringify({ openapi: '3.1.0', info: { title }, paths: {} }) });
    const { says, output } = serve('--spec', 'a.json');
    await says('%1B[2JGone (a.json): 0 operations');
    expect(output.stderr).not.toContain('\u001b[2J');
  });
});

describe('a document that cannot be served is refused with its place, and exit code 1', () => {
  const list = petShop.split('\n');
  const lineOf = (text: string) => list.findIndex((line) => line.includes(text)) + 1;

  test.each<[string, string, string]>([
    [
      'an empty file',
      '',
      'a.yaml:1:1: Expected an OpenAPI document of version 3.0, 3.1 or 3.2: found no key `openapi`: the file is empty.',
    ],
    ['a text', 'hello', 'a.yaml:1:1: Expected an OpenAPI document'],
    ['a list', '[]', 'a.yaml:1:1: Expected an OpenAPI document'],
    ['another kind of file', 'name: test\non: push\n', 'a.yaml:1:1: Expected an OpenAPI document'],
    [
      'OpenAPI 2.0',
      'swagger: "2.0"\ninfo: {}\n',
      'a.yaml:1:1: Expected an OpenAPI document of version 3.0, 3.1 or 3.2: found Swagger 2.0.',
    ],
    ['YAML with an error', petShop.replace('get:', 'get: ['), `a.yaml:`],
    [
      'a key twice',
      `${petShop}info: {}\n`,
      `a.yaml:${list.length}:1: Invalid YAML or JSON: the key \`info\` is used twice`,
    ],
    [
      'a reference to nothing',
      petShop.replace('schemas/Pet', 'schemas/Cat'),
      `a.yaml:${lineOf('schemas/Pet')}:`,
    ],
    [
      'a reference to a file that is missing',
      petShop.replace("'#/components/schemas/Pet'", 'pet.yaml'),
      '`pet.yaml` does not exist.',
    ],
    [
      'a reference to an address',
      petShop.replace("'#/components/schemas/Pet'", 'https://pets.test/pet.yaml'),
      'URLs are never fetched',
    ],
    [
      'aliases that multiply',
      `openapi: 3.1.0\ninfo: { title: x }\nx0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${Array.from({ length: 8 }, (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(', ')}]`).join('\n')}\n`,
      'YAML aliases expand this to more than',
    ],
    [
      'minItems of a million',
      petShop.replace('type: array,', 'type: array, minItems: 1000000,'),
      '`minItems` is 1000000: at most',
    ],
    [
      'a number for a path',
      'openapi: 3.1.0\npaths: { /a: 5, /b: { get: x, parameters: {} } }\n',
      'Expected an object (PathItem): `/a` is a number.',
    ],
    [
      'x-mock that says nothing',
      petShop.replace('operationId: listPets', 'x-mock: { size: 3 }'),
      'x-mock has no `size`',
    ],
  ])('%s', async (_, text, message) => {
    write({ 'a.yaml': text });
    const { ended, output } = serve('--spec', 'a.yaml');
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toMatch(/^Invalid spec in a\.yaml:\n/);
    expect(output.stderr).toContain(message);
    expect(output.stderr).not.toMatch(/^\s+at /m);
  });

  test.each<[string, string, string]>([
    ['a missing file', 'none.yaml', '`none.yaml` does not exist. The path begins at the current'],
    ['a link to nothing', 'link.yaml', '`link.yaml` is a link to a file that does not exist.'],
    ['a file with another ending', 'folder/pets.yml', 'Did you mean `folder/pets.yaml`?'],
    ['a misspelled file', 'folder/pet.yaml', 'Did you mean `folder/pets.yaml`?'],
    [
      'a URL without its scheme',
      'localhost:80/a.json',
      "curl -o openapi.yaml 'localhost:80/a.json'",
    ],
    [
      'the URL of a file',
      'file:///tmp/a.yaml',
      "--spec takes a file, not a URL: --spec '/tmp/a.yaml'",
    ],
    ['standard input', '-', 'standard input is never read. Save the document first'],
    ['a device', '/dev/stdin', 'standard input is never read. Save the document first'],
    ['a URL', 'https://a.test/openapi.yaml', "curl -o openapi.yaml 'https://a.test/openapi.yaml'"],
    ['a file in a missing folder', 'none/a.yaml', 'does not exist.'],
    ['a file below a file', 'a.yaml/b.yaml', 'does not exist.'],
    [
      'a folder',
      'folder',
      '`folder` is a folder. Name the document in it, such as `folder/pets.yaml`.',
    ],
    ['a folder above', '..', '`..` is a folder. Name the document in it'],
  ])('%s', async (_, spec, message) => {
    write({ 'a.yaml': petShop });
    write({ 'folder/a.txt': '', 'folder/pets.yaml': petShop });
    symlinkSync('none.yaml', join(folder, 'link.yaml'));
    const { ended, output } = serve('--spec', spec);
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toContain(message);
    expect(output.stderr).not.toMatch(/^\s+at /m);
  });

  test('a file of more than 64 MB', async () => {
    write({ 'a.yaml': `# ${'x'.repeat(64 * 2 ** 20)}\n${petShop}` });
    const { ended, output } = serve('--spec', 'a.yaml');
    expect((await ended).code).toBe(1);
    expect(output.stderr).toContain('bytes: at most 67108864 are read');
  });

  test('a key that no operation asks for', async () => {
    write(library);
    const { ended, output } = serve('--spec', 'openapi.yaml', '--key', 'good');
    expect((await ended).code).toBe(2);
    expect(output.stderr).toContain(
      '--key has no effect: no operation of openapi.yaml has security. Leave --key out',
    );
  });

  test('flags that need --spec', async () => {
    for (const flag of [['--verbose'], ['--root', '.']]) {
      const { ended, output } = serve(...flag);
      expect((await ended).code).toBe(2);
      expect(output.stderr).toContain(`${flag[0]} is about the document of --spec`);
    }
  });
});
