import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { API } from '../../src/api/api.ts';
import type { Snapshot } from '../../src/state/snapshot.ts';
import { type InitialData, State } from '../../src/state/state.ts';
import { apiOf } from '../support/api-of.ts';
import { workspaceAPI } from '../support/workspace.ts';

let api: API;
beforeAll(async () => {
  api = await workspaceAPI();
});
const create = (data?: unknown) => new State(api, 'state', data as InitialData);
const idsOf = (state: State, name: string, scope: string[] = []) => {
  const page = state.collection(name).page(scope, { limit: Infinity });
  return 'items' in page ? page.items.map(({ id }) => String(id)) : [];
};
const board = (id: string, more: object = {}) => ({
  id,
  object: 'board',
  title: 'A board',
  state: 'open',
  created_at: 1,
  ...more,
});
const card = (id: string, board_id: string) => ({ id, board_id, title: 'A card', parent: null });
const firstID = '00000000-0000-4000-8000-000000000001';
const secondID = '00000000-0000-4000-8000-000000000002';

test('an unknown collection is an error that names it', () => {
  const state = create();
  expect(() => state.collection('board')).toThrow('No collection is named "board".');
  expect(() => state.singleton('boards')).toThrow('No singleton is named "boards".');
  expect([...state.singletons.keys()]).toEqual(['boards.settings']);
});

test('collections know the collections below them, at any depth', () => {
  const state = create();
  expect(state.below('boards')).toEqual(['boards.cards', 'boards.cards.notes']);
  expect(state.below('boards.cards')).toEqual(['boards.cards.notes']);
  expect(state.below('boards.cards.notes')).toEqual([]);
});

test('a parent is known, wherever the document has it', async () => {
  const text = { type: 'string' };
  const item = { type: 'object', required: ['id'], properties: { id: text } };
  const answer = (schema: object) => ({
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  });
  const list = { type: 'object', properties: { data: { type: 'array', items: item } } };
  const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shelves', version: '1' },
    paths: {
      '/shelves/{shelf_id}/books': {
        parameters: [inPath('shelf_id')],
        get: { operationId: 'shelves.books.list', 'x-mock': { seed: 2 }, ...answer(list) },
      },
      '/shelves/{shelf_id}/books/{book_id}': {
        parameters: [inPath('shelf_id'), inPath('book_id')],
        get: { operationId: 'shelves.books.retrieve', ...answer(item) },
      },
      '/shelves': { get: { operationId: 'shelves.list', 'x-mock': { seed: 1 }, ...answer(list) } },
      '/shelves/{shelf_id}': {
        parameters: [inPath('shelf_id')],
        get: { operationId: 'shelves.retrieve', ...answer(item) },
      },
    },
  };
  const state = new State(await apiOf(document), 1);
  expect(state.collection('shelves.books').parent).toBe(state.collection('shelves'));
  expect(state.collection('shelves.books').hasScope(['nowhere'])).toBe(false);
});

describe('an item that is removed', () => {
  let state: State;
  beforeEach(() => {
    state = create({ boards: 2 });
  });

  test('removes its nested items, and no others', () => {
    const [one = '', other = ''] = idsOf(state, 'boards');
    const [first = '', second = ''] = idsOf(state, 'boards.cards', [one]);
    const settings = state.singleton('boards.settings');
    const initial = settings.get([one]);
    for (const id of [one, other]) settings.set([id], { ...settings.get([id]), quota: 1 });
    const notes = idsOf(state, 'boards.cards.notes', [one, second]);

    expect(state.remove(state.collection('boards.cards'), [one], first)).toBe(true);
    expect(state.remove(state.collection('boards.cards'), [one], first)).toBe(false);
    expect(idsOf(state, 'boards.cards.notes', [one, second])).toEqual(notes);
    expect(settings.get([one])['quota']).toBe(1);

    expect(state.remove(state.collection('boards'), [], one)).toBe(true);
    expect(state.collection('boards.cards').hasScope([one])).toBe(false);
    expect(idsOf(state, 'boards.cards', [other])).toHaveLength(25);
    // A board of the same id would begin with settings of its own.
    expect(settings.get([one])).toEqual(initial);
    expect(settings.get([other])['quota']).toBe(1);
  });

  test('that is not there takes nothing along', () => {
    const cards = state.collection('boards.cards');
    const [one = ''] = idsOf(state, 'boards');
    cards.add([one], card(firstID, one));
    expect(state.remove(state.collection('boards'), [], 'none')).toBe(false);
    expect(cards.get([one], firstID)).toBeDefined();
  });
});

describe('a snapshot', () => {
  test('brings back items and objects without an id, in this mock and in another', () => {
    const state = create({ boards: 3 });
    const [one = '', other = ''] = idsOf(state, 'boards');
    const settings = state.singleton('boards.settings');
    settings.set([one], { ...settings.get([one]), quota: 42 });
    state.remove(state.collection('boards'), [], other);
    state.collection('boards.cards').add([one], card(firstID, one));
    const saved = state.snapshot();
    const copy = JSON.parse(JSON.stringify(saved));

    state.reset();
    expect(idsOf(state, 'boards')).toContain(other);
    expect(settings.get([one])['quota']).not.toBe(42);
    for (const [mock, snapshot] of [
      [state, saved],
      [state, copy],
      [create({ boards: 3 }), copy],
    ] as const) {
      mock.restore(snapshot);
      expect(idsOf(mock, 'boards')).toEqual(
        idsOf(create({ boards: 3 }), 'boards').filter((id) => id !== other),
      );
      expect(mock.singleton('boards.settings').get([one])['quota']).toBe(42);
      expect(mock.collection('boards.cards').get([one], firstID)).toMatchObject({
        title: 'A card',
      });
      expect(mock.snapshot()).toEqual(saved);
    }
  });

  test('without a collection or an object leaves that as it is, or as it began', () => {
    const state = create({ boards: 1 });
    const [one = ''] = idsOf(state, 'boards');
    const settings = state.singleton('boards.settings');
    const initial = settings.get([one]);
    settings.set([one], { ...initial, quota: 42 });
    const { boards: _, ...collections } = state.snapshot().collections;
    state.restore({ snapshot: 1, seed: 'state', collections, singletons: {} });
    expect(idsOf(state, 'boards')).toEqual([one]);
    expect(settings.get([one])).toEqual(initial);
  });

  const snapshotWith = (change: (snapshot: Snapshot) => void) => {
    const state = create({ boards: 1 });
    const [one = ''] = idsOf(state, 'boards');
    state.collection('boards.cards').add([one], card(firstID, one));
    state
      .singleton('boards.settings')
      .set([one], { object: 'settings', is_public: true, quota: 1 });
    const snapshot: Snapshot = structuredClone(state.snapshot());
    change(snapshot);
    return { state, snapshot };
  };

  test.each<[string, (snapshot: Snapshot) => void, string]>([
    [
      'a collection that is unknown',
      ({ collections }) => Object.assign(collections, { desks: collections['boards'] }),
      'Invalid snapshot: collections has no "desks".',
    ],
    [
      'an object that is unknown',
      ({ singletons }) => Object.assign(singletons, { moods: [] }),
      'Invalid snapshot: singletons has no "moods".',
    ],
    [
      'a scope of another length',
      ({ collections }) => collections['boards.cards']?.scopes[0]?.scope.push('more'),
      'Invalid snapshot: collections.boards.cards.scopes[0] has a scope of another length.',
    ],
    [
      'an item that breaks the contract',
      ({ collections }) =>
        Object.assign(collections['boards.cards']?.scopes[0]?.store.changed[0]?.[1] ?? {}, {
          title: 5,
        }),
      'collections.boards.cards.scopes[0] breaks the contract: title must be string',
    ],
    [
      'an object that breaks the contract',
      ({ singletons }) =>
        Object.assign(singletons['boards.settings']?.[0]?.item ?? {}, { quota: 101 }),
      'singletons.boards.settings breaks the contract: quota must be <= 100',
    ],
  ])('with %s is refused, and nothing changes', (_, change, message) => {
    const { state, snapshot } = snapshotWith(change);
    const before = state.snapshot();
    expect(() => state.restore(snapshot)).toThrow(message);
    expect(state.snapshot()).toEqual(before);
  });

  test('is a copy: later changes of the original have no effect', () => {
    const { state, snapshot } = snapshotWith(() => {});
    state.restore(snapshot);
    const [one = ''] = idsOf(state, 'boards');
    Object.assign(snapshot.collections['boards.cards']?.scopes[0]?.store.changed[0]?.[1] ?? {}, {
      title: 5,
    });
    expect(state.collection('boards.cards').get([one], firstID)?.['title']).toBe('A card');
  });
});

describe('initial data', () => {
  test('may be items of any depth, which know what they belong to', () => {
    const state = create({
      boards: [board('a'), board('b')],
      'boards.cards': [card(firstID, 'b')],
      'boards.cards.notes': [{ id: 'n', board_id: 'b', card_id: firstID, text: 'Hi' }],
    });
    expect(idsOf(state, 'boards')).toEqual(['a', 'b']);
    expect(idsOf(state, 'boards.cards', ['a'])).toEqual([]);
    expect(state.collection('boards.cards').get(['b'], firstID)).toEqual(card(firstID, 'b'));
    // A note has no board of its own: what only says where it belongs is not kept.
    expect(state.collection('boards.cards.notes').get(['b', firstID], 'n')).toEqual({
      id: 'n',
      card_id: firstID,
      text: 'Hi',
    });
  });

  test('is not changed, and may be changed afterwards', () => {
    const labels = ['x'];
    const given = { boards: [board('a', { labels })] };
    const state = create(given);
    labels.push('y');
    expect(state.collection('boards').get([], 'a')?.['labels']).toEqual(['x']);
    expect(Object.isFrozen(given.boards[0])).toBe(false);
  });

  test('whose number is undefined is as the document says', () => {
    expect(
      create({ boards: undefined })
        .collection('boards')
        .get([], idsOf(create(), 'boards')[29] ?? ''),
    ).toBeDefined();
    expect(idsOf(create({ boards: 0 }), 'boards')).toEqual([]);
  });

  test('without an id is given one, which is free', () => {
    const { id: _, ...anonymous } = board('x');
    const ids = idsOf(create({ boards: [anonymous, anonymous, board('a')] }), 'boards');
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe('a');
  });

  test.each<[unknown, string]>([
    [5, 'data must be an object, not 5.'],
    [null, 'data must be an object, not null.'],
    [[], 'data must be an object, not [].'],
    [{ desks: 5 }, 'data has no "desks". Collections: boards, boards.cards, boards.cards.notes.'],
    [{ boards: -1 }, 'data.boards must be a number of items or an array of them, not -1.'],
    [{ boards: null }, 'data.boards must be a number of items or an array of them, not null.'],
    [{ boards: [5] }, 'data.boards[0] must be an object, not 5.'],
    [{ boards: [null] }, 'data.boards[0] must be an object, not null.'],
    [{ boards: [board('a'), []] }, 'data.boards[1] must be an object, not [].'],
    [{ boards: [board('a'), board('a')] }, 'data.boards[1]: the id "a" is taken.'],
    [{ boards: [board('a', { title: 5 })] }, 'data.boards[0] breaks the contract: title must be'],
    [{ 'boards.cards': [{}] }, "data['boards.cards'][0] must have board_id"],
    [{ 'boards.cards': [{ board_id: null }] }, "data['boards.cards'][0] must have board_id"],
    [
      { 'boards.cards': [card(firstID, 'none')] },
      "data['boards.cards'][0] belongs to nothing: board_id is unknown.",
    ],
    [
      {
        boards: [board('a')],
        'boards.cards': [card(firstID, 'a'), card(secondID, 'a'), card(firstID, 'a')],
      },
      `data['boards.cards'][2]: the id "${firstID}" is taken.`,
    ],
  ])('%j is refused', (data, message) => {
    expect(() => create(data)).toThrow(message);
  });

  test('of a document without collections may only be empty', async () => {
    const document = { openapi: '3.1.0', info: { title: 'None', version: '1' }, paths: {} };
    const none = await apiOf(document);
    expect(new State(none, 1, {}).snapshot().collections).toEqual({});
    expect(() => new State(none, 1, { users: 5 })).toThrow(
      'data has no "users". Collections: none.',
    );
  });
});
