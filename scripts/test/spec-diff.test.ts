import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  diff,
  fingerprintOf,
  formatJSON,
  formatMarkdown,
  formatText,
  parseSpec,
} from '@org/spec-diff';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file for the command to read, and gives its path. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function specDiff(...args: string[]) {
  const script = join(root, 'scripts/spec/diff.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
}

const yaml = (user: string) => `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
paths:
  /users/{user_id}:
    get:
      operationId: users.retrieve
      parameters:
        - { name: user_id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '${user}' }
`;
const schema = (type: string) => `type: object
required: [name]
properties:
  name:
    type: ${type}
`;
const components = (type: string) =>
  `components:\n  schemas:\n    User:\n${schema(type).replaceAll(/^/gm, '      ').trimEnd()}\n`;
const inOne = (type: string) => yaml('#/components/schemas/User') + components(type);
const old = file('old.yaml', inOne('string'));
const now = file('new.yaml', inOne("[string, 'null']"));

test('two files are compared for the spec, the client and the mock', () => {
  const { code, stdout } = specDiff('--base', old, '--head', now);
  expect(code).toBe(0);
  expect(stdout).toContain(`Since ${old}:`);
  expect(stdout).toContain('May now also be null.');
  expect(stdout).toContain('client.users.retrieve: The result changed.');
  expect(stdout).toContain('users.retrieve: The mock responds according to the new schema.');
});

test('--fail-on exits with 1 for a change of that verdict or worse, and lists the verdicts', () => {
  const exit = (head: string, verdict: string) =>
    specDiff('--base', old, '--head', head, '--fail-on', verdict).code;
  expect([exit(now, 'breaking'), exit(old, 'breaking'), exit(old, 'none')]).toEqual([1, 0, 0]);
  const { code, stderr } = specDiff('--base', old, '--head', now, '--fail-on', 'major');
  expect(code).toBe(1);
  expect(stderr).toContain('Unknown verdict "major". Expected one of: breaking, addition, none.');
});

test('--format markdown drafts the changeset of a comparison with a file', () => {
  const { stdout, stderr } = specDiff('--base', old, '--head', now, '--format', 'markdown');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^### Breaking changes: (major|minor) release\n/);
  expect(stdout).toContain("'@org/client': m");
  expect(stdout).toContain('- **Breaking:** `client.users.retrieve › response 200 › name`');
});

test('--format github annotates the line of the YAML where the change is', () => {
  const { stdout } = specDiff('--base', old, '--head', now, '--format', 'github');
  const line =
    inOne("[string, 'null']").split('\n').indexOf("          type: [string, 'null']") + 1;
  expect(line).toBeGreaterThan(1);
  expect(stdout).toMatch(new RegExp(`^::error file=[^,]*new\\.yaml,line=${line},`));
});

test('specs of several files are compared with all that they refer to', () => {
  const base = file('a/openapi.yaml', yaml('schemas/user.yaml'));
  file('a/schemas/user.yaml', schema('string'));
  const head = file('b/openapi.yaml', yaml('schemas/user.yaml'));
  file('b/schemas/user.yaml', schema("[string, 'null']"));
  const { stdout } = specDiff('--base', base, '--head', head, '--json');
  const changes = JSON.parse(stdout) as unknown[];
  expect(changes).toMatchObject([{ verdict: 'breaking', message: 'May now also be null.' }]);
});

test('--format github annotates the file that the change is in, where a spec has several', () => {
  const group = (user: string) => `type: object\nproperties:\n  owner: { $ref: ${user} }\n`;
  const base = file('c/openapi.yaml', yaml('schemas/group.yaml'));
  file('c/schemas/group.yaml', group('user.yaml'));
  file('c/schemas/user.yaml', schema('string'));
  const head = file('d/openapi.yaml', yaml('schemas/group.yaml'));
  file('d/schemas/group.yaml', group('user.yaml'));
  const text = `# A user.\n${schema("[string, 'null']")}`;
  file('d/schemas/user.yaml', text);
  const { stdout } = specDiff('--base', base, '--head', head, '--format', 'github');
  const line = text.split('\n').findIndex((each) => each.includes('type: [')) + 1;
  expect(stdout).toMatch(new RegExp(`^::error file=[^,]*d/schemas/user\\.yaml,line=${line},`));
});

/** A spec of so many operations in five lines each; `maximum` is a bound of the seventh. */
function largeSpec(operations: number, maximum: number): string {
  const paths = Array.from({ length: operations }, (_, i) =>
    [
      `  /things${i}:`,
      '    get:',
      `      operationId: things${i}.list`,
      `      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: ${i === 7 ? maximum : 100} } }]`,
      "      responses: { '200': { $ref: '#/components/responses/Thing' } }",
    ].join('\n'),
  );
  return `openapi: 3.1.0
info: { title: Large, version: 1.0.0 }
paths:
${paths.join('\n')}
components:
  responses:
    Thing:
      description: A thing.
      content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
  schemas:
    Thing: { type: object, required: [id], properties: { id: { type: string } } }
`;
}

test('one change among 1,000 operations is reported in every format', () => {
  const text = largeSpec(1000, 50);
  const files = [
    '--base',
    file('large.yaml', largeSpec(1000, 100)),
    '--head',
    file('l.yaml', text),
  ];
  const [readable, json, markdown, github] = ['text', 'json', 'markdown', 'github'].map(
    (format) => {
      const { code, stdout, stderr } = specDiff(...files, '--format', format);
      expect({ format, code, stderr }).toEqual({ format, code: 0, stderr: '' });
      return stdout;
    },
  );
  const message = 'The `maximum` fell from 100 to 50.';
  expect(readable).toContain(`GET /things7\n  breaking  query › limit\n            ${message}`);
  expect(readable).toContain('1 breaking, 0 additions, 0 without effect.');
  expect(JSON.parse(json ?? '')).toEqual([
    {
      id: 'bound-lowered',
      verdict: 'breaking',
      path: ['GET /things7', 'query', 'limit'],
      proof: {
        program: 'await client.things7.list({ limit: 100 });',
        before: 'Compiles, and the request is valid.',
        after: 'Compiles, but the request is no longer valid.',
      },
      args: { keyword: 'maximum', from: 100, to: 50 },
      surface: 'spec',
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      place: 'GET /things7 › query › limit',
      message,
      operations: ['GET /things7'],
      methods: ['client.things7.list'],
      affects: ['arguments'],
      pointer: '/paths/~1things7/get/parameters/0/schema/maximum',
    },
  ]);
  expect(markdown).toContain(
    `| **breaking** | \`GET /things7\` › \`query › limit\` | ${message} |`,
  );
  const line = text.split('\n').findIndex((each) => each.includes('maximum: 50')) + 1;
  expect(github).toMatch(new RegExp(`^::error file=[^,]*l\\.yaml,line=${line},[^\n]*\\n$`));
}, 300_000);

test('JSON and YAML of the same document do not differ', () => {
  const json = { openapi: '3.1.0', info: { title: 'T', version: '1.0.0' }, paths: {} };
  const base = file('same.json', JSON.stringify(json));
  const head = file('same.yaml', 'openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n');
  expect(specDiff('--base', base, '--head', head, '--json').stdout).toBe('[]\n');
});

test.each([
  ['a file that is not there', join('/nowhere', 'api.yaml'), 'No such file: /nowhere/api.yaml.'],
  ['a document that is not OpenAPI', file('other.json', '{"a":1}'), 'found no key "openapi"'],
  ['Swagger 2', file('swagger.yaml', 'swagger: "2.0"\n'), 'found Swagger 2.0'],
  ['a version that is not known', file('four.yaml', 'openapi: 4.0.0\n'), 'is OpenAPI 4.0.0'],
])('%s is refused in a sentence', (_, head, message) => {
  const { code, stderr } = specDiff('--base', old, '--head', head);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a redocly.yaml beside a spec is not read: its plugins would be code', () => {
  const mark = join(folder, 'plugin-ran');
  const text = inOne("[string, 'null']").replace('#/components/schemas/User', 'user.yaml');
  const head = file('hostile/openapi.yaml', text);
  file('hostile/user.yaml', schema('string'));
  file('hostile/redocly.yaml', 'plugins: [./plugin.cjs]\n');
  file('hostile/plugin.cjs', `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`);
  expect(specDiff('--base', old, '--head', head).code).toBe(0);
  expect(existsSync(mark)).toBe(false);
});

test('a spec refers to files below its folder, or below --root', () => {
  const base = file('e/api/openapi.yaml', yaml('../parts/user.yaml'));
  file('e/parts/user.yaml', schema('string'));
  const { code, stderr } = specDiff('--base', base, '--head', base);
  expect(code).toBe(1);
  expect(stderr).toMatch(/e\/api\/openapi\.yaml:14:\d+: `\.\.\/parts\/user\.yaml` is outside/);
  expect(specDiff('--base', base, '--head', base, '--root', join(folder, 'e')).code).toBe(0);
});

test('a spec at a git ref is read without writing its files', () => {
  const clone = new Clone();
  try {
    // A tree with an entry `..`, as no working tree can have it.
    const blob = clone.git('hash-object', '-w', 'spec/openapi.yaml').trim();
    const mktree = (entries: string) =>
      execFileSync('git', ['mktree'], { cwd: clone.path, input: entries, encoding: 'utf8' }).trim();
    const inner = mktree(`100644 blob ${blob}\tescaped.yaml\n`);
    const spec = mktree(`040000 tree ${inner}\t..\n100644 blob ${blob}\topenapi.yaml\n`);
    const tree = mktree(`040000 tree ${spec}\tspec\n`);
    const commit = clone.git('commit-tree', tree, '-m', 'Hostile').trim();
    const { code, stderr: output } = clone.script(
      'spec/diff.ts',
      '--base',
      'HEAD',
      '--head',
      commit,
    );
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(existsSync(join(tmpdir(), 'escaped.yaml'))).toBe(false);
    const { stderr, code: refused } = clone.script(
      'spec/diff.ts',
      '--head',
      `${commit}:spec/../escaped.yaml`,
    );
    expect(refused).toBe(1);
    expect(stderr).toContain('does not exist at');

    // Names that look like others where a line or a column ends, a submodule, and a symbolic link out of the folder.
    const store = (text: string) =>
      execFileSync('git', ['hash-object', '-w', '--stdin'], {
        cwd: clone.path,
        input: text,
        encoding: 'utf8',
      }).trim();
    const head = clone.git('rev-parse', 'HEAD').trim();
    const other = store(
      clone.read('spec/openapi.yaml').replace(/^ {2}title: .*/m, '  title: Other'),
    );
    const odd = execFileSync('git', ['mktree', '-z'], {
      cwd: clone.path,
      input: [
        `100644 blob ${other}\topenapi.yaml`,
        `100644 blob ${blob}\topenapi.yaml\tcopy`,
        `100644 blob ${store('first')}\ta\nb`,
        `160000 commit ${head}\tc`,
        `120000 blob ${store('/etc/passwd')}\tlink.yaml`,
        `100644 blob ${store('last')}\tz`,
        '',
      ].join('\0'),
      encoding: 'utf8',
    }).trim();
    const strangeTree = mktree(`040000 tree ${odd}\tspec\n`);
    const strange = clone.git('commit-tree', strangeTree, '-m', 'Strange').trim();
    const shown = clone.script('spec/diff.ts', '--base', 'HEAD', '--head', strange, '--json');
    expect(shown.stdout).toContain('/info/title');
    const linked = clone.script('spec/diff.ts', '--head', `${strange}:spec/link.yaml`);
    expect(linked.stderr).toContain('symbolic link');
    clone.write(
      'scripts/texts.ts',
      `import { textsAt } from './lib/git.ts';
      console.log(JSON.stringify([...textsAt('${strange}', 'spec')]));`,
    );
    const texts = new Map<string, string>(JSON.parse(clone.script('texts.ts').stdout));
    expect([...texts.keys()]).toEqual(
      ['a\nb', 'link.yaml', 'openapi.yaml', 'openapi.yaml\tcopy', 'z'].map(
        (name) => `spec/${name}`,
      ),
    );
    expect(['a\nb', 'link.yaml', 'z'].map((name) => texts.get(`spec/${name}`))).toEqual([
      'first',
      '/etc/passwd',
      'last',
    ]);
  } finally {
    clone.remove();
  }
});

describe('settings', () => {
  const config = (text: string) => file('diff.yaml', text);
  const compare = (...args: string[]) => specDiff('--base', old, '--head', now, ...args);
  const specOf = (path: string) => parseSpec(readFileSync(path, 'utf8'), path);
  let fingerprint = '';
  beforeAll(async () => {
    const { changes } = await diff(specOf(old), specOf(now));
    fingerprint = changes[0] ? fingerprintOf(changes[0]) : '';
  });

  test('of --config accept a change by the fingerprint that the report has', () => {
    const text = `accept: [{ fingerprint: '${fingerprint}', reason: Nobody reads it. }]`;
    const { code, stdout } = compare('--config', config(text), '--fail-on', 'breaking');
    expect(code).toBe(0);
    expect(stdout).toContain('May now also be null. Accepted: Nobody reads it.');
    const markdown = compare('--config', config(text), '--format', 'markdown').stdout;
    expect(markdown).toMatch(/^### Additions: minor release\n/);
    expect(markdown).not.toContain('**Breaking:**');
  });

  test.each([
    [
      'matches nothing',
      "accept: [{ fingerprint: '000000000000', reason: R }]",
      'matches no change',
    ],
    ['is misspelled', 'polices: {}', 'unknown key polices. Did you mean policies?'],
  ])('with an entry that %s exit with 1, and say which it is', (_, text, message) => {
    const path = config(text);
    const { code, stderr } = compare('--config', path);
    expect(code).toBe(1);
    expect(stderr).toContain(`Invalid settings:\n${path}: `);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('print the report also where an entry has expired', () => {
    const text = `accept: [{ fingerprint: '${fingerprint}', reason: R, until: 2026-01-31 }]`;
    const { code, stdout, stderr } = compare('--config', config(text));
    expect(code).toBe(1);
    expect(stdout).toContain('May now also be null.');
    expect(stderr).toContain(`accept[0] (${fingerprint}) expired on 2026-01-31`);
  });

  test('of a file that does not exist are refused', () => {
    const { code, stderr } = compare('--config', '/nowhere/diff.yaml');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'No such file: /nowhere/diff.yaml. Expected settings as YAML.\n',
    });
  });
});

test('--path and --ignore-extension leave changes out, and misspelled ones are refused', () => {
  const base = file('f.yaml', inOne('string'));
  const head = file(
    'g.yaml',
    inOne('integer').replace('operationId:', 'x-owner: a\n      operationId:'),
  );
  const run = (...args: string[]) => specDiff('--base', base, '--head', head, ...args);
  const ids = (...args: string[]) =>
    (JSON.parse(run('--json', ...args).stdout) as { id: string }[]).map(({ id }) => id);
  expect(ids()).toEqual(['type-changed', 'extension-changed']);
  expect(ids('--ignore-extension', 'x-*', '--path', '/users/*')).toEqual(['type-changed']);
  const { code, stderr } = run('--path', '/user/{user_id}');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'No path matches "/user/{user_id}". Did you mean "/users/{user_id}"?\n',
  });
  expect(run('--ignore-extension', 'owner').stderr).toContain('"owner" is not an extension');
});

test('the library and the command report the same', async () => {
  const options = { since: old, bump: 'major' } as const;
  const [before, after] = [old, now].map((path) => parseSpec(readFileSync(path, 'utf8'), path));
  const report = await diff(before ?? {}, after ?? {}, { proofs: true });
  const compare = (format: string) =>
    specDiff('--base', old, '--head', now, '--format', format).stdout;
  expect(compare('json')).toBe(formatJSON(report));
  expect(compare('text')).toBe(formatText(report, old));
  const [table = ''] = formatMarkdown(report, options).split('\n<details>');
  expect(compare('markdown')).toContain(table.split('\n').slice(2).join('\n'));
});
