import { describe, expect, test } from 'vitest';
import { createCore } from '../../src/core.ts';
import { createFetch } from '../../src/http/fetch.ts';
import { apiOf } from '../support/api-of.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: object) => ({ 'application/json': { schema } });
const gives = (schema: object, status = 200) => ({
  responses: { [status]: { description: 'Done', content: content(schema) } },
});

/** Folders with the folder above, those below, and an owner who has a home folder. */
function folders(parent: object, page: object, openapi = '3.0.3') {
  const id = { name: 'id', in: 'path', required: true, schema: text };
  const folder = (required: string[]) => ({
    type: 'object',
    required,
    properties: {
      id: text,
      name: text,
      parent,
      children: { type: 'array', items: ref('Folder') },
      owner: ref('Owner'),
    },
  });
  return {
    openapi,
    info: { title: 'Folders', version: '1' },
    paths: {
      '/folders': {
        get: gives(page),
        post: { ...gives(ref('Folder'), 201), requestBody: { content: content(ref('NewFolder')) } },
      },
      '/folders/{id}': {
        parameters: [id],
        get: gives(ref('Folder')),
        patch: { ...gives(ref('Folder')), requestBody: { content: content(ref('NewFolder')) } },
      },
    },
    components: {
      schemas: {
        Folder: folder(['id', 'name']),
        NewFolder: folder(['name']),
        Owner: { type: 'object', properties: { name: text, home: ref('Folder') } },
        Folders: { type: 'array', items: ref('Folder') },
        Page: { type: 'object', properties: { data: { type: 'array', items: ref('Folder') } } },
      },
    },
  };
}

const parents: [string, object][] = [
  ['a reference', ref('Folder')],
  ['a described reference', { ...ref('Folder'), description: 'The folder above.' }],
  ['a nullable reference', { ...ref('Folder'), nullable: true }],
  ['a nullable allOf', { allOf: [ref('Folder')], nullable: true }],
  ['a reference or null', { anyOf: [ref('Folder'), { type: 'null' }] }],
];
const pages: [string, object][] = [
  ['an array', { type: 'array', items: ref('Folder') }],
  ['a schema of arrays', ref('Folders')],
  ['a page', ref('Page')],
];

describe.each(parents)('items that refer to others of their kind by %s', (_, parent) => {
  test.each(pages)('are the same wherever they are shown, in %s', async (__, page) => {
    const core = createCore({}, await apiOf(folders(parent, page, '3.1.0')));
    const send = createFetch(core);
    const ask = async (path: string, method = 'GET', body?: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const response = await send(path, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return response.json() as Promise<Record<string, unknown>>;
    };
    const listed = async () => {
      const found: unknown = await ask('/folders');
      return (Array.isArray(found) ? found : (found as { data: unknown[] }).data) as object[];
    };
    const made = await ask('/folders', 'POST', { name: 'a' });
    // Nothing is known of a folder above it.
    expect(made).toEqual({ id: expect.any(String), name: 'a' });
    expect(await ask(`/folders/${made['id']}`)).toEqual(made);
    expect(await listed()).toContainEqual(made);
    const above = { id: 'f1', name: 'b', parent: { id: 'f2', name: 'c' } };
    const changed = await ask(`/folders/${made['id']}`, 'PATCH', { name: 'a', parent: above });
    expect(changed).toEqual({ ...made, parent: above });
    expect(await ask(`/folders/${made['id']}`)).toEqual(changed);
    expect(await listed()).toContainEqual(changed);
    const wrong = { ...above, parent: { ...above, parent: { id: 'f3', name: { of: 'it' } } } };
    const headers = { 'content-type': 'application/json' };
    const refused = await send('/folders', {
      method: 'POST',
      headers,
      body: JSON.stringify(wrong),
    });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('name')]);
    const broken = core.requests.filter(({ validations }) =>
      validations.some(({ severity }) => severity === 'error'),
    );
    expect(broken.map(({ status }) => status)).toEqual([400]);
  });
});

test('an answer that has more than such items has more', async () => {
  const document = folders(ref('Folder'), ref('Folders'), '3.1.0');
  const more = { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } };
  Object.assign(document.paths['/folders/{id}'], {
    get: gives({ allOf: [ref('Folder'), more] }),
  });
  const send = createFetch(createCore({}, await apiOf(document)));
  const [first] = (await (await send('/folders')).json()) as { id: string }[];
  const whole = (await (await send(`/folders/${first?.id}`)).json()) as object;
  expect(whole).toMatchObject({ id: first?.id, size: expect.any(Number) });
});
