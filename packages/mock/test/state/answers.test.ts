import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { API } from '../../src/api/api.ts';
import { type Answerer, createAnswers } from '../../src/state/answers.ts';
import { State } from '../../src/state/state.ts';
import { apiOf } from '../support/api-of.ts';
import type { AnyBody } from '../support/ask.ts';

const text = { type: 'string' };
const boolean = { type: 'boolean' };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const answer = (schema: object, status = 200, ...others: number[]) => ({
  responses: {
    [status]: { description: 'OK', content: { 'application/json': { schema } } },
    ...Object.fromEntries(others.map((other) => [other, { description: 'No' }])),
  },
});
const body = (name: string) => ({
  requestBody: { content: { 'application/json': { schema: ref(name) } } },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const list = (name: string) => ({
  ...answer(object({ data: { type: 'array', items: ref(name) } })),
});

/** Every kind of behavior, and what can be wrong with each. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Teams', version: '1' },
  paths: {
    '/teams': {
      get: { operationId: 'teams.list', 'x-mock': { seed: 3 }, ...list('Team') },
      post: { operationId: 'teams.create', ...body('TeamInput'), ...answer(ref('Team'), 201, 409) },
    },
    '/teams/{team_id}': {
      parameters: [inPath('team_id')],
      get: { operationId: 'teams.retrieve', ...answer(ref('Team')) },
      patch: { operationId: 'teams.update', ...body('TeamInput'), ...answer(ref('Team')) },
      put: { operationId: 'teams.replace', ...body('TeamInput'), ...answer(ref('Team')) },
      delete: {
        operationId: 'teams.delete',
        ...answer(
          object({ id: text, object: text, deleted: boolean, sure: boolean, whole: boolean }),
        ),
      },
    },
    '/teams/{team_id}/archive': {
      parameters: [inPath('team_id')],
      post: {
        operationId: 'teams.archive',
        'x-mock': { set: { state: 'archived' } },
        ...body('TeamInput'),
        ...answer(ref('Team')),
      },
    },
    '/teams/{team_id}/members': {
      parameters: [inPath('team_id')],
      get: { operationId: 'teams.members.list', 'x-mock': { seed: 2 }, ...list('Member') },
      post: {
        operationId: 'teams.members.create',
        ...body('MemberInput'),
        ...answer(
          object({ member: ref('Member'), team: ref('Team'), receipt: text, maybe: boolean }, [
            'member',
            'team',
            'receipt',
          ]),
        ),
      },
    },
    '/teams/{team_id}/members/{member_id}': {
      parameters: [inPath('team_id'), inPath('member_id')],
      get: { operationId: 'teams.members.retrieve', ...answer(ref('Member')) },
      delete: {
        operationId: 'teams.members.delete',
        responses: { 204: { description: 'Gone' } },
      },
    },
    '/teams/{team_id}/settings': {
      parameters: [inPath('team_id')],
      get: { operationId: 'teams.settings.retrieve', ...answer(ref('Settings')) },
      patch: {
        operationId: 'teams.settings.update',
        ...body('SettingsInput'),
        ...answer(ref('Settings')),
      },
      put: {
        operationId: 'teams.settings.replace',
        ...body('SettingsInput'),
        ...answer(ref('Settings')),
      },
      delete: { operationId: 'teams.settings.reset', ...answer(ref('Settings')) },
    },
    '/policy': {
      get: { operationId: 'policy.retrieve', ...answer(ref('Settings')) },
      post: { operationId: 'policy.update', ...body('SettingsInput'), ...answer(ref('Settings')) },
    },
    '/report': { get: { operationId: 'report.retrieve', ...answer(object({ total: text })) } },
  },
  components: {
    schemas: {
      Team: object(
        { id: text, name: text, note: orNull(text), state: { enum: ['open', 'archived'] } },
        ['id', 'name', 'state'],
      ),
      TeamInput: object({ id: orNull(text), name: orNull(text), note: orNull(text) }, []),
      Member: object({ id: text, level: { type: 'integer', maximum: 9 } }),
      MemberInput: object({ member_id: text, level: { type: 'integer' } }, []),
      Settings: object({ quota: { type: 'integer', maximum: 100 }, motto: text }, ['quota']),
      SettingsInput: object({ quota: { type: 'integer' }, motto: text }, []),
    },
  },
};

let api: API;
let state: State;
let answers: Answerer;
let changed: string[];
beforeAll(async () => {
  api = await apiOf(document);
});
beforeEach(() => {
  state = new State(api, 1);
  changed = [];
  answers = createAnswers(state, (name) => changed.push(name));
});

/** What an operation answers at a path. */
function ask(id: string, path: string, given?: object): { status: number; body: AnyBody } {
  const operation = api.operation(id);
  const respond = operation && answers(operation);
  if (!respond) throw new Error(`Nothing answers ${id}.`);
  const answer = respond({ path, query: {}, address: '', body: given });
  if (!('message' in answer)) return answer;
  const { status, message, param = null } = answer;
  return { status, body: { error: { message, param } } };
}
const teams = (): AnyBody[] => ask('teams.list', '/teams').body.data;
const members = (team: string): AnyBody[] =>
  ask('teams.members.list', `/teams/${team}/members`).body.data;
const errorOf = ({ status, body }: { status: number; body: AnyBody }) => {
  const { message, param } = body.error;
  return { status, message, param };
};

test('an operation is compiled once; one that is for the mocker has no answer', () => {
  const operation = api.operation('teams.list');
  const report = api.operation('report.retrieve');
  if (!operation || !report) throw new Error('The document has both.');
  expect(answers(operation)).toBe(answers(operation));
  expect([answers(report), answers(report)]).toEqual([undefined, undefined]);
});

test('changes are told, and nothing else', () => {
  const [team] = teams();
  const path = `/teams/${team.id}`;
  const calls: [string, string, object | undefined, string[]][] = [
    ['teams.list', '/teams', undefined, []],
    ['teams.retrieve', path, undefined, []],
    ['teams.create', '/teams', { name: 'New' }, ['teams']],
    ['teams.create', '/teams', { name: null }, []],
    ['teams.update', path, { note: 'Hello' }, ['teams']],
    ['teams.update', path, { name: null }, []],
    ['teams.replace', path, { name: 'Other' }, ['teams']],
    ['teams.archive', `${path}/archive`, {}, ['teams']],
    ['teams.settings.update', `${path}/settings`, { quota: 5 }, ['teams.settings']],
    ['teams.members.create', `${path}/members`, { level: 1 }, ['teams.members']],
    ['teams.delete', path, undefined, ['teams']],
    ['teams.delete', path, undefined, []],
  ];
  for (const [id, at, given, expected] of calls) {
    changed.length = 0;
    ask(id, at, given);
    expect([id, given, changed]).toEqual([id, given, expected]);
  }
});

test('reads leave no state behind', () => {
  const before = state.snapshot();
  const [team] = teams();
  const [member] = members(team.id);
  ask('teams.retrieve', `/teams/${team.id}`);
  ask('teams.members.retrieve', `/teams/${team.id}/members/${member.id}`);
  ask('teams.settings.retrieve', `/teams/${team.id}/settings`);
  ask('policy.retrieve', '/policy');
  expect(state.snapshot()).toEqual(before);
});

describe('an object that does not exist', () => {
  const missing = (id: string) => ({
    status: 404,
    message: `No object with the id ${JSON.stringify(id)} exists.`,
    param: null,
  });

  test.each(['retrieve', 'update', 'replace', 'delete'])('is a 404 of teams.%s', (verb) => {
    expect(errorOf(ask(`teams.${verb}`, '/teams/none', {}))).toEqual(missing('none'));
  });

  test('is named, the outermost first', () => {
    const [team] = teams();
    expect(errorOf(ask('teams.members.list', '/teams/none/members'))).toEqual(missing('none'));
    const nowhere = ask('teams.members.retrieve', '/teams/none/members/nobody');
    expect(errorOf(nowhere)).toEqual(missing('none'));
    const nobody = ask('teams.members.retrieve', `/teams/${team.id}/members/nobody`);
    expect(errorOf(nobody)).toEqual(missing('nobody'));
    expect(errorOf(ask('teams.members.create', '/teams/none/members', {}))).toEqual(
      missing('none'),
    );
    expect(errorOf(ask('teams.settings.retrieve', '/teams/none/settings'))).toEqual(
      missing('none'),
    );
  });
});

describe('create', () => {
  test('takes the id that it is given, and makes one where it is null or missing', () => {
    expect(ask('teams.create', '/teams', { id: 'own', name: 'A' })).toMatchObject({
      status: 201,
      body: { id: 'own', name: 'A' },
    });
    const made = [{ id: null, name: 'B' }, { name: 'C' }].map(
      (given) => ask('teams.create', '/teams', given).body.id,
    );
    expect(made.every((id) => typeof id === 'string' && id.length > 3)).toBe(true);
    expect(teams().map(({ id }) => id)).toEqual([
      expect.anything(),
      expect.anything(),
      expect.anything(),
      'own',
      ...made,
    ]);
  });

  test('of an id that is taken is a 409 that names it, where the document has one', () => {
    const [team] = teams();
    expect(errorOf(ask('teams.create', '/teams', { id: team.id, name: 'A' }))).toEqual({
      status: 409,
      message: `An object with the id ${JSON.stringify(team.id)} exists already.`,
      param: 'id',
    });
    expect(teams()).toHaveLength(3);
  });

  test('takes the id from the parameter of the item’s path; where it is taken, it is a 400', () => {
    const [one, other] = teams();
    const path = (team: AnyBody) => `/teams/${team.id}/members`;
    const { status, body } = ask('teams.members.create', path(one), { member_id: 'm', level: 3 });
    expect(status).toBe(200);
    expect(body).toEqual({ member: { id: 'm', level: 3 }, team: one, receipt: expect.any(String) });
    expect(errorOf(ask('teams.members.create', path(one), { member_id: 'm' }))).toEqual({
      status: 400,
      message: 'An object with the id "m" exists already.',
      param: 'member_id',
    });
    expect(ask('teams.members.create', path(other), { member_id: 'm' }).status).toBe(200);
    expect(ask('teams.members.retrieve', `${path(one)}/m`).body).toEqual({ id: 'm', level: 3 });
  });

  test('that would break the contract is a 400 that names the property, and adds nothing', () => {
    expect(errorOf(ask('teams.create', '/teams', { name: null }))).toMatchObject({
      status: 400,
      param: 'name',
    });
    expect(teams()).toHaveLength(3);
  });

  test('invents what the answer has besides: the same for the same call, another one for another', () => {
    const [one] = teams();
    const receipt = (member_id: string) => {
      const path = `/teams/${one.id}/members`;
      const made = ask('teams.members.create', path, { member_id }).body.receipt;
      ask('teams.members.delete', `${path}/${member_id}`);
      return made;
    };
    const first = receipt('a');
    expect(first).not.toBe('');
    expect([receipt('a'), receipt('b') === first]).toEqual([first, false]);
  });
});

describe('an item', () => {
  test('is merged, replaced and acted on, and keeps its id', () => {
    const [team] = teams();
    const path = `/teams/${team.id}`;
    const merged = ask('teams.update', path, { id: 'other', note: 'Hello', color: 'red' }).body;
    expect(merged).toEqual({ ...team, note: 'Hello' });
    const archived = ask('teams.archive', `${path}/archive`, { name: 'Old' }).body;
    expect(archived).toEqual({ ...merged, name: 'Old', state: 'archived' });
    const replaced = ask('teams.replace', path, { id: 'other', name: 'New' }).body;
    expect(replaced).toEqual({ id: team.id, name: 'New', state: 'archived' });
    expect(ask('teams.retrieve', path).body).toEqual(replaced);
  });

  test('that a change would break stays as it was', () => {
    const [team] = teams();
    for (const [verb, end] of [
      ['update', ''],
      ['replace', ''],
      ['archive', '/archive'],
    ]) {
      const refused = ask(`teams.${verb}`, `/teams/${team.id}${end}`, { name: null });
      expect(errorOf(refused)).toMatchObject({ status: 400, param: 'name' });
    }
    expect(teams()[0]).toEqual(team);
  });

  test('is deleted together with what is below it', () => {
    const [team, other] = teams();
    const [member] = members(team.id);
    expect(ask('teams.delete', `/teams/${team.id}`)).toEqual({
      status: 200,
      // Whatever says so says that it is done.
      body: { id: team.id, object: expect.any(String), deleted: true, sure: true, whole: true },
    });
    expect(ask('teams.members.retrieve', `/teams/${team.id}/members/${member.id}`).status).toBe(
      404,
    );
    expect(members(other.id)).toHaveLength(2);
    const path = `/teams/${other.id}/members/${members(other.id)[0].id}`;
    expect(ask('teams.members.delete', path)).toEqual({ status: 204, body: undefined });
    expect(members(other.id)).toHaveLength(1);
  });
});

describe('an object without an id', () => {
  test('is merged, replaced and reset, for each of what it belongs to', () => {
    const [one, other] = teams();
    const path = `/teams/${one.id}/settings`;
    const elsewhere = ask('teams.settings.retrieve', `/teams/${other.id}/settings`).body;
    const initial = ask('teams.settings.retrieve', path).body;
    expect(ask('teams.settings.update', path, { motto: 'Onward' }).body).toEqual({
      ...initial,
      motto: 'Onward',
    });
    expect(ask('teams.settings.replace', path, { quota: 7 }).body).toEqual({ quota: 7 });
    ask('teams.settings.update', path, { motto: 'Back' });
    expect(ask('teams.settings.update', path, { quota: 8 }).body).toEqual({
      quota: 8,
      motto: 'Back',
    });
    expect(ask('teams.settings.reset', path).body).toEqual(initial);
    expect(ask('teams.settings.retrieve', path).body).toEqual(initial);
    expect(ask('teams.settings.retrieve', `/teams/${other.id}/settings`).body).toEqual(elsewhere);
  });

  test('that a change would break stays as it was', () => {
    const before = ask('policy.retrieve', '/policy').body;
    expect(errorOf(ask('policy.update', '/policy', { quota: 101 }))).toMatchObject({
      status: 400,
      param: 'quota',
    });
    expect(ask('policy.retrieve', '/policy').body).toEqual(before);
    expect(ask('policy.update', '/policy', { quota: 100 }).body).toMatchObject({ quota: 100 });
  });
});
