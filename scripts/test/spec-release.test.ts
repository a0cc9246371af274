import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const spec = 'spec/openapi.yaml';
const changesets = ['types', 'client', 'mock'].map((name) => `.changeset/spec-${name}.md`);
const [, changeset = ''] = changesets;
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  // As if it had just been released.
  for (const path of clone.git('ls-files', '.changeset/*.md').split('\n')) {
    if (path !== '' && !path.endsWith('README.md')) clone.remove(path);
  }
  for (const name of ['types', 'client', 'mock']) {
    const path = `packages/${name}/package.json`;
    clone.write(path, clone.read(path).replace(/"version": "[^"]+"/, '"version": "0.4.0"'));
  }
  clone.commit('Release');
  clone.git('tag', '@org/types@0.4.0');
});
afterAll(() => clone.remove());
beforeEach(() => {
  clone.git('reset', '-q', '--hard', '@org/types@0.4.0');
  clone.git('clean', '-fdq', '.changeset', 'packages');
});

describe('without a change', () => {
  test('nothing is reported or written, and the gate passes', () => {
    const said = clone.script('spec/diff.ts', '--json');
    expect(JSON.parse(said.stdout)).toEqual([]);
    expect(clone.script('spec/changeset.ts').code).toBe(0);
    expect(clone.git('status', '--porcelain')).toBe('');
    expect(clone.script('spec/gate.ts').code).toBe(0);
  }, 120_000);
});

describe('with a lower maximum', () => {
  beforeEach(() => clone.edit(spec, 'maximum: 100', 'maximum: 50'));

  test('spec:diff reports its effect, as text and as JSON', () => {
    const changes = JSON.parse(clone.script('spec/diff.ts', '--json').stdout);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      verdict: 'breaking',
      place: 'GET /organization/users › query › limit',
      message: 'The `maximum` fell from 100 to 50.',
      operations: ['GET /organization/users'],
      methods: ['client.admin.organization.users.list'],
    });
    const { stdout } = clone.script('spec/diff.ts');
    expect(stdout).toContain('Since @org/types@0.4.0');
    expect(stdout).toContain('1 breaking, 0 additions, 0 without effect.');
  });

  test('the gate is closed until the changeset is written', () => {
    const closed = clone.script('spec/gate.ts');
    expect(closed.code).toBe(1);
    expect(closed.stderr).toContain('Run: pnpm spec:changeset');
    expect(closed.stderr).toContain('The `maximum` fell from 100 to 50.');

    const preview = clone.script('spec/changeset.ts', '--dry-run');
    expect(clone.git('status', '--porcelain', '.changeset')).toBe('');
    const written = clone.script('spec/changeset.ts');
    expect(written.code).toBe(0);
    expect(written.stdout).toContain('before 1.0.0, minor versions may');
    for (const path of changesets)
      expect(preview.stdout).toContain(`${path}:\n\n${clone.read(path)}`);
    expect(clone.read(changeset)).toBe(
      "---\n'@org/client': minor\n---\n\n" +
        '- **Breaking:** `client.admin.organization.users.list › query › limit`: The `maximum` fell from 100 to 50.\n',
    );
    for (const path of [changesets[0], changesets[2]])
      expect(clone.read(path ?? '')).toContain(
        '- **Breaking:** `GET /organization/users › query › limit`: The `maximum` fell',
      );
    expect(clone.script('spec/gate.ts').code).toBe(0);
    expect(clone.script('spec/changeset.ts').stdout).toContain('is up to date');
  });

  test('spec/diff.yaml accepts it: the changeset and the gate count it as an addition', () => {
    const [{ fingerprint }] = JSON.parse(clone.script('spec/diff.ts', '--json').stdout);
    expect(clone.script('spec/gate.ts').stderr).toContain(`100 to 50. [${fingerprint}]`);
    const accept = `accept: [{ fingerprint: '${fingerprint}', reason: Nobody asks for more. }]\n`;
    clone.write('spec/diff.yaml', accept);
    expect(clone.script('spec/changeset.ts').stdout).toContain('Not counted as breaking: Nobody');
    expect(clone.read(changeset)).not.toContain('**Breaking:**');
    const open = clone.script('spec/gate.ts');
    expect(open.stdout).toMatch(
      /Breaking, but accepted in spec\/diff\.yaml:\n.*50\. Accepted: Nob/,
    );
    expect(open.code).toBe(0);

    clone.edit('spec/diff.yaml', fingerprint, '000000000000');
    clone.script('spec/changeset.ts');
    const closed = clone.script('spec/gate.ts');
    expect(closed.code).toBe(1);
    expect(closed.stderr).toContain('accept[0] (000000000000) matches no change. Remove it.');
  }, 120_000);

  test('a changeset that is too low, or forgets a package, does not open the gate', () => {
    clone.write(
      '.changeset/low.md',
      "---\n'@org/types': minor\n'@org/client': patch\n---\n\nLow.\n",
    );
    const { code, stderr } = clone.script('spec/gate.ts');
    expect(code).toBe(1);
    expect(stderr).toContain('@org/client (now patch), @org/mock (now none)');
    expect(stderr).not.toContain('@org/types (now');
  });

  test('a release that has moved the version needs no changeset', () => {
    for (const name of ['types', 'client', 'mock']) {
      clone.edit(`packages/${name}/package.json`, '"version": "0.4.0"', '"version": "0.5.0"');
    }
    expect(clone.script('spec/gate.ts').code).toBe(0);
  });
});

describe('a changeset of another kind', () => {
  const allMinor = "'@org/types': minor\n'@org/client': minor\n'@org/mock': minor";
  const other = `---\n${allMinor}\n---\n\nOther.\n`;

  test.each([
    ['a bound', 'maximum: 100', 'maximum: 50'],
    ['a description', 'The user.', 'A user.'],
  ])('does not cover a change of %s, however high its bump', (_, from, to) => {
    clone.write('.changeset/other.md', other);
    clone.edit(spec, from, to);
    const { code, stderr } = clone.script('spec/gate.ts');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'No changeset describes these changes of the spec for users of @org/types, @org/client, @org/mock',
    );
    expect(stderr).toContain('Run: pnpm spec:changeset');
    expect(clone.script('spec/changeset.ts').stdout).toContain(`Wrote ${changeset}`);
    expect(clone.script('spec/gate.ts').code).toBe(0);
  });

  test('covers a change of the spec that it describes', () => {
    clone.edit(spec, 'maximum: 100', 'maximum: 50');
    expect(clone.script('spec/changeset.ts').code).toBe(0);
    const said = changesets.map((path) => clone.read(path).split('---\n')[2]);
    clone.write('.changeset/limit.md', `---\n${allMinor}\n---\n${said.join('')}`);
    for (const path of changesets) clone.remove(path);
    expect(clone.script('spec/gate.ts').code).toBe(0);
    const { stdout } = clone.script('spec/changeset.ts');
    expect(stdout).toBe('Nothing to write: .changeset/limit.md already covers these changes.\n');
    // Until the spec changes once more.
    clone.edit(spec, 'default: 20', 'default: 30');
    expect(clone.script('spec/gate.ts').code).toBe(1);
  });
});

test('the changeset is asked for again after a further change, unless a person wrote in it', () => {
  clone.edit(spec, 'maximum: 100', 'maximum: 50');
  expect(clone.script('spec/changeset.ts').code).toBe(0);
  clone.edit(spec, 'default: 20', 'default: 30');
  expect(clone.script('spec/gate.ts').stderr).toContain('Run: pnpm spec:changeset');
  for (const path of changesets)
    clone.append(path, '\nPages hold 30 users by default, and 50 at most.\n');
  expect(clone.script('spec/gate.ts').code).toBe(0);
});

test('a changeset does not outlive the change that it describes', () => {
  const line = 'The `maximum` fell from 100 to 50.';
  clone.edit(spec, 'maximum: 100', 'maximum: 50');
  expect(clone.script('spec/changeset.ts').code).toBe(0);
  clone.edit(spec, 'maximum: 50', 'maximum: 100');
  clone.edit(spec, 'default: 20', 'default: 30');
  const { code, stderr } = clone.script('spec/gate.ts');
  expect(code).toBe(1);
  expect(stderr).toContain(`These lines of ${changeset} no longer apply:`);
  expect(stderr).toContain(line);
  expect(clone.script('spec/changeset.ts').stdout).toContain(`Removed from ${changeset}`);
  expect(clone.read(changeset)).not.toContain(line);
  expect(clone.script('spec/gate.ts').code).toBe(0);
  clone.edit(spec, 'default: 30', 'default: 20');
  expect(clone.script('spec/gate.ts').code).toBe(1);
  expect(clone.script('spec/changeset.ts').stdout).toContain(`Deleted ${changeset}`);
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(clone.script('spec/gate.ts').code).toBe(0);
}, 60_000);

describe('before the first release', () => {
  beforeEach(() => {
    clone.git('checkout', '-q', '-B', 'edit', '@org/types@0.4.0~1');
    clone.git('branch', '-f', 'main', 'edit');
  });

  test.each([false, true])(
    'the spec is compared with where the branch began (committed: %s)',
    (isCommitted) => {
      clone.edit(spec, 'maximum: 100', 'maximum: 50');
      if (isCommitted) clone.commit('Lower a bound');
      const base = `${clone.git('rev-parse', '--short', 'main').trim()} (merge base with main; no release yet)`;
      const { stdout } = clone.script('spec/diff.ts');
      expect(stdout).toContain(`Since ${base}:`);
      expect(stdout).toContain('The `maximum` fell from 100 to 50.');
      expect(clone.script('spec/gate.ts').stderr).toContain('Run: pnpm spec:changeset');
      expect(clone.script('spec/changeset.ts').stdout).toContain(`Wrote ${changeset}`);
      expect(clone.read(changeset)).toContain('The `maximum` fell from 100 to 50.');
      expect(clone.script('spec/gate.ts').stdout).toContain(`Every change since ${base}`);
    },
  );

  test('without a main branch, it is compared with the last commit', () => {
    clone.git('branch', '-D', 'main');
    const { stdout } = clone.script('spec/diff.ts');
    expect(stdout).toMatch(/^No changes since \w+ \(the last commit; no release yet\)\.$/m);
    expect(clone.script('spec/gate.ts').code).toBe(0);
  });
});

describe('with a change of a package', () => {
  test('a new export needs a minor, anything else in its source a patch', () => {
    clone.append('packages/mock/src/state/random.ts', '\n// A remark.\n');
    const patch = clone.script('spec/gate.ts');
    expect(patch.stderr).toContain('at least patch');
    expect(patch.stderr).toContain('Run: pnpm changeset');
    clone.append('packages/mock/src/index.ts', '\nexport const added: number = 1;\n');
    expect(clone.script('spec/gate.ts').stderr).toContain('at least minor');
    clone.write(
      '.changeset/mine.md',
      "---\n'@org/types': minor\n'@org/client': minor\n'@org/mock': minor\n---\n\nAdded.\n",
    );
    expect(clone.script('spec/gate.ts').code).toBe(0);
    // Three processes that read every declaration of a package.
  }, 180_000);
});

test('another version of Prism, which the mock bundles, needs a patch', () => {
  const [from = ''] = /"@stoplight\/prism-http": \S+/.exec(clone.read('pnpm-workspace.yaml')) ?? [];
  clone.edit('pnpm-workspace.yaml', from, '"@stoplight/prism-http": 6.0.0');
  const { code, stderr } = clone.script('spec/gate.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('a changeset of at least patch');
  expect(stderr).toContain('@org/mock: The package bundles Prism 6.0.0 instead of');
});

describe('the declarations that consumers get', () => {
  test('a change of how they are built needs a patch', () => {
    clone.edit('packages/client/tsdown.config.ts', 'stripInternal: true', 'stripInternal: false');
    const { code, stderr } = clone.script('spec/gate.ts');
    expect(code).toBe(1);
    expect(stderr).toMatch(/none {6}@org\/client: The source changed/);
  }, 120_000);

  test('the configuration of the base is not run', () => {
    const config = 'packages/client/tsdown.config.ts';
    const [text, mark] = [clone.read(config), join(clone.path, 'ran')];
    const run = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, '');\n`;
    clone.write(config, run + text);
    clone.commit('Run code in the configuration');
    clone.write(config, text);
    const { code } = clone.script('spec/gate.ts', '--base', 'HEAD');
    expect(code).toBe(1);
    expect(existsSync(mark)).toBe(false);
  }, 120_000);

  test('a type that is not exported counts where a public signature refers to it', () => {
    clone.edit(
      'packages/client/src/core/headers.ts',
      'type HeaderValue = ',
      'type HeaderValue = bigint | ',
    );
    const { code, stderr } = clone.script('spec/gate.ts');
    expect(code).toBe(1);
    expect(stderr).toContain('breaking  @org/client › HeaderValue: Changed from');
  }, 120_000);

  test('if the base cannot be bundled, its sources are compared, with a note', () => {
    const source = clone.read('packages/client/src/fetch.ts');
    clone.write('packages/client/src/fetch.ts', `${source}}`);
    clone.commit('Break the build');
    clone.write('packages/client/src/fetch.ts', source);
    clone.edit(
      'packages/client/src/core/headers.ts',
      'type HeaderValue = ',
      'type HeaderValue = bigint | ',
    );
    const { code, stderr } = clone.script('spec/gate.ts', '--base', 'HEAD');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Note: the declarations of @org\/client at HEAD cannot be bundled/m);
    expect(stderr).toContain('breaking  @org/client › HeaderValue: Changed from');
  }, 120_000);
});

describe('packing a release', () => {
  test('fails while changesets wait, but for the workflow', () => {
    clone.write('.changeset/mine.md', "---\n'@org/types': patch\n---\n\nMine.\n");
    const { code, stderr } = clone.script('release/pack.ts');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'Nothing to publish: mine.md waits for the release pull request.\nTo pack the packages as they are: pnpm pack:packages\n',
    );
    clone.write('.changeset/other.md', "---\n'@org/types': patch\n---\n\nOther.\n");
    const allowed = clone.script('release/pack.ts', '--allow-empty');
    expect(allowed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('mine.md, other.md wait for'),
    });
  });

  test.each(['latest', 'v1', '1'])('a snapshot cannot have the dist-tag %s', (tag) => {
    const { code, stderr } = clone.script('release/pack.ts', '--snapshot', tag);
    expect(code).toBe(1);
    expect(stderr).toContain(`Invalid dist-tag "${tag}".`);
  });

  test('a snapshot needs a name that can be a tag, and something to publish', () => {
    expect(clone.script('release/pack.ts', '--snapshot', 'PR 1').stderr).toContain('"PR 1"');
    const { code, stderr } = clone.script('release/pack.ts', '--snapshot', 'pr-1');
    expect(code).toBe(1);
    expect(stderr).toContain('A snapshot needs a changeset.');
  });
});

describe('bad input', () => {
  test.each(['spec/diff.ts', 'spec/changeset.ts', 'spec/gate.ts'])(
    '%s tells a base that does not exist in a sentence',
    (name) => {
      const { code, stderr } = clone.script(name, '--base', 'v9');
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Unknown commit "v9"\./);
      expect(stderr).not.toContain(' at ');
    },
  );

  test('an unknown flag is told by name', () => {
    const { code, stderr } = clone.script('spec/diff.ts', '--bse');
    expect(code).toBe(1);
    expect(stderr).toContain("'--bse'");
  });

  test('a spec that does not parse is reported with its location, and nothing is written', () => {
    clone.edit(spec, 'openapi: 3.1.0', 'openapi: 3.1.0\n  broken: [');
    for (const name of ['spec/diff.ts', 'spec/changeset.ts', 'spec/gate.ts']) {
      const { code, stderr } = clone.script(name);
      expect(code).toBe(1);
      expect(stderr).toContain('Invalid spec in the working tree');
      expect(stderr).toMatch(/openapi\.yaml/);
      expect(stderr).not.toContain(clone.path);
    }
    expect(clone.git('status', '--porcelain', '.changeset')).toBe('');
  });

  test.each([
    ['a reference to nothing', 'parameters/role_id"', 'parameters/rol_id"', '(unresolved-ref)'],
    [
      'a type that does not exist',
      'type: string',
      'type: strng',
      'Did you mean `string`? (struct)',
    ],
    [
      'an operationId of two operations',
      'operationId: admin.organization.users.update',
      'operationId: admin.organization.users.retrieve',
      'is also the id of GET /organization/users/{user_id}',
    ],
  ])(
    'a spec with %s is refused as pnpm generate refuses it',
    (_, from, to, message) => {
      clone.edit(spec, from, to);
      const generated = clone.script('spec/generate.ts');
      expect(generated.stderr).toMatch(
        /^Invalid spec in the working tree:\nspec\/openapi\.yaml:\d/,
      );
      expect(generated.stderr).toContain(message);
      // One mistake is one line.
      expect(generated.stderr.trim().split('\n')).toHaveLength(2);
      for (const name of ['spec/diff.ts', 'spec/changeset.ts', 'spec/gate.ts'])
        expect(clone.script(name)).toEqual(generated);
      expect(clone.git('status', '--porcelain', '.changeset', 'packages')).toBe('');
    },
    60_000,
  );

  test('a changeset that a person broke is reported, and not changed', () => {
    clone.edit(spec, 'maximum: 100', 'maximum: 50');
    clone.write(changeset, 'no front matter');
    const { code, stderr } = clone.script('spec/changeset.ts');
    expect(code).toBe(1);
    expect(stderr).toContain(`Invalid changeset ${changeset}`);
    expect(clone.read(changeset)).toBe('no front matter');
  });
});
