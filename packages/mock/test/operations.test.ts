import { describe, expect, test } from 'vitest';
import { bodySchema, responseExample, successOf } from '../src/api/api.ts';
import { createMock } from '../src/index.ts';
import { api } from '../src/spec.ts';
import { compileValue } from '../src/state/generate/values.ts';
import { ask } from './support/ask.ts';

// Whatever the spec holds: no operation is named here.
describe.each(api.operations.map((operation) => [operation.iid, operation] as const))(
  '%s',
  (id, operation) => {
    const mock = createMock();
    const method = operation.method.toUpperCase();
    const schema = bodySchema(operation);
    const persona = { seed: 1, index: 0, exemplary: true, ids: {} };
    const sent = schema && compileValue(schema, '', operation)({ persona, row: 0, depth: 0 }, 1);
    const path = `${api.basePath}${operation.path}`;
    /** The path with ids of items that exist, as far as the mock knows collections for them. */
    const existing = () => {
      const behavior = api.behavior(id);
      const name = 'collection' in behavior ? behavior.collection : '';
      const definition = api.collections.find((one) => one.name === name);
      const params: Record<string, string> = {};
      const data = mock.data as unknown as Record<
        string,
        { list(scope: object): { id: string }[] }
      >;
      for (const { param, collection } of definition?.scope ?? [])
        params[param] = data[collection ?? '']?.list(params)[0]?.id ?? 'x';
      const item = data[name]?.list(params)[0]?.id ?? 'x';
      return path.replace(/\{(\w+)\}/g, (_, param: string) => params[param] ?? item);
    };
    const send = (target: string, headers: Record<string, string> = {}) =>
      ask(mock, '', {
        path: target,
        method,
        headers: { ...headers, ...(schema ? { 'content-type': 'application/json' } : {}) },
        ...(schema ? { body: JSON.stringify(sent) } : {}),
      });

    test('answers with success, and with an error to what does not exist', async () => {
      expect((await send(existing())).status).toBe(successOf(operation));
      if (!operation.path.includes('{')) return;
      const { status, body } = await send(path.replace(/\{\w+\}/g, 'nobody'));
      expect([status, body.error.code]).toEqual([404, 'not_found']);
    });

    test('prefers what Prefer says, and changes nothing then', async () => {
      const before = mock.snapshot();
      for (const { code } of operation.responses) {
        const { status, body } = await send(existing(), { prefer: `code=${code}` });
        expect(status).toBe(Number(code));
        const example = responseExample(operation, Number(code));
        // Without an example, Prism makes an answer from the schema.
        if (example !== undefined) expect(body).toEqual(example);
      }
      expect(mock.snapshot()).toEqual(before);
    });

    test('refuses a request without a key', async () => {
      expect((await send(existing(), { authorization: 'Basic x' })).status).toBe(401);
    });
  },
);

test('listeners hear of what goes with a removed item, too', async () => {
  const mock = createMock({ data: { users: 2 } });
  const [user] = mock.data.users.list();
  const response = await mock.fetch('http://127.0.0.1/_mock/events', {
    headers: { host: '127.0.0.1' },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  mock.data.users.remove(user?.id ?? '');
  let seen = '';
  while (!seen.includes('users.roles')) seen += (await reader?.read())?.value ?? '';
  expect(seen).toContain('{"collection":"users"}');
  await reader?.cancel();
  await mock.close();
});
