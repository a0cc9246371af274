import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { blocks } from './support/markdown.ts';

// One build serves all examples of CONTRIBUTING: it takes longer than everything else here.
const examples = ['## Add an operation', '## Add a collection'].map((heading) => ({
  heading,
  ...partsOf(heading),
}));
const patient = 600_000;
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  const spec = parseDocument(clone.read('spec/openapi.yaml'));
  for (const { yaml } of examples) {
    for (const [name, value] of yaml.flatMap((code) => Object.entries(parse(code)))) {
      if (name === 'tags') {
        for (const tag of value as object[]) spec.addIn(['tags'], spec.createNode(tag));
        continue;
      }
      const parent = name.startsWith('/') ? ['paths'] : ['components', 'schemas'];
      spec.setIn([...parent, name], value);
    }
  }
  clone.write('spec/openapi.yaml', spec.toString());
  expect(clone.script('spec/generate.ts')).toMatchObject({ code: 0, stderr: '' });
  expect(clone.script('dev/turbo.ts', 'build', 'client', 'mock')).toMatchObject({ code: 0 });
}, patient);
afterAll(() => clone.remove());

test('the examples of CONTRIBUTING change the spec and generated files, and nothing else', () => {
  const changed = clone.git('status', '--porcelain').trimEnd().split('\n');
  const followsFromSpec =
    /^spec\/openapi\.yaml$|\.gen\.|^packages\/(client\/api\.md|types\/package\.json)$/;
  const odd = changed.map((line) => line.slice(3)).filter((path) => !followsFromSpec.test(path));
  expect(odd).toEqual([]);
});

describe.each(examples)('CONTRIBUTING, $heading', ({ program }) => {
  test(
    'its program compiles, and prints what its comments say',
    () => {
      clone.write('scripts/program.mts', program);
      const options = '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom';
      clone.exec('scripts', 'tsc', 'program.mts', ...options.split(' '), '--types', 'node');
      const printed = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(
        ([, text]) => text,
      );
      const run = clone.script('program.mts');
      clone.remove('scripts/program.mts');
      expect(run).toEqual({ code: 0, stdout: `${printed.join('\n')}\n`, stderr: '' });
    },
    patient,
  );
});

function partsOf(heading: string) {
  const found = blocks('CONTRIBUTING.md', heading);
  const code = (wanted: string) =>
    found.filter(({ language }) => language === wanted).map((block) => block.code);
  const [program = ''] = code('ts');
  return { yaml: code('yaml'), program };
}
