import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { Clone } from './support/clone.ts';
import { blocks } from './support/markdown.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

describe.each(['## Add an operation', '## Add a collection'])('CONTRIBUTING, %s', (heading) => {
  const found = blocks('CONTRIBUTING.md', heading);

  test('its YAML is all that is needed: the spec and generated files change, and its program runs', () => {
    clone.git('reset', '-q', '--hard');
    const spec = parseDocument(clone.read('spec/openapi.yaml'));
    for (const { code } of found.filter(({ language }) => language === 'yaml')) {
      for (const [name, value] of Object.entries(parse(code))) {
        const parent = name.startsWith('/') ? ['paths'] : ['components', 'schemas'];
        spec.setIn([...parent, name], value);
      }
    }
    clone.write('spec/openapi.yaml', spec.toString());
    const { stderr } = clone.script('generate.ts');
    expect(stderr).toBe('');
    const touched = clone.git('status', '--porcelain').trimEnd().split('\n');
    const odd = touched
      .map((line) => line.slice(3))
      .filter(
        (path) =>
          !/^spec\/openapi\.yaml$|\.gen\.|^packages\/(client\/api\.md|types\/package\.json)$/.test(
            path,
          ),
      );
    expect(odd).toEqual([]);

    expect(clone.script('build.ts', 'client', 'mock')).toMatchObject({ code: 0 });
    const [program = ''] = found.flatMap(({ language, code }) => (language === 'ts' ? code : []));
    clone.write('scripts/program.mts', program);
    const options = '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom';
    clone.exec('scripts', 'tsc', 'program.mts', ...options.split(' '), '--types', 'node');
    const printed = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    const run = clone.script('program.mts');
    clone.remove('scripts/program.mts');
    expect(run).toEqual({ code: 0, stdout: `${printed.join('\n')}\n`, stderr: '' });
  }, 240_000);
});
