import { describe, expect, test } from 'vitest';
import type { Change, Verdict } from '../src/change/change.ts';
import type { ChangeID } from '../src/change/ids.ts';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { formatGitHub } from '../src/report/github.ts';
import { formatMarkdown } from '../src/report/markdown.ts';
import { summaryOf } from '../src/report/summary.ts';
import { formatText } from '../src/report/text.ts';
import { deletion, usersAPI } from './support/users.ts';

const requestBody = {
  required: true,
  content: {
    'application/json': {
      schema: { type: 'object', required: ['why'], properties: { why: { type: 'string' } } },
    },
  },
};
const nullable = { type: ['string', 'null'] };
const report = await diff(usersAPI(), usersAPI({ maximum: 50, name: nullable, more: deletion }));
const unchanged = await diff(usersAPI(), usersAPI());
const words = await diff(usersAPI(), usersAPI({ name: { type: 'string', description: 'A name' } }));

const change = (more: Partial<Change>): Change => ({
  id: 'operation-removed',
  verdict: 'breaking',
  path: ['GET /users'],
  args: {},
  surface: 'spec',
  operations: [],
  methods: [],
  affects: [],
  ...more,
});
const reportOf = (...changes: Change[]) => ({
  verdict: 'breaking' as const,
  changes,
  notes: [],
  problems: [],
});

describe('text', () => {
  test('a deprecated property deprecates no method, and a deprecated operation does', async () => {
    const property = await diff(
      usersAPI(),
      usersAPI({ name: { type: 'string', deprecated: true } }),
    );
    expect(formatText(property, 'v1.0.0')).not.toContain('Client');
    const operation = await diff(usersAPI(), usersAPI({ deprecated: true }));
    expect(formatText(operation, 'v1.0.0')).toContain('client.users.list: Now deprecated.');
  });

  test('reports a change for the spec, the client and the mock', () => {
    expect(formatText(report, 'v1.0.0')).toBe(`Since v1.0.0:

GET /users
  breaking  query › limit
            The \`maximum\` fell from 100 to 50. [5f29cebbd769]

components › schemas › User  (reaches GET /users/{user_id}, GET /users)
  breaking  name
            May now also be null. [fecceeae5a4f]

DELETE /users/{user_id}
  addition  Added.

Client
  client.users.delete
    addition  The method \`client.users.delete(userID, options?)\` was added.
  breaking  client.users.list: The arguments changed. The result changed.
  breaking  client.users.retrieve: The result changed.

Mock
            users.list: The mock refuses requests that are no longer valid, and responds according to the new schema.
            users.retrieve: The mock responds according to the new schema.

2 breaking, 2 additions, 0 without effect.
`);
  });

  test.each<[ChangeID, Verdict, string]>([
    ['default-changed', 'breaking', 'uses the defaults of the new version'],
    ['parameter-added', 'addition', 'accepts more requests'],
  ])(
    '%s has the effect on requests that it has beside a breaking response',
    (id, verdict, effect) => {
      const at = { path: ['GET /users'], methods: ['client.users.list'] };
      const changes = [
        change({ ...at, id, verdict, affects: ['arguments'] }),
        change({ ...at, affects: ['result'] }),
      ];
      expect(formatText(reportOf(...changes), 'v1')).toContain(
        `users.list: The mock ${effect}, and responds according to the new schema.`,
      );
    },
  );

  test('reports the effect on many methods once, with their number', () => {
    const methods = Array.from({ length: 9 }, (_, i) => `client.things${i}.list`);
    const text = formatText(
      reportOf(change({ path: ['components', 'schemas', 'Thing'], methods, affects: ['result'] })),
      'v1',
    );
    expect(text).toContain(`
  breaking  client.things0.list, client.things1.list, client.things2.list and 6 more: The result changed.

Mock
            things0.list, things1.list, things2.list and 6 more: The mock responds according to the new schema.
`);
  });

  test.each<[string, object, object, string[]]>([
    [
      'a method that is called something else',
      usersAPI({ more: deletion }),
      usersAPI({ more: { delete: { ...deletion.delete, operationId: 'users.remove' } } }),
      [
        'client.users.remove',
        'addition  The method `client.users.remove(userID, options?)` was added.',
        'client.users.delete',
        'breaking  The method was removed. [74ffaf38349f]',
      ],
    ],
    [
      'a method that was removed',
      usersAPI({ more: deletion }),
      usersAPI(),
      ['client.users.delete', 'breaking  The method was removed. [74ffaf38349f]'],
    ],
    [
      'a method that was added',
      usersAPI(),
      usersAPI({ more: deletion }),
      [
        'client.users.delete',
        'addition  The method `client.users.delete(userID, options?)` was added.',
      ],
    ],
    [
      'a method with a body that is new and required',
      usersAPI({ more: deletion }),
      usersAPI({ more: { delete: { ...deletion.delete, requestBody } } }),
      [
        'client.users.delete',
        'breaking  The arguments changed: `client.users.delete(userID, options?)` is now `client.users.delete(userID, body, options?)`. [51f368079be6]',
      ],
    ],
  ])('says one change of a method once: %s', async (_, before, after, lines) => {
    const text = formatText(await diff(before as Document, after as Document), 'v1');
    const [, client = ''] = text.split('\nClient\n');
    const said = (client.split(/\n\n/)[0] ?? '').split('\n').map((line) => line.trim());
    expect(said.toSorted()).toEqual(lines.toSorted());
  });

  test('reports a deprecation, without an effect on the mock', async () => {
    const text = formatText(await diff(usersAPI(), usersAPI({ deprecated: true })), 'v1');
    expect(text).toBe(`Since v1:

GET /users
  addition  Now deprecated.

Client
  addition  client.users.list: Now deprecated.

0 breaking, 1 addition, 0 without effect.
`);
  });

  test('reports that nothing changed', () => {
    expect(formatText(unchanged, 'v1.0.0')).toBe('No changes since v1.0.0.\n');
  });

  test('paints each verdict', () => {
    const painted = formatText(report, 'v1.0.0', (verdict, text) => `<${verdict}>${text.trim()}`);
    expect(painted).toContain('<breaking>breaking  query › limit');
    expect(painted).toContain('<addition>addition  Added.');
  });

  test('leaves the client and the mock out of a change of words', () => {
    const text = formatText(words, 'v1.0.0');
    expect(text).toContain('Documentation  (reaches GET /users/{user_id}, GET /users)\n  none');
    expect(text).not.toMatch(/^(Client|Mock)$/m);
  });
});

describe('a shared schema', () => {
  test('is said once, with the operations that it reaches and the methods that call them', () => {
    const found = report.changes.filter(({ id }) => id === 'type-added');
    expect(found).toEqual([
      {
        id: 'type-added',
        verdict: 'breaking',
        path: ['components', 'schemas', 'User', 'name'],
        args: { types: ['null'] },
        surface: 'spec',
        operations: ['GET /users/{user_id}', 'GET /users'],
        methods: ['client.users.retrieve', 'client.users.list'],
        affects: ['result'],
        pointer: '/components/schemas/User/properties/name/type',
      },
    ]);
  });
});

describe('markdown', () => {
  const changeset = "---\n'@org/client': minor\n---\n\n- Text with ``` in it.\n";
  const markdown = formatMarkdown(report, { since: 'v1.0.0', bump: 'major', changeset });

  test('begins with the verdict, the bump and the number of changes', () => {
    expect(markdown.split('\n').slice(0, 3)).toEqual([
      '### Breaking changes: major release',
      '',
      'Compared with `v1.0.0`: 2 breaking, 2 additions, 0 without effect.',
    ]);
  });

  test('has a table that opens for each of spec, client and mock, and the changeset', () => {
    const titles = [...markdown.matchAll(/<summary>(.*)<\/summary>/g)].map(([, title]) => title);
    expect(titles).toEqual(['Spec', 'Client', 'Mock', 'Changeset']);
    expect(markdown.match(/<\/details>/g)).toHaveLength(4);
    const [open = ''] = markdown.split('<details>');
    expect(open).toContain('| **breaking** | `GET /users` › `query › limit` |');
    expect(markdown).toContain(
      '| **breaking** | `components › schemas › User` › `name`<br>reaches `GET /users/{user_id}`, `GET /users` | May now also be null. |',
    );
  });

  test('fences the changeset longer than any fence in it', () => {
    expect(markdown).toContain(`\`\`\`\`md\n${changeset.trim()}\n\`\`\`\`\n`);
  });

  test('does not let texts of a spec end a cell, or begin HTML', () => {
    const args = { from: 'a|b', to: '\n\n<img src=x>' };
    const renamed = change({ id: 'path-parameter-renamed', args });
    const text = formatMarkdown(reportOf(renamed), { since: 'v1', bump: 'major' });
    expect(text).toContain('| The path parameter `a\\|b` is now called `\\n\\n<img src=x>`. |');
  });

  test('does not let a backslash before a | end the cell', () => {
    const args = { from: 'a\\|<img src=x>', to: 'b' };
    const renamed = change({ id: 'path-parameter-renamed', args });
    const text = formatMarkdown(reportOf(renamed), { since: 'v1', bump: 'major' });
    expect(text).toContain('`a\\\\\\|<img src=x>`');
  });

  test('has one row for operations with the same change', () => {
    const renamed = ['GET', 'PUT', 'DELETE'].map((method) =>
      change({
        id: 'path-parameter-renamed',
        path: [`${method} /users/{id}`, 'path', 'id'],
        args: { from: 'id', to: 'key' },
      }),
    );
    expect(formatMarkdown(reportOf(...renamed), { since: 'v1', bump: 'major' })).toContain(
      '| **breaking** | `GET /users/{id}`, `PUT /users/{id}`, `DELETE /users/{id}` › `path › id` | The path parameter `id` is now called `key`. |',
    );
    const text = formatText(reportOf(...renamed), 'v1');
    expect(text).toMatch(/is now called `key`\. \[[0-9a-f]{12}, [0-9a-f]{12}, [0-9a-f]{12}\]/);
  });

  test('reports that nothing changed', () => {
    expect(formatMarkdown(unchanged, { since: 'v1.0.0', bump: undefined })).toBe(
      '### The spec has not changed\n\nCompared with `v1.0.0`.\n',
    );
  });
});

describe('github', () => {
  test('annotates the line of each change, and none for a change of words', () => {
    const asked: string[] = [];
    const text = formatGitHub(report, (pointer) => {
      asked.push(pointer);
      return { file: 'spec/openapi.yaml', line: 7, column: 3 };
    });
    expect(asked).toContain('/paths/~1users/get/parameters/0/schema/maximum');
    expect(text.split('\n')[0]).toBe(
      '::error file=spec/openapi.yaml,line=7,col=3,title=breaking%3A GET /users › query › limit::The `maximum` fell from 100 to 50.',
    );
    expect(text).toContain('::notice file=spec/openapi.yaml,line=7,col=3,title=addition%3A DELETE');
    expect(formatGitHub(words, () => undefined)).toBe('');
  });

  test('escapes characters that would end a command or begin another', () => {
    const text = formatGitHub(
      reportOf(change({ id: 'operation-moved', path: ['a,b'], args: { to: '100%\n::error::x' } })),
      () => undefined,
    );
    expect(text).toBe('::error title=breaking%3A a%2Cb::Moved to `100%25\\n::error::x`.\n');
  });
});

describe('summary', () => {
  test('is one line for each change that people notice', () => {
    expect(summaryOf(report.changes)).toEqual([
      '- **Breaking:** `client.users.list › query › limit`: The `maximum` fell from 100 to 50.',
      '- **Breaking:** `User.name`: May now also be null. (`users.retrieve`, `users.list`)',
      '- `client.users.delete`: The method `client.users.delete(userID, options?)` was added.',
    ]);
    expect(summaryOf(words.changes)).toEqual([]);
  });

  test('names a key that all operations take once', () => {
    const added = (name: string) =>
      change({
        id: 'authentication-added',
        verdict: 'addition',
        path: [name, 'security'],
        operations: [name],
        args: { keys: ['key'] },
        affects: ['request'],
      });
    const lines = summaryOf([added('GET /users'), added('POST /users')]);
    expect(lines).toEqual([
      expect.stringMatching(/^- `GET \/users › security`, `POST \/users › security`: /),
    ]);
  });

  test('is one line for the same change of several operations', () => {
    const renamed = (name: string) =>
      change({
        id: 'path-parameter-renamed',
        verdict: 'breaking',
        path: [name, 'path', 'id'],
        args: { from: 'id', to: 'key' },
      });
    expect(summaryOf([renamed('GET /users/{id}'), renamed('DELETE /users/{id}')])).toEqual([
      '- **Breaking:** `GET /users/{id} › path › id`, `DELETE /users/{id} › path › id`: The path parameter `id` is now called `key`.',
    ]);
  });

  test('names operations to those who call no methods, and the collections of the mock', async () => {
    const operations = [
      '- **Breaking:** `GET /users › query › limit`: The `maximum` fell from 100 to 50.',
      '- **Breaking:** `User.name`: May now also be null. (`GET /users/{user_id}`, `GET /users`)',
      '- `DELETE /users/{user_id}`: Added.',
    ];
    expect(summaryOf(report.changes, 'types')).toEqual(operations);
    expect(summaryOf(report.changes, 'mock')).toEqual(operations);
    expect(summaryOf(report.changes, 'client')).toEqual(summaryOf(report.changes));
    const { '/users': _, ...items } = usersAPI().paths;
    const { changes } = await diff({ ...usersAPI(), paths: items }, usersAPI());
    expect(summaryOf(changes, 'mock')).toEqual([
      '- `GET /users`: Added.',
      '- `data › users`: The collection was added.',
      '- `GET /users/{user_id}`: The mock now responds with retrieve of users instead of an example.',
    ]);
  });

  test('of a hundred operations fits on a screen, and counts what it leaves out', () => {
    const changes = Array.from({ length: 100 }, (_, i) =>
      change({ path: [`GET /users/${i}`], args: { to: `/${i}` } }),
    );
    const lines = summaryOf(changes);
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe(
      '- And 81 more changes, 81 of them **breaking**: see `pnpm spec:diff`.',
    );
  });
});
