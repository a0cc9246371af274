import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const boolean = { type: 'boolean' };
const outcome = {
  ok: boolean,
  success: boolean,
  hasError: boolean,
  error: { type: ['string', 'null'] },
  status: { enum: ['error', 'success'] },
};
const said = { ok: true, success: true, hasError: false, error: null, status: 'success' };

test('an answer that says how it went says that it went well', async () => {
  const contact = object({ id: integer, name: text });
  const whole = object({ ...outcome, contact });
  const { error: _, ...flags } = outcome;
  const error = gives(object({ ...flags, message: text }), 404);
  const mock = await mockOfPaths({
    '/contacts': {
      get: gives(object({ ...outcome, contacts: listOf(contact) })),
      post: { ...takes(object({ name: text })), ...gives(whole, 201) },
    },
    '/contacts/{id}': {
      parameters: inPath('id'),
      get: { responses: { ...Object(gives(whole)).responses, ...Object(error).responses } },
      delete: gives(object(outcome)),
    },
  });
  const added = await askFor(mock, 'POST /contacts', { name: 'Ada' });
  expect(added).toEqual({ status: 201, body: { ...said, contact: { id: 101, name: 'Ada' } } });
  const { body } = await askFor(mock, 'GET /contacts');
  expect(body).toMatchObject(said);
  expect(body.contacts.at(-1)).toEqual(added.body.contact);
  expect((await askFor(mock, 'GET /contacts/101')).body).toEqual(added.body);
  expect((await askFor(mock, 'DELETE /contacts/101')).body).toEqual(said);
  const gone = await askFor(mock, 'GET /contacts/101');
  expect(gone.status).toBe(404);
  expect(Object.keys(gone.body)).toEqual([...Object.keys(flags), 'message']);
  expect(gone.body).toMatchObject({ ok: false, success: false, hasError: true, status: 'error' });
});

test('an item keeps what it says itself', async () => {
  const check = object({ id: integer, ...outcome });
  const mock = await mockOfPaths({
    '/checks': { get: gives(listOf(check)), post: { ...takes(check), ...gives(check, 201) } },
    '/checks/{id}': { parameters: inPath('id'), get: gives(object({ check })) },
  });
  const failed = {
    id: 900,
    ok: false,
    success: false,
    hasError: true,
    error: 'no',
    status: 'error',
  };
  expect((await askFor(mock, 'POST /checks', failed)).body).toEqual(failed);
  expect((await askFor(mock, 'GET /checks/900')).body).toEqual({ check: failed });
});
