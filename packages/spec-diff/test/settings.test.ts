import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../src/change/fingerprint.ts';
import { type DiffOptions, diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { formatGitHub } from '../src/report/github.ts';
import { formatJSON } from '../src/report/json.ts';
import { formatMarkdown } from '../src/report/markdown.ts';
import { summaryOf } from '../src/report/summary.ts';
import { formatText } from '../src/report/text.ts';
import { parseSettings, SettingsError } from '../src/settings/settings.ts';
import { documentOf } from './support/documents.ts';
import { inWords } from './support/meanings.ts';
import { deletion, usersAPI } from './support/users.ts';

const today = '2026-11-29';
const nullable = { type: ['string', 'null'] };
const compare = (before: object, after: object, options: DiffOptions = {}) =>
  diff(before as Document, after as Document, { today, ...options });

describe('the settings', () => {
  test('are read from YAML', () => {
    const text = `
policies: { response-enum-grows: addition, x-sunset: none }
accept:
  - { fingerprint: 1a2b3c4d5e6f, reason: Nobody reads it., until: 2027-01-31 }
  - fingerprint: '123456789012'
    reason: Announced in May.
`;
    expect(parseSettings(text, 'diff.yaml')).toEqual({
      policies: { 'response-enum-grows': 'addition', 'x-sunset': 'none' },
      accept: [
        { fingerprint: '1a2b3c4d5e6f', reason: 'Nobody reads it.', until: '2027-01-31' },
        { fingerprint: '123456789012', reason: 'Announced in May.' },
      ],
    });
    const none = { policies: {}, accept: [] };
    expect(['', '{}', 'policies:\naccept:\n'].map((each) => parseSettings(each, 'f'))).toEqual([
      none,
      none,
      none,
    ]);
  });

  const entry = (more: string) => `accept: [{ fingerprint: 1a2b3c4d5e6f, reason: R, ${more} }]`;

  test.each<[string, string, string]>([
    ['a misspelled key', 'polices: {}', 'unknown key polices. Did you mean policies?'],
    ['a key that is like no other', 'rules: {}', 'Expected one of: policies, accept.'],
    [
      'a misspelled policy',
      'policies: { response-enum-grow: none }',
      'unknown key policies.response-enum-grow. Did you mean response-enum-grows?',
    ],
    [
      'a misspelled verdict',
      'policies: { deprecation: breakin }',
      'policies.deprecation: expected breaking, addition, none; found "breakin". Did you mean breaking?',
    ],
    ['a verdict of another type', 'policies: { deprecation: true }', 'found true.'],
    ['policies that are a list', 'policies: [deprecation]', 'policies: expected an object'],
    ['a list in place of the object', '[]', 'expected an object with the keys policies and accept'],
    ['entries that are an object', 'accept: {}', 'accept: expected a list'],
    ['an entry that is a text', 'accept: [abc]', 'accept[0]: expected { fingerprint'],
    ['a misspelled key of an entry', entry('untill: 2027-01-31'), 'Did you mean until?'],
    ['a day that does not exist', entry('until: 2027-02-30'), 'accept[0].until: expected a date'],
    ['a date in other words', entry('until: tomorrow'), 'found "tomorrow"'],
    [
      'an entry without a reason',
      'accept: [{ fingerprint: 1a2b3c4d5e6f }]',
      'accept[0].reason: expected a sentence; found nothing.',
    ],
    [
      'a fingerprint of another length',
      'accept: [{ fingerprint: abc, reason: R }]',
      'accept[0].fingerprint: expected the 12 hexadecimal digits',
    ],
    [
      'the same fingerprint twice',
      'accept: [{ fingerprint: 1a2b3c4d5e6f, reason: R }, { fingerprint: 1a2b3c4d5e6f, reason: S }]',
      'accept[1].fingerprint: accept[0] has the same fingerprint.',
    ],
  ])('are refused for %s', (_, text, message) => {
    expect(() => parseSettings(text, 'spec/diff.yaml')).toThrow(SettingsError);
    expect(() => parseSettings(text, 'spec/diff.yaml')).toThrow(/^spec\/diff\.yaml: /);
    expect(() => parseSettings(text, 'spec/diff.yaml')).toThrow(message);
  });

  test('are read or refused, whatever they are', () => {
    const key = fc.constantFrom(
      ...['policies', 'accept', 'fingerprint', 'reason', 'until', 'deprecation', '__proto__'],
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.constantFrom('none', '1a2b3c4d5e6f', '2027-01-31'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        try {
          const { policies, accept } = parseSettings(JSON.stringify(value), 'f');
          expect(Object.values(policies).every((each) => each === 'none')).toBe(true);
          for (const { fingerprint, reason } of accept) {
            expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
            expect(reason).not.toBe('');
          }
        } catch (error) {
          if (!(error instanceof SettingsError)) throw error;
        }
      }),
    );
  });

  test('are refused for text that does not parse', () => {
    expect(() => parseSettings('a: [', 'diff.yaml')).toThrow('diff.yaml does not parse');
  });

  test('are refused with every problem at once', () => {
    const text = 'polices: {}\npolicies: { deprecations: none }\naccept: [{}]';
    expect(() => parseSettings(text, 'f')).toThrow(
      /polices.*\n.*deprecations.*\n.*fingerprint.*\n/,
    );
  });
});

describe('an accepted change', async () => {
  const [before, after] = [usersAPI(), usersAPI({ name: nullable })];
  const [plain] = (await compare(before, after)).changes;
  const fingerprint = plain ? fingerprintOf(plain) : '';
  const reason = 'No program reads the name | yet.';
  const accept = (until?: string) => [{ fingerprint, reason, ...(until && { until }) }];

  test('counts as an addition, and is shown as accepted in every format', async () => {
    const report = await compare(before, after, { accept: accept('2026-11-29') });
    expect(report).toMatchObject({ verdict: 'addition', problems: [] });
    expect(report.changes).toMatchObject([{ verdict: 'breaking', accepted: reason }]);
    const text = formatText(report, 'v1');
    expect(text).toContain(`accepted  name\n            May now also be null. Accepted: ${reason}`);
    expect(text).toContain('1 breaking (1 accepted), 0 additions');
    expect(text).not.toMatch(/^ *breaking /m);
    expect(JSON.parse(formatJSON(report))).toMatchObject([{ accepted: reason, fingerprint }]);
    const markdown = formatMarkdown(report, { since: 'v1', bump: 'minor' });
    expect(markdown).toMatch(/^### Additions: minor release\n/);
    expect(markdown).toContain('| accepted |');
    expect(markdown).not.toContain('**breaking**');
    expect(formatGitHub(report, () => undefined)).toMatch(
      /^::notice title=breaking%2C accepted[^\n]* Accepted: No program/,
    );
    expect(summaryOf(report.changes)).toEqual([
      '- `User.name`: May now also be null. (`users.retrieve`, `users.list`) Not counted as breaking: `No program reads the name | yet.`',
    ]);
  });

  test('does not cover another change', async () => {
    const both = usersAPI({ name: nullable, maximum: 50 });
    const report = await compare(before, both, { accept: accept() });
    expect(report).toMatchObject({ verdict: 'breaking', problems: [] });
    expect(report.changes.map(({ accepted }) => accepted)).toEqual([undefined, reason]);
  });

  test('is breaking again after its last day, and the problem names it', async () => {
    const report = await compare(before, after, { accept: accept('2026-11-28') });
    expect(report.verdict).toBe('breaking');
    expect(report.problems).toEqual([
      `accept[0] (${fingerprint}) expired on 2026-11-28, and components › schemas › User › name is still breaking. Undo the change, or set a later date.`,
    ]);
  });

  test('that does not exist is a problem, and so is one that breaks nothing', async () => {
    const unmatched = await compare(before, before, { accept: accept() });
    expect(unmatched.problems).toEqual([
      `accept[0] (${fingerprint}) matches no change. Remove it.`,
    ]);
    const added = await compare(before, usersAPI({ more: deletion }));
    const entry = { fingerprint: fingerprintOf(added.changes[0] ?? ({} as never)), reason };
    const { problems } = await compare(before, usersAPI({ more: deletion }), { accept: [entry] });
    expect(problems).toEqual([
      `accept[0] (${entry.fingerprint}) accepts a change that is not breaking (DELETE /users/{user_id}: addition). Remove it.`,
    ]);
  });
});

describe('a fingerprint', () => {
  const ref = { $ref: '#/components/schemas/User' };
  const answer = (schema: object) => ({
    responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
  });
  const limit = (maximum: number) => ({
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', maximum },
  });
  const api = (
    maximum: number,
    name: object,
    more: { parameters?: object[]; paths?: object } = {},
  ) =>
    documentOf(
      {},
      {
        paths: {
          ...more.paths,
          '/users': {
            get: {
              operationId: 'users.list',
              parameters: [...(more.parameters ?? []), limit(maximum)],
              ...answer({ type: 'array', items: ref }),
            },
          },
        },
        components: { schemas: { User: { type: 'object', properties: { name } } } },
      },
    );
  const text = { type: 'string' };
  const fingerprintsOf = async (before: object, after: object, ids: string[]) =>
    (await compare(before, after)).changes
      .filter(({ id }) => ids.includes(id))
      .map(fingerprintOf)
      .sort();

  test('survives other changes of the document, also where more operations use the component', async () => {
    const ids = ['bound-lowered', 'type-added'];
    const alone = await fingerprintsOf(api(100, text), api(50, nullable), ids);
    expect(new Set(alone).size).toBe(2);
    const other = { name: 'order', in: 'query', schema: text };
    const moved = api(
      50,
      { ...nullable, description: 'The name.' },
      {
        parameters: [other],
        paths: { '/me': { get: { operationId: 'me.retrieve', ...answer(ref) } } },
      },
    );
    expect(await fingerprintsOf(api(100, text), moved, ids)).toEqual(alone);
    const shared = { paths: { '/me': { get: { operationId: 'me.retrieve', ...answer(ref) } } } };
    const used = [api(100, text, shared), api(50, nullable, shared)] as const;
    expect(await fingerprintsOf(...used, ids)).toEqual(alone);
  });

  test('is another one for other values', async () => {
    const [one, two] = await Promise.all(
      [50, 40].map((maximum) =>
        fingerprintsOf(api(100, text), api(maximum, text), ['bound-lowered']),
      ),
    );
    expect(one).not.toEqual(two);
  });
});

describe('a comparison of some paths', () => {
  const [before, after] = [usersAPI(), usersAPI({ maximum: 50, name: nullable, more: deletion })];

  test.each<[string[], string[], string[]]>([
    [['/users'], ['GET /users'], ['maximum', 'null']],
    [['/users/{user_id}'], ['GET /users/{user_id}', 'DELETE /users/{user_id}'], ['null', 'Added']],
    [['/users*'], ['GET /users', 'GET /users/{user_id}', 'DELETE /users/{user_id}'], []],
    [['/users', '/users/*'], ['GET /users', 'GET /users/{user_id}'], []],
  ])('reports what reaches %j alone', async (paths, operations, messages) => {
    const { changes } = await compare(before, after, { paths });
    const found = new Set(changes.flatMap((change) => change.operations));
    for (const operation of operations) expect(found).toContain(operation);
    const all = inWords(changes).map(({ message }) => message);
    for (const message of messages) expect(all.join()).toContain(message);
    if (paths[0] === '/users') expect(found).toContain('GET /users');
    if (paths.length === 1 && paths[0] === '/users') expect([...found]).toEqual(['GET /users']);
  });

  test('names only the methods of these paths', async () => {
    const { changes } = await compare(before, after, { paths: ['/users/{user_id}'] });
    const methods = changes.flatMap((change) => change.methods);
    expect(new Set(methods)).toEqual(new Set(['client.users.retrieve', 'client.users.delete']));
  });

  test('is refused where neither document has such a path', async () => {
    await expect(compare(before, after, { paths: ['/user'] })).rejects.toThrow(
      'No path matches "/user". Did you mean "/users"?',
    );
    await expect(compare(before, after, { paths: ['/groups/*'] })).rejects.toThrow(SettingsError);
  });
});

describe('extensions', () => {
  const [before, after] = [
    documentOf({ 'x-owner': 'a', 'x-aws-role': 'a' }),
    documentOf({ 'x-owner': 'b', 'x-aws-role': 'b' }),
  ];
  const keywords = async (...ignoreExtensions: string[]) =>
    (await compare(before, after, { ignoreExtensions })).changes.map(({ args }) => args['keyword']);

  test('are left out by name or by pattern', async () => {
    expect(await keywords()).toEqual(['x-owner', 'x-aws-role']);
    expect(await keywords('x-owner')).toEqual(['x-aws-role']);
    expect(await keywords('x-aws-*')).toEqual(['x-owner']);
    expect(await keywords('x-*')).toEqual([]);
  });

  test('begin with x-', async () => {
    await expect(keywords('owner')).rejects.toThrow('"owner" is not an extension');
  });
});
