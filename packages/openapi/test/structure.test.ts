import { brokenDocuments } from '@org/test-suite/broken-documents';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '../src/index.ts';
import { type Files, type LintRules, RefusedFile, readDocument } from '../src/read/index.ts';

/** The problems and warnings of a document, a line for each. */
async function linesOf(texts: Record<string, string>, lint?: LintRules): Promise<string[]> {
  const [main = ''] = Object.keys(texts);
  const files: Files = {
    read(path) {
      const text = texts[path];
      if (text === undefined) throw new RefusedFile(`\`${path}\` does not exist.`);
      return text;
    },
  };
  try {
    const { warnings } = await readDocument(main, files, lint ? { lint } : {});
    return warnings.map(formatProblem);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

const cases = brokenDocuments.flatMap(({ variants, ...rest }) =>
  variants.map((variant) => ({ ...rest, ...variant, count: Object.keys(variant.files).length })),
);

describe('a document that is broken', () => {
  test.each(cases)('$name: $place', async ({ files, place, message }) => {
    const lines = await linesOf(files);
    expect(lines).toEqual([expect.stringMatching(/^\S+:\d+:\d+: .+ \([a-z-]+\)$/)]);
    expect(lines[0]).toContain(`${place}: `);
    expect(lines[0]).toContain(message);
  });

  test.each(cases.filter(({ isUnlinted }) => !isUnlinted))(
    '$name: $place, where the rules of a linter are checked as well',
    async ({ files, place }) => {
      const lines = await linesOf(files, { rules: { struct: 'error' } });
      expect(lines[0]).toMatch(/^\S+:\d+:\d+: .+ \([a-z-]+\)$/);
      expect(lines[0]).toContain(`${place}: `);
    },
  );
});

test('flaws of a large document have paths instead of lines, which take long to find', async () => {
  const info = `openapi: 3.1.0\ninfo: { title: Large, version: '1', description: ${'a'.repeat(250_000)} }\n`;
  const lines = await linesOf({ 'openapi.yaml': `${info}paths: { /a: { gett: {} } }\n` });
  expect(lines).toEqual([
    'paths › /a › gett: Unexpected field `gett`. Did you mean `get`? (struct)',
  ]);
});

test('without the rule for the structure, what cannot be read is an error, and flaws are none', async () => {
  const lint = { rules: { struct: 'off', 'no-unresolved-refs': 'error' } };
  const head = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\n";
  const flawed = { 'openapi.yaml': `${head}paths: { /a: { gett: {} } }\n` };
  expect(await linesOf(flawed)).toHaveLength(1);
  expect(await linesOf(flawed, lint)).toEqual([]);
  const broken = { 'openapi.yaml': `${head}paths: { /a: [] }\n` };
  expect(await linesOf(broken, lint)).toEqual([
    expect.stringMatching(/^openapi\.yaml:3:10: Expected an object .* \(struct\)$/),
  ]);
});

test('a property may be called $ref, as in SCIM', async () => {
  const head = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\n";
  const schema = (property: string) => ({
    'openapi.yaml': `${head}components: { schemas: { Member: { properties: { $ref: ${property} } } } }\n`,
  });
  expect(await linesOf(schema('{ type: string }'))).toEqual([]);
  expect(await linesOf(schema('3'))).toContainEqual(
    expect.stringContaining('Expected a string: `$ref` is a number.'),
  );
});

test('the value of an extension may be of any type', async () => {
  const head = "openapi: 3.1.0\ninfo: { title: A, version: '1', x-icon: null }\npaths: {}\n";
  const rest = 'components: { schemas: { A: { x-tag: null, x-tags: [a], x-beta: yes } } }\n';
  expect(await linesOf({ 'openapi.yaml': `${head}${rest}` })).toEqual([]);
});

test('an overlay may correct the structure of a document', async () => {
  const overlay = JSON.stringify({
    overlay: '1.0.0',
    info: { title: 'Correct', version: '1' },
    actions: [{ target: "$.paths['/a'].get.parameters[0]", update: { in: 'query' } }],
  });
  const texts: Record<string, string> = {
    'openapi.yaml':
      "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: { /a: { get: { parameters: [{ name: b, schema: { type: string } }] } } }\n",
    'overlay.yaml': overlay,
  };
  const files: Files = { read: (path) => texts[path] ?? '' };
  const { warnings } = await readDocument('openapi.yaml', files, { overlays: ['overlay.yaml'] });
  expect(warnings).toEqual([]);
});

test.each([
  ['without a linter', undefined],
  ['with one', { rules: { struct: 'error' } } as const],
])('a pattern that JavaScript does not know is a warning, %s', async (_, lint) => {
  const schema = (pattern: string) => ({
    'openapi.yaml': `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\ncomponents: { schemas: { A: { properties: { pattern: { type: string, pattern: '${pattern}' } } } } }\n`,
  });
  expect(await linesOf(schema('^\\d+\\-\\d+$'), lint)).toEqual([]);
  expect(await linesOf(schema('(?i)^a$'), lint)).toEqual([
    'openapi.yaml:4:70: `(?i)^a$` is not a regular expression of JavaScript, so the mock does not check it. Correct or remove it. (pattern)',
  ]);
});

test.each(['', 'null', 'true', '3'])('a schema that is `%s` has no pattern', async (schema) => {
  const head = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\n";
  const text = `${head}components: { schemas: { A: { properties: { b: ${schema} } } } }\n`;
  for (const lint of [undefined, { rules: { struct: 'error' } } as const])
    expect(await linesOf({ 'openapi.yaml': text }, lint)).not.toContainEqual(
      expect.stringMatching(/pattern|destructure|lint/),
    );
});
