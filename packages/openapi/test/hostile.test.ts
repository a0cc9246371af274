import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SpecProblems } from '../src/index.ts';
import { filesBelow, type ReadOptions, readDocument, readDocumentFile } from '../src/read/index.ts';

const outside = mkdtempSync(join(tmpdir(), 'hostile-'));
const folder = join(outside, 'spec');
const secret = join(outside, 'secret.yaml');
const requests: string[] = [];
const server = createServer(({ url }, response) => {
  requests.push(url ?? '');
  response.setHeader('content-type', 'application/json').end('{"stolen":"yes"}');
});
let address = '';

beforeAll(async () => {
  mkdirSync(join(folder, 'inner'), { recursive: true });
  writeFileSync(secret, 'stolen: yes\n');
  symlinkSync(secret, join(folder, 'link.yaml'));
  symlinkSync(outside, join(folder, 'up'));
  symlinkSync(join(folder, 'inner'), join(folder, 'alias'));
  writeFileSync(join(folder, 'inner/fine.yaml'), 'type: string\n');
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(outside, { recursive: true, force: true });
});

const head = 'openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n';

/** A document with a reference in a schema, or in another position. */
const withSchema = (schema: string) =>
  `${head}paths: {}\ncomponents:\n  schemas:\n    A: ${schema}\n`;

async function problemsOf(text: string, root?: string, options: ReadOptions = {}): Promise<string> {
  const main = join(folder, 'openapi.yaml');
  writeFileSync(main, text);
  try {
    const { document } = await readDocumentFile(main, {
      ...options,
      ...(root === undefined ? {} : { root }),
    });
    return JSON.stringify(document);
  } catch (error) {
    if (!(error instanceof SpecProblems)) throw error;
    return error.message;
  }
}

describe('a reference is refused with its location', () => {
  const targets = (): [string, string, RegExp][] => [
    ['to an absolute path', secret, /is not a relative path with slashes/],
    ['to a file: address', pathToFileURL(secret).href, /is not a relative path/],
    ['to the folder above', '../secret.yaml', /is outside of the document's folder/],
    ['to the folder above, by a detour', 'inner/../../secret.yaml', /is outside of/],
    ['through a symbolic link', 'link.yaml', /is a symbolic link to a file outside/],
    ['through a linked folder', 'up/secret.yaml', /is a symbolic link to a file outside/],
    ['with backslashes', '..\\secret.yaml', /is not a relative path with slashes/],
    ['to an address', `http://${address}/a.yaml`, /URLs are never fetched/],
    ['to an address without a scheme', `//${address}/a.yaml`, /URLs are never fetched/],
    ['to a data: address', 'data:application/json,%7B%7D', /is not a relative path/],
    ['to a folder', 'inner', /is not a file/],
    ['to a device', '/dev/zero', /is not a relative path with slashes/],
    ['to nothing', 'none.yaml', /does not exist/],
  ];
  // Built when they run, since they hold the folder and the port.
  test.each(targets().map(([name], i) => [name, i] as const))('%s', async (_, i) => {
    const [, target = '', message] = targets()[i] ?? [];
    const problems = await problemsOf(withSchema(`{ $ref: '${target}' }`));
    expect(problems).toMatch(message as RegExp);
    expect(problems).toMatch(/^openapi\.yaml:6:10: .*\(unresolved-ref\)$/);
    expect(problems).not.toContain('stolen');
    expect(requests).toEqual([]);
  });

  test.each([
    [
      'a description',
      (target: string) =>
        `${head}paths: {}\ncomponents:\n  schemas:\n    A: { description: { $ref: ${target} } }\n`,
    ],
    ['an extension', (target: string) => `${head}x-more: { $ref: ${target} }\npaths: {}\n`],
    [
      'an example',
      (target: string) => withSchema(`{ type: object, example: { $ref: ${target} } }`),
    ],
    ['an enum', (target: string) => withSchema(`{ enum: [{ $ref: ${target} }] }`)],
    ['a default', (target: string) => withSchema(`{ default: { deep: [{ $ref: ${target} }] } }`)],
    [
      'a mapping',
      (target: string) =>
        withSchema(
          `{ type: object, discriminator: { propertyName: k, mapping: { a: ${target} } } }`,
        ),
    ],
    [
      'an external value',
      (target: string) =>
        `${head}paths: {}\ncomponents: { examples: { A: { externalValue: ${target} } } }\n`,
    ],
    ['a path', (target: string) => `${head}paths: { /a: { $ref: ${target} } }\n`],
  ])('in %s', async (_, text) => {
    for (const target of [secret, '../secret.yaml', 'link.yaml', `http://${address}/b.yaml`]) {
      const problems = await problemsOf(text(target));
      expect(problems).toMatch(/^openapi\.yaml:\d+:\d+: .*\(unresolved-ref\)/);
      expect(problems).not.toContain('stolen');
    }
    expect(requests).toEqual([]);
  });
});

test('references to files below the folder are followed, also through links that stay in it', async () => {
  expect(await problemsOf(withSchema('{ $ref: inner/fine.yaml }'))).toContain('"type":"string"');
  expect(await problemsOf(withSchema('{ $ref: alias/fine.yaml }'))).toContain('"type":"string"');
});

test('references may point into a folder that the caller passes', async () => {
  expect(await problemsOf(withSchema('{ $ref: ../secret.yaml }'), outside)).toContain('stolen');
});

test('a file above the folder is not called a symbolic link', () => {
  const { read } = filesBelow(folder);
  expect(() => read('../secret.yaml')).toThrow(
    "`../secret.yaml` is outside of the document's folder.",
  );
});

test('a configuration beside the document is neither read nor run', async () => {
  const mark = join(outside, 'ran');
  writeFileSync(
    join(folder, 'evil.cjs'),
    `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); module.exports = { id: 'evil' };`,
  );
  for (const name of ['redocly.yaml', '.redocly.yaml', 'redocly.yml'])
    writeFileSync(join(folder, name), 'plugins: [./evil.cjs]\nextends: [evil/all]\n');
  const files = filesBelow(folder);
  writeFileSync(join(folder, 'openapi.yaml'), `${head}paths: {}\n`);
  const read: string[] = [];
  const recorded = {
    read(path: string) {
      read.push(path);
      return files.read(path);
    },
  };
  await readDocument('openapi.yaml', recorded, { lint: { extends: ['minimal'] } }).catch(() => {});
  expect(read).toEqual(['openapi.yaml']);
  expect(existsSync(mark)).toBe(false);
});

test.each([
  ['a plugin', { plugins: ['./evil.cjs'] }],
  ['a resolver', { resolve: { http: {} } }],
  ['rules from a file', { extends: ['./evil.yaml'] }],
  ['rules from an address', { extends: ['https://rules.test/all.yaml'] }],
])('rules of the linter with %s are refused', async (_, lint) => {
  const read = readDocument(
    'a.yaml',
    { read: () => `${head}paths: {}\n` },
    { lint: lint as object },
  );
  await expect(read).rejects.toThrow(TypeError);
});

describe('size and shape', () => {
  const laughs = (levels: number) =>
    Array.from({ length: levels }, (_, i) =>
      i === 0
        ? 'x-a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'
        : `x-a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join(', ')}]`,
    ).join('\n');

  test('aliases that multiply are refused at once', async () => {
    const text = `${head}${laughs(12)}\npaths: {}\n`;
    expect(text.length).toBeLessThan(1500);
    const problems = await problemsOf(text);
    expect(problems).toMatch(
      /^openapi\.yaml:\d+:\d+: YAML aliases expand this to more than 1,000,000 values/,
    );
    expect(problems).toMatch(/\(too-large\)$/);
  }, 5_000);

  test('aliases of a long text that multiply are refused as well', async () => {
    const list = Array(5_000).fill('*a').join(', ');
    const text = `${head}x-a: &a '${'x'.repeat(100_000)}'\nx-b: [${list}]\npaths: {}\n`;
    expect(await problemsOf(text)).toMatch(/^openapi\.yaml:\d+:\d+: YAML aliases expand this/);
  });

  test.each([1, 2, 50])('a loop of %i references is refused with its location', async (length) => {
    const schemas = Array.from(
      { length },
      (_, i) => `    A${i}: { $ref: '#/components/schemas/A${(i + 1) % length}' }\n`,
    );
    const text = `${head}paths: {}\ncomponents:\n  schemas:\n${schemas.join('')}`;
    expect(await problemsOf(text)).toMatch(
      /^openapi\.yaml:6:11: The reference leads back to itself.*\(unresolved-ref\)$/,
    );
  });

  test('a loop of references through files is refused', async () => {
    writeFileSync(join(folder, 'loop.yaml'), '$ref: openapi.yaml#/components/schemas/A\n');
    const problems = await problemsOf(withSchema('{ $ref: loop.yaml }'));
    expect(problems).toMatch(/^openapi\.yaml:1:1: A reference leads back to itself/);
  });

  test('a chain of references is limited, because each is followed to its end', async () => {
    const chain = (length: number) => {
      const schemas = Array.from(
        { length },
        (_, i) => `    A${i}: { $ref: '#/components/schemas/A${i + 1}' }\n`,
      );
      return `${head}paths: {}\ncomponents:\n  schemas:\n${schemas.join('')}    A${length}: {}\n`;
    };
    expect(await problemsOf(chain(90))).toContain('"A90"');
    expect(await problemsOf(chain(5_000))).toMatch(/^openapi\.yaml:6:11: .* more than 100 others/);
  }, 5_000);

  test('aliases that share a little are kept', async () => {
    expect(await problemsOf(`${head}${laughs(3)}\npaths: {}\n`)).toContain('x-a2');
  });

  test('an alias that contains itself is refused', async () => {
    const problems = await problemsOf(`${head}x-loop: &loop { again: *loop }\npaths: {}\n`);
    expect(problems).toMatch(/^openapi\.yaml:3:\d+: .*alias.*\((too-large|syntax)\)$/i);
  });

  test.each([
    ['flow', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['shallower', '['.repeat(300) + ']'.repeat(300)],
  ])('a document that is nested too deeply (%s) is refused', async (_, deep) => {
    const problems = await problemsOf(`${head}x-deep: ${deep}\npaths: {}\n`);
    expect(problems).toMatch(/nest|depth/i);
    expect(problems).toMatch(/^openapi\.yaml/);
  });
});

describe('text that tools fail on is refused with its place', () => {
  test.each([
    [
      'a property __proto__',
      '{ type: object, properties: { __proto__: { type: string } } }',
      /`__proto__` cannot be a name/,
    ],
    ['a format toString', '{ type: string, format: toString }', /`toString` cannot be a format/],
    [
      'a property hasOwnProperty',
      '{ properties: { hasOwnProperty: {} } }',
      /`hasOwnProperty` cannot be a name/,
    ],
    ['half of a character in a value', '{ description: "a\\ud800" }', /half of a character/],
    ['half of a character in a key', '{ properties: { "\\udc00": {} } }', /half of a character/],
    ['half of a character in a list', '{ enum: ["\\ud800"] }', /half of a character/],
    [
      'a reference with two #',
      "{ items: { $ref: '#/components/schemas/A#b' } }\n    A#b: {}",
      /written as `%23`/,
    ],
    [
      'a reference that does not decode',
      "{ items: { $ref: '#/components/schemas/%' } }\n    '%': {}",
      /written as `%23` and `%25`/,
    ],
  ])('%s', async (_, schema, message) => {
    const problems = await problemsOf(withSchema(schema), undefined, {
      lint: { extends: ['minimal'] },
    });
    expect(problems).toMatch(message);
    expect(problems).toMatch(/^openapi\.yaml:6:\d+: /);
  });

  test('problems are lines of visible characters', async () => {
    const problems = await problemsOf(withSchema('{ $ref: "\\e[2J\\u202e.yaml" }'));
    expect(problems).toContain('\\u001b[2J\\u202e.yaml');
  });
});

test('an example that takes long to be matched with its pattern is an error of the linter', async () => {
  const text = withSchema(
    `{ type: string, pattern: '^([a-z]+-?)+$', example: '${'a'.repeat(60)}!' }`,
  );
  const lint = { rules: { 'no-invalid-schema-examples': 'error' } };
  const { test: before } = RegExp.prototype;
  const started = process.cpuUsage();
  const files = { read: () => text };
  await expect(readDocument('openapi.yaml', files, { lint })).rejects.toThrow(/must match pattern/);
  expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
  expect(RegExp.prototype.test).toBe(before);
});

test('documents that are linted at the same time leave the built-in objects as they were', async () => {
  const { test: before } = RegExp.prototype;
  const lint = { rules: { 'no-invalid-schema-examples': 'error' } } as const;
  const read = async (schemas: number) => {
    const text = withSchema(`{ type: string, example: '${'a'.repeat(schemas)}' }`);
    await readDocument('openapi.yaml', { read: () => text }, { lint });
  };
  const first = read(1);
  await new Promise(setImmediate);
  await Promise.all([first, read(2), read(3)]);
  expect(RegExp.prototype.test).toBe(before);
});
