import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { addAction, addCollection, addSingleton, type Spec } from '@org/test-suite/growth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { blocks } from '../support/markdown.ts';
import { shareTurboCache } from '../support/shared-cache.ts';

const organization = 'admin.organization';
const many = Array.from({ length: 24 }, (_, i) => `gadgets${i}`);

const program = `
import OrgClient, { NotFoundError, type Card } from '@org/client';
import { startMock } from '@org/mock';

await using mock = await startMock({ port: 0, data: { teams: 2 } });
const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
const { teams, preferences } = client.admin.organization;
const missing = (error: unknown) => error instanceof NotFoundError;

// A collection of its own, two levels below its root.
const [team] = (await teams.list()).data;
const board = await teams.boards.create(team!.id, { name: 'Roadmap' });
const scope = { team_id: team!.id };
const names = ['One', 'Two', 'Three'];
for (const name of names) await teams.boards.cards.create(board.id, { ...scope, name });
const before: Card[] = [];
for await (const card of teams.boards.cards.list(board.id, { ...scope, limit: 2 })) before.push(card);
const [first] = before.filter(({ name }) => name === 'One');
const path = { ...scope, board_id: board.id };
const renamed = await teams.boards.cards.update(first!.id, { ...path, name: 'Uno' });
const retrieved = await teams.boards.cards.retrieve(first!.id, path);
const deleted = await teams.boards.cards.delete(first!.id, path);
const gone = await teams.boards.cards.retrieve(first!.id, path).then(() => false, missing);
await teams.boards.delete(board.id, scope);
const taken = await teams.boards.cards.list(board.id, scope).then(() => false, missing);
// @ts-expect-error earlier path parameters are required
export const wrong = () => teams.boards.cards.retrieve('card_1', {});

// A singleton.
const initial = await preferences.retrieve();
const theme = initial.theme === 'dark' ? 'light' : 'dark';
await preferences.update({ theme });
const changed = await preferences.retrieve();
const reset = await preferences.reset();

// An action.
const archived = await teams.archive(team!.id);
const listed = (await teams.list()).data.find(({ id }) => id === team!.id);

// 120 operations more.
const made: string[] = [];
${many
  .map(
    (name) => `{
  const { ${name} } = client.admin.organization;
  const { id } = await ${name}.create({ name: '${name}' });
  await ${name}.update(id, { name: 'new' });
  const { name } = await ${name}.retrieve(id);
  const found = (await ${name}.list({ limit: 1 })).data.length;
  const { deleted } = await ${name}.delete(id);
  made.push([name, found, deleted, await ${name}.retrieve(id).then(() => false, missing)].join());
}`,
  )
  .join('\n')}

console.log(
  JSON.stringify({
    created: names.every((name) => before.some((card) => card.name === name)),
    names: [renamed.name, retrieved.name],
    deleted: [deleted, gone, taken],
    themes: [changed.theme === theme, reset.theme === initial.theme, changed.digest === initial.digest],
    archived: [archived.archived, listed?.archived],
    made,
    size: mock.data['teams.boards'].size,
    id: first!.id,
  }),
);
`;

let clone: Clone;
shareTurboCache();
beforeAll(() => {
  clone = new Clone();
  clone.git('tag', '@org/types@0.0.0');
});
afterAll(() => clone.remove());

test('collections, a singleton, an action and 120 operations more need nothing but the spec', {
  timeout: 900_000,
}, () => {
  const before = clone.read('packages/mock/src/api.gen.json').length;
  const spec = parse(clone.read('spec/openapi.yaml')) as Spec;
  const teams = '/organization/teams';
  const boards = `${teams}/{team_id}/boards`;
  addCollection(spec, { id: `${organization}.teams`, path: teams, type: 'Team' });
  addCollection(spec, { id: `${organization}.teams.boards`, path: boards, type: 'Board' });
  addCollection(spec, {
    id: `${organization}.teams.boards.cards`,
    path: `${boards}/{board_id}/cards`,
    type: 'Card',
  });
  addSingleton(spec, `${organization}.preferences`, '/organization/preferences');
  addAction(spec, `${organization}.teams.archive`, `${teams}/{team_id}/archive`, 'Team');
  for (const [i, name] of many.entries()) {
    addCollection(spec, {
      id: `${organization}.${name}`,
      path: `/organization/${name}`,
      type: `Gadget${i}`,
    });
  }
  clone.write('spec/openapi.yaml', stringify(spec));

  const { code, stdout, stderr } = clone.script('spec/generate.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain(
    'client.admin.organization.teams.boards.cards.list() → NextCursorPage<Card>',
  );
  expect(stdout).toContain('mock: create teams.boards.cards.');
  expect(stdout).toContain('mock: singleton.update preferences.');
  expect(stdout).toContain('mock: action teams.');
  expect(stdout).not.toContain('mock: mocker');

  // Nothing but the spec was touched by hand, and nothing but what is generated has followed.
  const touched = clone.git('status', '--porcelain', '-uall').trim().split('\n');
  const paths = touched.map((line) => line.trim().split(' ').at(-1) ?? '');
  expect(paths.filter((path) => !path.includes('.gen.')).sort()).toEqual([
    'packages/client/api.md',
    'packages/types/package.json',
    'spec/openapi.yaml',
  ]);
  // Equal parts are stored once: what an operation adds does not grow with their number.
  const operations = 8 + 15 + 3 + 1 + 5 * many.length;
  const after = clone.read('packages/mock/src/api.gen.json').length;
  expect(after / operations).toBeLessThan(before / 8);
  expect(clone.read('packages/client/api.md')).toContain(
    'client.admin.organization.teams.archive(teamID: string',
  );

  expect(clone.script('dev/turbo.ts', 'build', 'client', 'mock')).toMatchObject({ code: 0 });
  clone.write('scripts/program.mts', program);
  const options =
    '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom,esnext.disposable --types node';
  clone.exec('scripts', 'tsc', 'program.mts', ...options.split(' '));
  const output = execFileSync(process.execPath, [join(clone.path, 'scripts/program.mts')], {
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual({
    created: true,
    names: ['Uno', 'Uno'],
    deleted: [{ id: expect.any(String), deleted: true }, true, true],
    themes: [true, true, true],
    archived: [true, true],
    made: many.map(() => 'new,1,true,true'),
    size: expect.any(Number),
    id: expect.stringMatching(/^card_/),
  });
  clone.remove('scripts/program.mts');
});

const checks = [
  'pnpm check lint drift types boundaries imports dead-code packages release',
  'pnpm test client client-tests codegen inspector mock openapi spec-diff types',
].join('\n');

test("the README's commands announce the additions, and pass the packages' checks and tests", {
  timeout: 1_800_000,
}, () => {
  const [block] = blocks('README.md', '### Change the spec');
  // CONTRIBUTING has the same commands.
  const [, , same] = blocks('CONTRIBUTING.md');
  expect(commandsOf(same?.code)).toEqual(commandsOf(block?.code));
  const commands = block?.code.replace(/^pnpm check.*$/m, checks) ?? '';
  expect(commands).toContain(checks);
  const output = execFileSync('bash', ['-e', '-c', commands], {
    cwd: clone.path,
    encoding: 'utf8',
    // The spec has been edited above.
    env: { ...process.env, ...borrowedPackages, EDITOR: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(output).toContain('teams');
  expect(clone.read('.changeset/spec-client.md')).toContain(
    '`client.admin.organization.teams.list`: The method',
  );
});

function commandsOf(code = ''): string[] {
  return code.split('\n').map((line) => line.replace(/\s+#.*/, ''));
}
