import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { inline, paragraphs } from '../src/emit/markdown.ts';
import { jsdoc } from '../src/emit/text.ts';
import { generateTypes } from '../src/index.ts';

describe('Markdown of a description', () => {
  test.each([
    ['HTML', '<img src=x onerror="a()">', '\\<img src=x onerror="a()">'],
    ['a closing tag and a comment', '</b> <!-- a', '\\</b> \\<!-- a'],
    ['a link', '[a](javascript:b)', '[a\\](javascript:b)'],
    ['the definition of a link', '[a]: javascript:b', '[a\\]: javascript:b'],
    ['a footnote', '[^1]', '\\[^1]'],
    ['a heading', '# a', '\\# a'],
    ['an underline', 'a\n===\nb\n---', 'a\n\\===\nb\n\\---'],
    ['a list', '- a\n+ b\n* c\n1. d', '\\- a\n\\+ b\n\\* c\n1\\. d'],
    ['a quote', '> a', '\\> a'],
    ['a table', '| a |\n| - |\n:- | -', '\\| a |\n\\| - |\n\\:- | -'],
    ['a fence', '```\na', '\\`\\`\\`\na'],
    ['a fence of tildes', '~~~', '\\~\\~\\~'],
    ['indented code', '\n\n    a\n\tb', 'a\nb'],
    ['emphasis and math', '*a* _b_ $c$', '\\*a\\* \\_b\\_ \\$c\\$'],
    ['an entity', '&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['a tag of JSDoc', '@deprecated', '\\@deprecated'],
    ['a backtick without its twin', '`a', '\\`a'],
    ['a code span over two lines', '`a\n@b`', '\\`a\n\\@b\\`'],
  ])('%s is words', (_, text, shown) => expect(paragraphs(text)).toBe(shown));

  test('ordinary words, code spans and paragraphs stay', () => {
    const text =
      'Pass `last_id` as `after` (1 < 2, a-b, snake_case, 5 & 6); see [1].\n\nSecond: user@example.com.';
    expect(paragraphs(text)).toBe(text);
    expect(inline(text)).toBe(text.replace('\n\n', ' '));
  });
});

/** The tags and links that TypeScript reads in a comment. */
function tagsOf(text: string): string[] {
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    for (const each of (node as { jsDoc?: ts.JSDoc[] }).jsDoc ?? []) visit(each);
    if (ts.isJSDocLinkLike(node)) found.push('link');
    if ('tagName' in node && ts.isIdentifier(node.tagName as ts.Node))
      found.push((node.tagName as ts.Identifier).text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const hostile = [
  'a\n@deprecated',
  'a @deprecated',
  '`a @internal`',
  '{@link https://evil.test}',
  '*/ export const a = 1; /*',
  '\r@deprecated',
  '\u2028@deprecated',
  'a\n * @internal',
];

test.each(hostile)('%j in a comment begins no tag and ends no comment', (text) => {
  const comment = jsdoc([paragraphs(text), `@param a ${inline(text)}`]);
  expect(tagsOf(`${comment}const a = 1;`)).toEqual(['param']);
});

test.each(hostile)('%j in any comment of the types is words', async (text) => {
  const words = {
    title: text,
    description: text,
    default: text,
    example: text,
    examples: [text],
    format: text,
  };
  const types = await generateTypes({
    openapi: '3.1.0',
    info: { title: 'T', version: '1.0.0' },
    paths: {},
    components: {
      schemas: {
        A: {
          ...words,
          type: 'object',
          // Called like keywords and extensions: what is below them has words as well.
          properties: Object.fromEntries(
            ['a', 'const', 'enum', 'x-a', 'description', 'mapping'].map((name) => [
              name,
              { ...words, type: 'string' },
            ]),
          ),
        },
      },
    },
  });
  expect(new Set(tagsOf(types))).toEqual(new Set(['default', 'example']));
  expect(types).not.toMatch(/\*\/ export const|[\u2028\r]/);
});

test('a constant and the values of an enum are not changed', async () => {
  const schemas = { A: { const: { description: '*a*' } }, B: { enum: ['# a', '\u202e'] } };
  const info = { title: 'T', version: '1.0.0' };
  const types = await generateTypes({ openapi: '3.1.0', info, paths: {}, components: { schemas } });
  expect(types).toContain('"*a*"');
  expect(types).toContain('"# a" | "\\u202e"');
});
