import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { API } from '../../src/api/api.ts';
import { createWorkspace, type Workspace, workspaceAPI } from '../support/workspace.ts';

let api: API;
let mock: Workspace;
beforeAll(async () => {
  api = await workspaceAPI();
});
beforeEach(() => {
  mock = createWorkspace(api);
});

const idsOf = (body: { data: { id: unknown }[] }) => body.data.map(({ id }) => id);
const firstBoard = () => mock.items('boards')[0]?.id ?? '';

test('collections follow from the document', () => {
  expect(Object.keys(mock.data)).toEqual(['boards', 'boards.cards', 'boards.cards.notes']);
  const sizes = Object.values(mock.data).map(({ size }) => size);
  expect(sizes).toEqual([30, 30 * 25, 30 * 25 * 2]);
});

describe('list', () => {
  test('takes the limit, the order and their defaults from the document', async () => {
    const all = mock.items('boards');
    const ids = all.map(({ id }) => id);
    const { status, body } = await mock.send('GET', '/boards');
    expect([status, body.object, body.has_more]).toEqual([200, 'list', true]);
    expect(idsOf(body)).toEqual(ids.toReversed().slice(0, 10));
    const asc = (await mock.send('GET', '/boards?order=asc&limit=3')).body;
    expect(idsOf(asc)).toEqual(ids.slice(0, 3));
    expect((await mock.send('GET', '/boards?limit=51')).status).toBe(400);
    const next = (await mock.send('GET', `/boards?order=asc&limit=3&after=${ids[2]}`)).body;
    expect(idsOf(next)).toEqual(ids.slice(3, 6));
    const before = (await mock.send('GET', `/boards?order=asc&limit=2&before=${ids[6]}`)).body;
    expect(idsOf(before)).toEqual(ids.slice(4, 6));
  });

  test('filters by any property that x-mock names', async () => {
    const all = mock.items('boards');
    for (const state of ['open', 'done']) {
      const { body } = await mock.send('GET', `/boards?state=${state}&order=asc&limit=50`);
      expect(idsOf(body)).toEqual(all.filter((one) => one.state === state).map(({ id }) => id));
    }
  });

  test('without a limit in the document holds everything', async () => {
    const board = firstBoard();
    const cards = mock.items('boards.cards', { board_id: board });
    const { body } = await mock.send('GET', `/boards/${board}/cards/${cards[0]?.id}/notes`);
    expect(body.data).toHaveLength(2);
  });

  test('with a cursor of its own is walked by it, and by nothing else', async () => {
    const board = firstBoard();
    const path = `/boards/${board}/cards?limit=10`;
    const seen: unknown[] = [];
    let next = '';
    for (let i = 0; i < 3; i += 1) {
      const { body } = await mock.send('GET', `${path}${next && `&after=${next}`}`);
      seen.push(...idsOf(body));
      expect(body.has_more).toBe(i < 2);
      next = body.next;
    }
    expect(next).toBeNull();
    expect(new Set(seen).size).toBe(25);
    expect((await mock.send('GET', `${path}&after=${seen[3]}`)).body).toMatchObject({
      param: 'after',
    });
  });
});

describe('create', () => {
  test('validates the body, and responds with it', async () => {
    const sent = { title: 'Plans', labels: ['a', 'b'] };
    const { status, body } = await mock.send('POST', '/boards', sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...sent, object: 'board', state: expect.any(String) });
    expect(body.id).toMatch(/^board_[0-9a-z]{7}$/);
    expect(body).not.toHaveProperty('note');
    expect((await mock.send('GET', `/boards/${body.id}`)).body).toEqual(body);
    const first = (await mock.send('GET', '/boards?limit=1')).body;
    expect(first.data).toEqual([body]);
    expect(mock.data['boards']?.size).toBe(31);
  });

  test.each([
    [{}, 'title', 'it is required'],
    [{ title: 5 }, 'title', 'must be string'],
    [{ title: 'x', colour: 'red' }, 'colour', 'not a known property'],
    [{ title: 'x', labels: ['a', 5] }, 'labels.1', 'must be string'],
  ])('of %j is a 400 that names %s', async (body, param, message) => {
    const { status, body: answer } = await mock.send('POST', '/boards', body);
    expect(status).toBe(400);
    expect(answer.param).toBe(param);
    expect(answer.detail).toContain(message);
    expect(mock.data['boards']?.size).toBe(30);
  });

  test('fills path parameters in, and begins with nothing below it', async () => {
    const { body: board } = await mock.send('POST', '/boards', { title: 'New' });
    expect((await mock.send('GET', `/boards/${board.id}/cards`)).body.data).toEqual([]);
    const { body: card } = await mock.send('POST', `/boards/${board.id}/cards`, { title: 'One' });
    expect(card).toMatchObject({ board_id: board.id, title: 'One' });
    const path = `/boards/${board.id}/cards/${card.id}/notes`;
    const { status, body } = await mock.send('POST', path, { text: 'Hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'note.created',
      note: { text: 'Hello', card_id: card.id },
      card,
    });
    expect((await mock.send('GET', `${path}/${body.note.id}`)).body).toEqual(body.note);
  });
});

describe('one item', () => {
  test('is retrieved, merged into, replaced and deleted', async () => {
    const path = `/boards/${firstBoard()}`;
    const { body: old } = await mock.send('GET', path);
    const patch = { note: 'Read me', color: 'blue' };
    const { body: merged } = await mock.send('PATCH', path, patch);
    expect(merged).toEqual({ ...old, note: 'Read me' });
    const { body: replaced } = await mock.send('PUT', path, { title: 'Only this' });
    const { note: _, labels: __, ...rest } = merged;
    expect(replaced).toEqual({ ...rest, title: 'Only this' });
    expect(await mock.send('DELETE', path)).toMatchObject({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE'])
      expect((await mock.send(method, path)).status).toBe(404);
    expect((await mock.send('PATCH', path, {})).status).toBe(404);
  });

  test('that is deleted with a fault: an answer without a body has no page and no cursor', async () => {
    const path = `/boards/${firstBoard()}`;
    mock.core.fail({ cursor: 'repeat', times: 1 });
    expect(await mock.send('DELETE', path)).toMatchObject({ status: 204, text: '' });
    mock.core.fail({ connection: 'reset', times: 1 });
    await expect(mock.send('DELETE', `/boards/${firstBoard()}`)).rejects.toThrow('fetch failed');
  });

  test('that an update would break is a 400, though the body is valid', async () => {
    const path = `/boards/${firstBoard()}`;
    const { status, body } = await mock.send('PATCH', path, { title: null });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      param: 'title',
      detail: expect.stringContaining('string'),
    });
  });

  test('takes its children along, and gives them back with a snapshot', async () => {
    const board = firstBoard();
    const cards = mock.items('boards.cards', { board_id: board });
    const [card] = cards.map(({ id }) => id);
    const notes = `/boards/${board}/cards/${card}/notes`;
    await mock.send('POST', notes, { text: 'kept' });
    const snapshot = JSON.parse(JSON.stringify(mock.core.snapshot()));
    await mock.send('DELETE', `/boards/${board}`);
    expect(mock.data['boards.cards']?.size).toBe(29 * 25);
    expect(mock.data['boards.cards.notes']?.size).toBe(29 * 25 * 2);
    for (const path of [`/boards/${board}/cards`, notes, `/boards/${board}/settings`])
      expect((await mock.send('GET', path)).status).toBe(404);
    mock.data['boards']?.add({ id: board });
    expect((await mock.send('GET', `/boards/${board}/cards`)).body.data).toEqual([]);
    mock.core.restore(snapshot);
    expect((await mock.send('GET', notes)).body.data).toHaveLength(3);
    expect(mock.data['boards.cards.notes']?.size).toBe(30 * 25 * 2 + 1);
  });

  test('that is deleted is confirmed by the answer that the document describes', async () => {
    const board = firstBoard();
    const [card] = mock.items('boards.cards', { board_id: board });
    const { body } = await mock.send('DELETE', `/boards/${board}/cards/${card?.id}`);
    expect(body).toEqual({ id: card?.id, object: 'card.deleted', done: true });
  });

  test('is changed by an action', async () => {
    const board = mock.data['boards']?.add({ state: 'open' }) as { id: string };
    const { status, body } = await mock.send('POST', `/boards/${board.id}/archive`);
    expect([status, body]).toEqual([200, { ...board, state: 'done' }]);
    expect((await mock.send('GET', `/boards/${board.id}`)).body.state).toBe('done');
  });
});

describe('a singleton', () => {
  test('is read, merged into and put back, in each scope of its own', async () => {
    const [a, b] = mock.items('boards').map(({ id }) => id);
    const path = `/boards/${a}/settings`;
    const { body: initial } = await mock.send('GET', path);
    expect(initial).toMatchObject({ object: 'settings', is_public: expect.any(Boolean) });
    const other = (await mock.send('GET', `/boards/${b}/settings`)).body;
    const { body: changed } = await mock.send('POST', path, { is_public: !initial.is_public });
    expect(changed).toEqual({ ...initial, is_public: !initial.is_public });
    expect((await mock.send('GET', path)).body).toEqual(changed);
    expect((await mock.send('GET', `/boards/${b}/settings`)).body).toEqual(other);
    expect((await mock.send('POST', path, { quota: 101 })).body.param).toBe('quota');
    expect((await mock.send('DELETE', path)).body).toEqual(initial);
    expect((await mock.send('GET', '/boards/nobody/settings')).status).toBe(404);
  });
});

test('an operation that fits nothing is answered by Prism, or by a handler', async () => {
  expect((await mock.send('GET', '/report')).body).toEqual({ total: 5 });
  const handlers = { 'report.retrieve': () => ({ total: 6 }) };
  const { status, body } = await createWorkspace(api, { handlers }).send('GET', '/report');
  expect([status, body.detail]).toEqual([500, expect.stringContaining("doesn't match the spec")]);
});

test("operations are described with their calls and the mock's behavior", () => {
  const [list] = JSON.parse(JSON.stringify([api.behavior('boards.list'), api.call('boards.list')]));
  expect(list).toMatchObject({ kind: 'list', collection: 'boards', pageClass: 'CursorPage' });
  expect(api.call('boards.cards.retrieve')).toMatchObject({
    method: 'client.boards.cards.retrieve',
    arguments: [
      { name: 'cardID', type: 'string', optional: false },
      { name: 'params', type: 'CardRetrieveParams', optional: false, properties: ['board_id'] },
    ],
  });
  expect(api.behavior('nothing')).toEqual({ kind: 'mocker' });
});
