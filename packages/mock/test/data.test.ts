import { describe, expect, test } from 'vitest';
import { ContractError, createMock, type Snapshot } from '../src/index.ts';

const thrownBy = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
};

describe('mock.data', () => {
  test('refuses what breaks the contract, and names each property', () => {
    const { users } = createMock({ data: { users: 1 } }).data;
    const wrong = { name: 5, added_at: 'yesterday' } as unknown as { name: string };
    const error = thrownBy(() => users.add(wrong)) as ContractError;
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(
      /^data\.users breaks the contract: .*name must be string or null/,
    );
    expect(error.issues.map(({ path }) => path).sort()).toEqual(['added_at', 'name']);
    const [user] = users.list();
    const update = () => users.update(user?.id ?? '', { added_at: undefined });
    expect((thrownBy(update) as ContractError).issues).toEqual([
      { path: 'added_at', message: 'is required' },
    ]);
    expect(users.list()).toEqual([user]);
  });

  test('refuses unknown properties of the first items, and names the closest', () => {
    const items = [{ id: 'user_ada' }, { id: 'user_grace', nmae: 'Grace' }];
    expect(() => createMock({ data: { users: items } })).toThrow(
      'data.users[1] has the unknown property "nmae". Did you mean name?',
    );
    const roles = [{ user_id: 'user_ada', id: 'role_a', user: 1 }];
    const data = { users: [{ id: 'user_ada' }], 'users.roles': roles };
    expect(() => createMock({ data })).toThrow(
      /^data\['users\.roles'\]\[0\] has the unknown property "user"\./,
    );
  });

  test('of a scoped collection asks for the scope', () => {
    const { data } = createMock({ data: { users: 2 } });
    const roles = data['users.roles'];
    const list = roles.list as unknown as () => unknown;
    expect(() => list()).toThrow("data['users.roles'] needs the scope { user_id: '…' }");
    const none = { user_id: 'nobody' };
    expect(roles.list(none)).toEqual([]);
    expect(roles.get('role_x', none)).toBeUndefined();
    expect(roles.remove('role_x', none)).toBe(false);
    expect(() => roles.add({}, none)).toThrow('user_id "nobody" does not exist');
  });

  test('keeps the items of a scope together with what they belong to', () => {
    const { data } = createMock({ data: { users: 2 } });
    const [a, b] = data.users.list().map(({ id }) => ({ user_id: id }));
    if (!a || !b) throw new Error('There must be two users.');
    expect(data['users.roles'].size).toBe(6);
    const role = data['users.roles'].add({ id: 'role_own', name: 'Own' }, a);
    expect(data['users.roles'].get('role_own', a)).toBe(role);
    expect(data['users.roles'].get('role_own', b)).toBeUndefined();
    expect(data['users.roles'].size).toBe(7);
    data.users.remove(a.user_id);
    expect(data['users.roles'].size).toBe(3);
    expect(data['users.roles'].list(a)).toEqual([]);
  });

  test('an item of one id is the same in every scope', () => {
    const { data } = createMock({ data: { users: 2 } });
    const [a, b] = data.users.list().map(({ id }) => ({ user_id: id }));
    if (!a || !b) throw new Error('There must be two users.');
    const [role] = data['users.roles'].list(a);
    const copy = data['users.roles'].add({ id: role?.id ?? '' }, b);
    expect([copy.name, copy.description, copy.permissions]).toEqual([
      role?.name,
      role?.description,
      role?.permissions,
    ]);
  });

  test('a million scopes cost nothing until they are asked for', () => {
    const { data } = createMock({ data: { users: 1_000_000 } });
    expect(data['users.roles'].size).toBe(3_000_000);
  });
});

describe('data of the options', () => {
  test('is items with their scopes, and what they leave out is generated', () => {
    const { data } = createMock({
      data: {
        users: [{ id: 'user_a', email: 'a@example.com' }, {}],
        'users.roles': [{ user_id: 'user_a', id: 'role_a' }],
      },
    });
    expect(data.users.list().map(({ id }) => id)).toEqual(['user_a', expect.any(String)]);
    expect(data['users.roles'].list({ user_id: 'user_a' })).toMatchObject([{ id: 'role_a' }]);
    expect(data['users.roles'].size).toBe(1);
  });

  test.each([
    [{ users: [{ id: 'a' }, { id: 'b', name: 5 }] }, 'data.users[1] breaks the contract: name'],
    [{ users: [5] }, 'data.users[0] must be an object, not 5'],
    [{ users: [{ id: 'a' }, { id: 'a' }] }, 'data.users[1]: the id "a" is taken'],
    [{ 'users.roles': [{ id: 'r' }] }, "data['users.roles'][0] must have user_id"],
    [{ users: [], 'users.roles': [{ user_id: 'x' }] }, 'user_id is unknown'],
  ])('%j is refused with a sentence', (data, message) => {
    expect(thrownBy(() => createMock({ data: data as never })).message).toContain(message);
  });

  test('comes back with a reset, and its users have generated roles', () => {
    const mock = createMock({ data: { users: [{ id: 'user_a' }] } });
    const roles = mock.data['users.roles'].list({ user_id: 'user_a' });
    expect(roles).toHaveLength(3);
    mock.data.users.remove('user_a');
    mock.reset();
    expect(mock.data.users.list()).toHaveLength(1);
    expect(mock.data['users.roles'].list({ user_id: 'user_a' })).toEqual(roles);
  });
});

describe('a snapshot', () => {
  test('survives JSON, and another mock of the same seed', () => {
    const mock = createMock({ data: { users: 250 }, seed: 'a' });
    const ids = mock.data.users.list().map(({ id }) => id);
    mock.data.users.remove(ids[3] ?? '');
    mock.data.users.update(ids[4] ?? '', { name: 'Changed' });
    mock.data.users.add({ id: 'user_new' });
    mock.data['users.roles'].add({ id: 'role_new' }, { user_id: ids[5] ?? '' });
    const users = mock.data.users.list();
    const snapshot = JSON.parse(JSON.stringify(mock.snapshot())) as Snapshot;
    const other = createMock({ seed: 'a' });
    other.restore(snapshot);
    expect(other.data.users.list()).toEqual(users);
    expect(other.data.users.size).toBe(250);
    expect(other.data['users.roles'].list({ user_id: ids[5] ?? '' }).at(-1)?.id).toBe('role_new');
    expect(other.data['users.roles'].size).toBe(mock.data['users.roles'].size);
    expect(other.snapshot()).toEqual(snapshot);
  });

  test('does not change with what happens after it', () => {
    const mock = createMock({ data: { users: 3 } });
    const before = mock.data.users.list();
    const snapshot = mock.snapshot();
    for (const { id } of before) mock.data.users.remove(id);
    for (let i = 0; i < 2; i += 1) {
      mock.restore(snapshot);
      expect(mock.data.users.list()).toEqual(before);
      mock.data.users.update(before[0]?.id ?? '', { name: 'Changed' });
    }
  });

  test.each<[string, (snapshot: Snapshot) => unknown, RegExp]>([
    ['null', () => null, /Expected a snapshot/],
    ['something else', () => ({ users: [] }), /Expected a snapshot/],
    ['of another seed', (one) => ({ ...one, seed: 'b' }), /taken with the seed "b"/],
    ['without collections', (one) => ({ ...one, collections: 5 }), /collections must be an object/],
    [
      'with an unknown collection',
      (one) => ({ ...one, collections: { things: { generated: 1, scopes: [] } } }),
      /collections has no "things"/,
    ],
    [
      'with a list in the place of scopes',
      (one) => ({ ...one, collections: { users: { generated: 1, scopes: {} } } }),
      /collections\.users\.scopes must be a list/,
    ],
    [
      'with an item that breaks the contract',
      (one) => {
        const broken = JSON.parse(JSON.stringify(one));
        broken.collections.users.scopes[0].store.changed[0][1].name = 5;
        return broken;
      },
      /collections\.users\.scopes\[0\] breaks the contract: name/,
    ],
    [
      'with counts that are none',
      (one) => {
        const broken = JSON.parse(JSON.stringify(one));
        broken.collections.users.scopes[0].store.end = -1;
        return broken;
      },
      /store\.end must be the index after the last item/,
    ],
  ])('that is %s is refused, and changes nothing', (_, breakIt, message) => {
    const mock = createMock({ data: { users: 2 }, seed: 'a' });
    mock.data.users.update(mock.data.users.list()[0]?.id ?? '', { name: 'Changed' });
    const users = mock.data.users.list();
    const broken = breakIt(mock.snapshot()) as Snapshot;
    expect(() => mock.restore(broken)).toThrow(message);
    expect(mock.data.users.list()).toEqual(users);
  });
});
