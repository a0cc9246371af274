import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatProblem, SpecProblems } from '../src/index.ts';
import { filesBelow, readDocument, readDocumentFile } from '../src/read/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const root = resolve(import.meta.dirname, '../../..');

function write(files: Record<string, string>): string {
  const place = mkdtempSync(join(folder, 'case-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  return place;
}

const several = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
paths:
  /users:
    $ref: paths/users.yaml
`,
  'paths/users.yaml': `get:
  operationId: users.list
  responses:
    "200":
      description: Users.
      content:
        application/json:
          schema: { $ref: '../schemas/user list.yaml' }
`,
  'schemas/user list.yaml': `type: array
items: { $ref: user.yaml }
`,
  'schemas/user.yaml': `type: object
properties:
  name: { type: string }
  best_friend: { $ref: user.yaml }
`,
};

function command(place: string): unknown {
  const output = join(place, 'bundled.json');
  execFileSync(
    join(import.meta.dirname, '../node_modules/.bin/redocly'),
    ['bundle', 'openapi.yaml', '--output', output],
    {
      cwd: place,
      stdio: 'ignore',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  return JSON.parse(readFileSync(output, 'utf8'));
}

describe('the library bundles as the command of Redocly does', () => {
  test.each([
    [
      'the spec of this repository',
      { 'openapi.yaml': readFileSync(join(root, 'spec/openapi.yaml'), 'utf8') },
    ],
    ['a document of several files', several],
  ])('%s', async (_, files) => {
    const place = write(files);
    const { document } = await readDocumentFile(join(place, 'openapi.yaml'));
    // The same order of keys too: the bundle is a file that is compared. The command alone moves root extensions to the end.
    const isExtension = ([key]: [string, unknown]) => Number(key.startsWith('x-'));
    const entries = Object.entries(document).sort((a, b) => isExtension(a) - isExtension(b));
    expect(JSON.stringify(Object.fromEntries(entries))).toBe(JSON.stringify(command(place)));
  });
});

test('the files that were read are listed, the main one first', async () => {
  const { files } = await readDocument('openapi.yaml', filesBelow(write(several)));
  expect(files).toEqual([
    'openapi.yaml',
    'paths/users.yaml',
    'schemas/user list.yaml',
    'schemas/user.yaml',
  ]);
});

test('a part of the bundled document is located in its source file', async () => {
  const { document, locate } = await readDocument('openapi.yaml', filesBelow(write(several)));
  const names = Object.keys(document.components?.schemas ?? {});
  expect(names).toContain('user');
  expect(locate(['components', 'schemas', 'user', 'properties', 'name'])).toEqual({
    file: 'schemas/user.yaml',
    line: 3,
    column: 3,
  });
  expect(locate(['paths', '/users', 'get'])).toEqual({
    file: 'paths/users.yaml',
    line: 1,
    column: 1,
  });
});

async function problemsOf(files: Record<string, string>, lint = {}): Promise<string> {
  try {
    await readDocument('openapi.yaml', filesBelow(write(files)), { lint });
  } catch (error) {
    if (error instanceof SpecProblems) return error.message;
    throw error;
  }
  return '';
}

const head = 'openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n';

test.each([
  [
    'that does not parse',
    { 'openapi.yaml': `${head}paths: [` },
    /^openapi\.yaml:\d+:\d+: Invalid YAML or JSON: .*\(syntax\)$/,
  ],
  [
    'with a key that is repeated',
    { 'openapi.yaml': `${head}paths:\n  /a: {}\n  /b: {}\n  /a: {}\n` },
    /^openapi\.yaml:6:3: Invalid YAML or JSON: the key `\/a` is used twice: first on line 4\. \(syntax\)$/,
  ],
  [
    'with a key that is repeated, in JSON',
    { 'openapi.yaml': '{ "openapi": "3.1.0",\n  "paths": {},\n  "paths": {} }' },
    /^openapi\.yaml:3:\d: .*`paths` is used twice: first on line 2\. \(syntax\)$/,
  ],
  [
    'with wrong indentation, whose place is said once',
    { 'openapi.yaml': 'openapi: 3.1.0\ninfo:\n   title: T\n  version: 1.0.0\n' },
    /^openapi\.yaml:4:3: Invalid YAML or JSON: bad indentation of a mapping entry\. \(syntax\)$/,
  ],
  ...[
    ["'The user's name'", "inside `'…'`, an apostrophe must be written twice: `''`\\."],
    ['"The "full" name"', 'inside `"…"`, a quote must be written `\\\\"`\\.'],
    ['`name` of the user', 'a text that begins with ` must be in quotes'],
    ['Optional: the name', 'a text with a colon and a space must be in quotes'],
  ].map(([text, reason]): [string, Record<string, string>, RegExp] => [
    `with the text ${text}, which needs other quotes`,
    { 'openapi.yaml': `openapi: 3.1.0\ninfo:\n  title: ${text}\n  version: 1.0.0\n` },
    new RegExp(`^openapi\\.yaml:3:\\d+: Invalid YAML or JSON: ${reason}`),
  ]),
  [
    'with a merge conflict',
    {
      'openapi.yaml':
        'openapi: 3.1.0\ninfo:\n<<<<<<< HEAD\n  title: A\n=======\n  title: B\n>>>>>>> other\n',
    },
    /^openapi\.yaml:\d+:\d+: Invalid YAML or JSON: a merge conflict is not resolved: .* line 3\. \(syntax\)$/,
  ],
  [
    'of another version',
    { 'openapi.yaml': 'swagger: "2.0"\n' },
    /^openapi\.yaml:1:1: Expected .* found Swagger 2\.0\. Convert the document first, .*\. \(version\)$/,
  ],
  [
    'that is empty',
    { 'openapi.yaml': '\n' },
    /found no key `openapi`: the file is empty\. \(version\)$/,
  ],
  [
    'with a version that YAML takes for a number',
    { 'openapi.yaml': 'openapi: 3.1\n' },
    /found the number 3\.1\. Write the whole version in quotes/,
  ],
  [
    'that is an HTML page',
    { 'openapi.yaml': '<!DOCTYPE html>\n<p>Hi' },
    /found an HTML page\. Save/,
  ],
  ['that is XML', { 'openapi.yaml': '<?xml version="1.0"?><a/>' }, /found XML\./],
  ['that is RAML', { 'openapi.yaml': '#%RAML 1.0\ntitle: A\n' }, /found a RAML document\./],
  ['of AsyncAPI', { 'openapi.yaml': 'asyncapi: 2.6.0\n' }, /found an AsyncAPI document\./],
  ['of Arazzo', { 'openapi.yaml': 'arazzo: 1.0.0\n' }, /found an Arazzo document\./],
  ['that is an Overlay', { 'openapi.yaml': 'overlay: 1.0.0\n' }, /found an OpenAPI Overlay\. Name/],
  [
    'that is a Postman collection',
    { 'openapi.yaml': 'info: { _postman_id: a }\nitem: []\n' },
    /found a Postman collection\. Export it/,
  ],
  ['of Insomnia', { 'openapi.yaml': '__export_format: 4\n' }, /found an Insomnia export\. Export/],
  [
    'with recorded requests',
    { 'openapi.yaml': 'log: { entries: [] }\n' },
    /found recorded requests/,
  ],
  ['that is a JSON Schema', { 'openapi.yaml': '$schema: http://a\n' }, /found a JSON Schema\./],
  ['that does not exist', {}, /^openapi\.yaml: `openapi\.yaml` does not exist\. \(unreadable\)$/],
  [
    'with a reference to nothing',
    { 'openapi.yaml': `${head}paths:\n  /a:\n    $ref: a.yaml\n` },
    /^openapi\.yaml:5:5: `a\.yaml` does not exist\. \(unresolved-ref\)$/,
  ],
  [
    'with a file that does not parse',
    { 'openapi.yaml': `${head}paths:\n  /a:\n    $ref: a.yaml\n`, 'a.yaml': 'get: [' },
    /a\.yaml/,
  ],
])('a document %s is a problem with its place', async (_, files, message) => {
  expect(await problemsOf(files)).toMatch(message);
});

test.each([
  ['// A comment.\n', 1, 1],
  ["{ 'openapi': '3.1.0' }", 1, 3],
  ['{\n  /* A comment. */ "openapi": "3.1.0" }', 2, 3],
])('JSON that is none is refused before its version: %s', async (text, line, column) => {
  await expect(readDocument('a.json', filesBelow(write({ 'a.json': text })))).rejects.toThrow(
    new RegExp(`^a\\.json:${line}:${column}: Invalid JSON: found a (?:comment|single quote)`),
  );
});

test.each<[string, number[], BufferEncoding | 'utf16be']>([
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf], 'utf8'],
  ['UTF-16, the low byte first', [0xff, 0xfe], 'utf16le'],
  ['UTF-16, the high byte first', [0xfe, 0xff], 'utf16be'],
])('a document in %s is read', async (_, mark, encoding) => {
  const text = `${head.replace('title: T', 'title: Tür')}paths: {}\n`;
  const isSwapped = encoding === 'utf16be';
  const bytes = Buffer.from(text, isSwapped ? 'utf16le' : encoding);
  const place = write({});
  writeFileSync(
    join(place, 'openapi.yaml'),
    Buffer.concat([Buffer.from(mark), isSwapped ? bytes.swap16() : bytes]),
  );
  const { document } = await readDocumentFile(join(place, 'openapi.yaml'));
  expect(document.info?.title).toBe('Tür');
});

test.each([
  ['in Latin-1', Buffer.from(`${head}paths: {} # Tür\n`, 'latin1')],
  ['in UTF-16 without a mark', Buffer.from(head, 'utf16le')],
  ['that is compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
])('a document %s is refused, and says why', async (_, bytes) => {
  const place = write({});
  writeFileSync(join(place, 'openapi.yaml'), bytes);
  await expect(readDocumentFile(join(place, 'openapi.yaml'))).rejects.toThrow(
    '`openapi.yaml` is not a text in UTF-8. Save it as UTF-8.',
  );
});

test('a rule of the linter that is broken is a problem with its name', async () => {
  const text = `${head}paths: {}\ncomponents: { schemas: { A: { type: string } } }\n`;
  const lint = { rules: { 'no-unused-components': 'error' } };
  expect(await problemsOf({ 'openapi.yaml': text }, lint)).toMatch(
    /^openapi\.yaml:4:26: .*A.* \(no-unused-components\)$/,
  );
});

test('an example with a property that its schema lacks is a problem with the fix', async () => {
  const text = `${head}paths: {}
components:
  schemas:
    User: { type: object, properties: { id: { type: string } } }
  responses:
    User:
      description: A user.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/User' }
          example: { id: a, picture: b }
`;
  const lint = { rules: { 'no-invalid-media-type-examples': 'error' } };
  expect(await problemsOf({ 'openapi.yaml': text }, lint)).toContain(
    'The schema has no property `picture`: remove it from the example, or add it to the schema.',
  );
});

test('a rule that only warns does not refuse the document', async () => {
  const text = `${head}paths: {}\ncomponents: { schemas: { A: { type: string } } }\n`;
  const lint = { rules: { 'no-unused-components': 'warn' } };
  const { warnings } = await readDocument(
    'openapi.yaml',
    filesBelow(write({ 'openapi.yaml': text })),
    {
      lint,
    },
  );
  expect(warnings.map(formatProblem)).toEqual([
    expect.stringMatching(/^openapi\.yaml:4:26: .*A.* \(no-unused-components\)$/),
  ]);
});

describe('a message names', () => {
  const withSchema = (schema: string) => ({
    'openapi.yaml': `${head}paths: {}\ncomponents:\n  schemas:\n    A: ${schema}\n    B: { type: string }\n`,
  });
  const lint = { rules: { struct: 'error', 'no-invalid-schema-examples': 'error' } };

  test.each(['#/components/schemas/C', 'c.yaml', 'c.yaml#/C'])(
    'the reference that leads nowhere: %s',
    async (reference) => {
      const [path] = reference.split('#');
      expect(await problemsOf(withSchema(`{ $ref: '${reference}' }`), lint)).toBe(
        `openapi.yaml:6:10: \`${path || reference}\` does not exist. (unresolved-ref)`,
      );
    },
  );

  test('the schema that a misspelled reference probably means', async () => {
    const text = `${head}paths: {}\ncomponents:\n  schemas:\n    A: { $ref: '#/components/schemas/Usr' }\n    User/Role: {}\n    User: {}\n`;
    expect(await problemsOf({ 'openapi.yaml': text })).toBe(
      'openapi.yaml:6:10: `#/components/schemas/Usr` does not exist. Did you mean `#/components/schemas/User`? (unresolved-ref)',
    );
    expect(
      await problemsOf({ 'openapi.yaml': text.replace('schemas/Usr', 'schemas/UserRole') }),
    ).toContain('Did you mean `#/components/schemas/User~1Role`?');
    expect(
      await problemsOf({ 'openapi.yaml': text.replace('schemas/Usr', 'schemes/User') }),
    ).toMatch(/`#\/components\/schemes\/User` does not exist\. \(/);
  });

  test('the type that does not exist, and not the examples that it spoils', async () => {
    expect(await problemsOf(withSchema('{ type: strng, examples: [a] }'), lint)).toMatch(
      /^openapi\.yaml:6:10: `type` can be one of .* Did you mean `string`\? \(struct\)$/,
    );
  });

  test('the reference to a parameter that does not exist, and not the path that lacks it', async () => {
    const operation =
      "{ parameters: [{ $ref: '#/components/parameters/i' }], get: { responses: { '204': { description: None } } } }";
    const text = `${head}paths:\n  /a/{id}: ${operation}\n`;
    const rules = { 'path-parameters-defined': 'error', 'no-unresolved-refs': 'error' };
    expect(await problemsOf({ 'openapi.yaml': text }, { rules })).toBe(
      'openapi.yaml:4:29: `#/components/parameters/i` does not exist. (unresolved-ref)',
    );
  });

  test('the tag that is not declared', async () => {
    const text = `${head}paths:\n  /a: { get: { tags: [Things], responses: { '204': { description: None } } } }\n`;
    const rules = { 'operation-tag-defined': 'error' };
    expect(await problemsOf({ 'openapi.yaml': text }, { rules })).toBe(
      'openapi.yaml:4:23: The tag `Things` is not declared. Add it to `tags` at the top of the document. (operation-tag-defined)',
    );
  });

  test('the operation that has no tag', async () => {
    const text = `${head}paths:\n  /a: { get: { responses: { '204': { description: None } } } }\n`;
    const rules = { 'operation-tag-defined': 'error' };
    expect(await problemsOf({ 'openapi.yaml': text }, { rules })).toBe(
      'openapi.yaml:4:9: The operation has no tag. Add `tags` with a name from `tags` at the top of the document. (operation-tag-defined)',
    );
  });

  test('the replacement of `nullable` in OpenAPI 3.1', async () => {
    expect(await problemsOf(withSchema('{ type: string, nullable: true }'), lint)).toMatch(
      /^openapi\.yaml:6:24: .*`nullable`.* write `type: \[string, "null"\]`.* \(struct\)$/,
    );
  });

  test('the part of an example that breaks its schema, not the whole example', async () => {
    const schema =
      '{ type: object, properties: { a: { oneOf: [{ type: object, properties: { b: { type: string } } }, { type: "null" }] } }, examples: [{ a: { b: 5 } }] }';
    expect(await problemsOf(withSchema(schema), lint)).toMatch(
      /^.*`b` property type must be string.*$/,
    );
  });
});

test('a document of OpenAPI 3.1 that says 3.0 is one problem', async () => {
  const text = readFileSync(join(root, 'spec/openapi.yaml'), 'utf8');
  const lint = parse(readFileSync(join(root, 'spec/redocly.yaml'), 'utf8'));
  const found = await problemsOf(
    { 'openapi.yaml': text.replace(/^openapi: .*/, 'openapi: 3.0.3') },
    lint,
  );
  expect(found).toMatch(
    /openapi\.yaml:1:1: The document says OpenAPI 3\.0\.3, and uses what only 3\.1 has: .*`const` \(\d+ times\).* Write `openapi: 3\.1\.0`\. \(version\)/,
  );
  expect(found).not.toContain('Did you mean');
});

test('the rules of the repository find nothing in its spec', async () => {
  const lint = parse(readFileSync(join(root, 'spec/redocly.yaml'), 'utf8'));
  const { document } = await readDocumentFile(join(root, 'spec/openapi.yaml'), { lint });
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(0);
});
