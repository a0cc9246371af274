import { beforeEach, describe, expect, test } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import { ask } from '../support/ask.ts';

describe('GET /_mock/requests', () => {
  let mock: Mock;
  let ids: (string | null)[];
  const get = (path: string) => ask(mock, '', { path: `/_mock/requests${path}` });
  const idsOf = async (path: string) =>
    (await get(path)).body.map((entry: { id: string }) => entry.id);

  beforeEach(async () => {
    mock = createMock({ data: { users: 2 } });
    ids = [];
    for (let i = 0; i < 5; i += 1) ids.push((await ask(mock)).headers.get('x-request-id'));
  });

  test('gives all requests, oldest first', async () => {
    expect(await idsOf('')).toEqual(ids);
  });

  test('with a limit, gives the last ones', async () => {
    expect(await idsOf('?limit=2')).toEqual(ids.slice(3));
  });

  test('with after, returns later requests', async () => {
    expect(await idsOf(`?after=${ids[1]}`)).toEqual(ids.slice(2));
    expect(await idsOf(`?after=${ids[1]}&limit=2`)).toEqual(ids.slice(2, 4));
    expect(await idsOf(`?after=${ids[4]}`)).toEqual([]);
  });

  test('with after, explains why a request may be unknown', async () => {
    expect(await idsOf(`?after=${ids[0]}`)).toEqual(ids.slice(1));
    const { status, body } = await get('?after=req_none');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message:
        "The journal has no request 'req_none': it may have been cleared, or the request dropped for newer ones.",
      param: 'after',
    });
  });

  test.each(['summary=true', 'summary'])('with %s, leaves bodies out', async (flag) => {
    const { body } = await get(`?${flag}&limit=1`);
    expect(body[0].response).toEqual({ size: expect.any(Number) });
    expect((await get('?limit=1')).body[0].response.body).toContain('"data"');
  });

  test('with summary=true, has the message of an error response', async () => {
    await ask(mock, '', { path: '/v1/organization/users/user_none' });
    const [error, success] = (await get('?summary=true&limit=2')).body.reverse();
    expect(error).toMatchObject({ status: 404, message: expect.stringContaining('user_none') });
    expect(success).not.toHaveProperty('message');
  });

  test('with an id in the path, gives that one with its bodies', async () => {
    const { body } = await get(`/${ids[2]}`);
    expect(body).toMatchObject({
      id: ids[2],
      response: { body: expect.stringContaining('"data"') },
    });
    const { status, body: missing } = await get('/req_none');
    expect([status, missing.error.message]).toEqual([
      404,
      "The journal has no request 'req_none'.",
    ]);
  });

  test.each([
    '?limit=0',
    '?limit=20001',
    '?after=none',
    '?summary=yes',
    '?lmit=5',
    '?limit=1&limit=2',
  ])('%s is a 400 that names the parameter', async (search) => {
    const { status, body } = await get(search);
    expect(status).toBe(400);
    expect(search).toContain(body.error.param);
  });

  test('is empty after DELETE, which keeps faults and data', async () => {
    mock.fail({ status: 503 });
    expect((await ask(mock, '', { path: '/_mock/requests', method: 'DELETE' })).status).toBe(200);
    expect(mock.requests).toEqual([]);
    expect((await ask(mock)).status).toBe(503);
  });
});

test('GET /_mock/operations describes every operation, with the data to send one', async () => {
  const mock = createMock();
  const { body } = await ask(mock, '', { path: '/_mock/operations' });
  const list = body.find(({ id }: { id: string }) => id === 'admin.organization.users.list');
  expect(list).toMatchObject({
    method: 'GET',
    path: '/organization/users',
    summary: expect.any(String),
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'limit', in: 'query', required: false }),
    ]),
    responses: expect.arrayContaining([
      expect.objectContaining({
        status: '200',
        example: expect.objectContaining({ object: 'list' }),
      }),
    ]),
  });
  const update = body.find(({ id }: { id: string }) => id === 'admin.organization.users.update');
  expect(update).toMatchObject({
    parameters: [expect.objectContaining({ name: 'user_id', in: 'path', required: true })],
    body: { required: true, schema: expect.objectContaining({ type: 'object' }) },
  });
});
