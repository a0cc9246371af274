import type { Collection as Definition } from '@org/codegen/model';
import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/api/schema.ts';
import { ScopedCollection } from '../../src/state/scoped-collection.ts';

const text: Schema = { type: 'string' };
const schema: Schema = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: text, note: text, title: text },
};

interface Given {
  /** The parameters of the scope. */
  params?: string[];
  parent?: ScopedCollection;
  generated?: number;
  schema?: Schema;
}

function collectionOf(name: string, { params = [], parent, generated = 2, ...more }: Given = {}) {
  const definition: Definition = {
    name,
    path: `/${name}`,
    itemParam: `${name}_id`,
    idProperty: 'id',
    scope: params.map((param) => ({ param, collection: parent?.definition.name })),
    itemType: name,
    idPrefix: `${name}_`,
    filter: {},
    seed: generated,
  };
  return new ScopedCollection({
    definition,
    schema,
    seed: 1,
    generated,
    parent,
    ...more,
  });
}

const idsIn = (collection: ScopedCollection, ...scope: string[]) => {
  const page = collection.page(scope, { limit: Number.POSITIVE_INFINITY });
  return 'items' in page ? page.items.map(({ id }) => String(id)) : [];
};

/** Boards with two cards each, and two notes on each card. */
function createBoards() {
  const boards = collectionOf('boards');
  const cards = collectionOf('cards', { params: ['board_id'], parent: boards });
  const notes = collectionOf('notes', { params: ['board_id', 'card_id'], parent: cards });
  const [board = '', other = ''] = idsIn(boards);
  const [card = ''] = idsIn(cards, board);
  const removeBoard = (id: string) => {
    boards.remove([], id);
    cards.removeBelow([id]);
    notes.removeBelow([id]);
  };
  const addBoard = (id: string) => boards.add([], boards.create([], { id }));
  return { boards, cards, notes, board, other, card, removeBoard, addBoard };
}

describe('a scope', () => {
  test('exists where everything that it names exists, and else says what is missing', () => {
    const { boards, cards, notes, board, other, card } = createBoards();
    expect([boards.hasScope([]), cards.hasScope([board]), notes.hasScope([board, card])]).toEqual([
      true,
      true,
      true,
    ]);
    expect(cards.missingIn(['none'])).toBe(0);
    expect(notes.missingIn(['none', card])).toBe(0);
    expect(notes.missingIn([board, 'none'])).toBe(1);
    // The card is on another board.
    expect(notes.missingIn([other, card])).toBe(1);
    expect(notes.hasScope([other, card])).toBe(false);
  });

  test('of which no collection is known exists', () => {
    const members = collectionOf('members', { params: ['team_id'] });
    expect(members.hasScope(['any'])).toBe(true);
    expect(members.sizeOf(['any'])).toBe(2);
  });

  test('below something that is added begins empty', () => {
    const { cards, addBoard } = createBoards();
    addBoard('own');
    expect(cards.sizeOf(['own'])).toBe(0);
    cards.add(['own'], cards.create(['own'], {}));
    expect(cards.sizeOf(['own'])).toBe(1);
  });

  test('is made again alike when more scopes were read than are kept', () => {
    const members = collectionOf('members', { params: ['team_id'] });
    const read = (team: string) => members.get([team], idsIn(members, team)[0] ?? '');
    const first = read('team');
    for (let i = 1; i < 1_000; i += 1) read(`team${i}`);
    expect(read('team')).toBe(first);
    read('one more');
    expect(read('team')).not.toBe(first);
    expect(read('team')).toEqual(first);
  });
});

describe('the size', () => {
  test('counts the items of all scopes, also of those that were never read', () => {
    const { boards, cards, notes, board, card, removeBoard, addBoard } = createBoards();
    const sizes = () => [boards, cards, notes].map(({ size }) => size);
    expect(sizes()).toEqual([2, 4, 8]);
    cards.remove([board], card);
    notes.removeBelow([board, card]);
    expect(sizes()).toEqual([2, 3, 6]);
    cards.add([board], cards.create([board], {}));
    expect(sizes()).toEqual([2, 4, 6]);
    addBoard('own');
    expect(sizes()).toEqual([3, 4, 6]);
    removeBoard(board);
    expect(sizes()).toEqual([2, 2, 4]);
  });

  test('counts only the scopes in use where no collection is known above', () => {
    const members = collectionOf('members', { params: ['team_id'] });
    expect(members.size).toBe(0);
    members.add(['team'], members.create(['team'], {}));
    expect(members.size).toBe(3);
  });
});

describe('a new item', () => {
  test('has what is given, and generated values for what the schema requires beyond, in its order', () => {
    const boards = collectionOf('boards');
    const item = boards.create([], { extra: 1, title: 'Mine', note: 'x' });
    expect(item).toEqual({
      id: expect.stringMatching(/^boards_/),
      note: 'x',
      title: 'Mine',
      extra: 1,
    });
    expect(Object.keys(item)).toEqual(['id', 'note', 'title', 'extra']);
    expect(Object.keys(boards.create([], {}))).toEqual(['id', 'title']);
  });

  test('takes undefined for a property that is not given', () => {
    const item = collectionOf('boards').create([], {
      title: undefined,
      note: undefined,
      extra: undefined,
    });
    expect(Object.keys(item)).toEqual(['id', 'title']);
    expect(item['title']).toEqual(expect.any(String));
  });

  test('has an id, also where the schema does not require one', () => {
    const boards = collectionOf('boards', { schema: { ...schema, required: [] } });
    expect(Object.keys(boards.create([], {}))).toEqual(['id']);
  });

  test('is found by an id that is a number', () => {
    const numbered = { ...schema, properties: { ...schema.properties, id: { type: 'integer' } } };
    const boards = collectionOf('boards', { schema: numbered as Schema });
    const added = boards.add([], boards.create([], { id: 500 }));
    expect(boards.get([], '500')).toBe(added);
    expect(added['id']).toBe(500);
  });

  test('of the same id is the same in every scope', () => {
    const { cards, board, other } = createBoards();
    const [one, two] = [board, other].map((scope) => cards.create([scope], { id: 'cards_x' }));
    expect(one).toEqual(two);
  });
});

describe('removing', () => {
  test('what is not there says so, and changes nothing', () => {
    const { cards, board } = createBoards();
    expect(cards.remove([board], 'none')).toBe(false);
    expect(cards.save()).toEqual({ generated: 2, scopes: [] });
  });

  test('an item takes along all that is below it, and nothing else', () => {
    const { cards, notes, board, other, card, removeBoard, addBoard } = createBoards();
    const [otherCard = ''] = idsIn(cards, other);
    for (const scope of [
      [board, card],
      [other, otherCard],
    ]) {
      notes.add(scope, notes.create(scope, { id: 'own' }));
    }
    // Read, but not changed.
    const [, second = ''] = idsIn(cards, board);
    expect(notes.sizeOf([board, second])).toBe(2);
    removeBoard(board);
    addBoard(board);
    expect(cards.sizeOf([board])).toBe(0);
    expect([notes.sizeOf([board, card]), notes.sizeOf([board, second])]).toEqual([0, 0]);
    expect(notes.get([other, otherCard], 'own')).toBeDefined();
  });

  test('an item deep down takes along what is below it alone', () => {
    const deep = collectionOf('deep', { params: ['a', 'b', 'c'], generated: 0 });
    for (const scope of [
      ['1', '1', '1'],
      ['1', '2', '1'],
      ['2', '1', '1'],
    ])
      deep.add(scope, deep.create(scope, { id: 'own' }));
    deep.removeBelow(['1', '1']);
    expect(deep.save().scopes.map(({ scope }) => scope.join())).toEqual(['1,2,1', '2,1,1']);
  });
});
