import type { API } from '../../src/api/api.ts';
import type { Schema } from '../../src/api/schema.ts';
import { createCore, type MockCore } from '../../src/core.ts';
import { createFetch } from '../../src/http/fetch.ts';
import type { MockOptions } from '../../src/options.ts';
import type { DataCollection } from '../../src/state/data.ts';
import { apiOf } from './api-of.ts';
import type { AnyBody } from './ask.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };
const time: Schema = { type: 'integer', format: 'unixtime' };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const answer = (schema: object, status = 200) => ({
  responses: {
    [status]: { description: 'OK', content: { 'application/json': { schema } } },
  },
});
const body = (schema: object) => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
});
const inPath = (name: string, schema: Schema = text) => ({
  name,
  in: 'path',
  required: true,
  schema,
});
const inQuery = (name: string, schema: Schema) => ({ name, in: 'query', schema });
const limit = inQuery('limit', { type: 'integer', minimum: 1, maximum: 50, default: 10 });
const cursors = [inQuery('after', text), inQuery('before', text)];
const order = inQuery('order', { enum: ['asc', 'desc'], default: 'desc' } as Schema);
const page = (item: string, more: Record<string, Schema> = {}) => ({
  type: 'object',
  required: ['object', 'data', 'has_more'],
  properties: {
    object: { const: 'list' },
    data: { type: 'array', items: ref(item) },
    has_more: { type: 'boolean' },
    ...more,
  },
});
const object = (properties: Record<string, Schema>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});

/** A document that has nothing to do with the spec of this repository: every behavior occurs in it. */
const workspace = {
  openapi: '3.1.0',
  info: { title: 'Workspace', version: '1' },
  servers: [{ url: 'https://workspace.test/api' }],
  paths: {
    '/boards': {
      get: {
        operationId: 'boards.list',
        parameters: [...cursors, order, limit, inQuery('state', { enum: ['open', 'done'] })],
        'x-mock': { seed: 30, filter: { state: 'state' } },
        ...answer(page('Board')),
      },
      post: {
        operationId: 'boards.create',
        ...body(ref('BoardInput')),
        ...answer(ref('Board'), 201),
      },
    },
    '/boards/{board_id}': {
      parameters: [inPath('board_id')],
      get: { operationId: 'boards.retrieve', ...answer(ref('Board')) },
      patch: { operationId: 'boards.update', ...body(ref('BoardPatch')), ...answer(ref('Board')) },
      put: { operationId: 'boards.replace', ...body(ref('BoardInput')), ...answer(ref('Board')) },
      delete: { operationId: 'boards.delete', responses: { 204: { description: 'Gone' } } },
    },
    '/boards/{board_id}/archive': {
      parameters: [inPath('board_id')],
      post: {
        operationId: 'boards.archive',
        'x-mock': { set: { state: 'done' } },
        ...answer(ref('Board')),
      },
    },
    '/boards/{board_id}/settings': {
      parameters: [inPath('board_id')],
      get: { operationId: 'boards.settings.retrieve', ...answer(ref('Settings')) },
      post: {
        operationId: 'boards.settings.update',
        ...body(ref('SettingsPatch')),
        ...answer(ref('Settings')),
      },
      delete: { operationId: 'boards.settings.reset', ...answer(ref('Settings')) },
    },
    '/boards/{board_id}/cards': {
      parameters: [inPath('board_id')],
      get: {
        operationId: 'boards.cards.list',
        parameters: [inQuery('after', text), limit],
        'x-mock': { seed: 25 },
        ...answer(page('Card', { next: orNull(text) })),
      },
      post: {
        operationId: 'boards.cards.create',
        ...body(ref('CardInput')),
        ...answer(ref('Card')),
      },
    },
    '/boards/{board_id}/cards/{card_id}': {
      parameters: [inPath('board_id'), inPath('card_id')],
      get: { operationId: 'boards.cards.retrieve', ...answer(ref('Card')) },
      delete: { operationId: 'boards.cards.delete', ...answer(ref('CardDeleted')) },
    },
    '/boards/{board_id}/cards/{card_id}/notes': {
      parameters: [inPath('board_id'), inPath('card_id')],
      get: {
        operationId: 'boards.cards.notes.list',
        'x-mock': { seed: 2 },
        ...answer({
          type: 'object',
          required: ['data'],
          properties: { data: { type: 'array', items: ref('Note') } },
        }),
      },
      post: {
        operationId: 'boards.cards.notes.create',
        ...body(ref('NoteInput')),
        ...answer(ref('NoteCreated')),
      },
    },
    '/boards/{board_id}/cards/{card_id}/notes/{note_id}': {
      parameters: [inPath('board_id'), inPath('card_id'), inPath('note_id')],
      get: { operationId: 'boards.cards.notes.retrieve', ...answer(ref('Note')) },
    },
    '/report': {
      get: {
        operationId: 'report.retrieve',
        ...answer(object({ total: { type: 'integer', minimum: 5, maximum: 5 } })),
      },
    },
  },
  components: {
    schemas: {
      Board: object(
        {
          id: { ...text, examples: ['board_abc'] },
          object: { const: 'board' },
          title: text,
          state: { enum: ['open', 'done'] },
          note: orNull(text),
          created_at: time,
          labels: { type: 'array', items: text },
        },
        ['id', 'object', 'title', 'state', 'created_at'],
      ),
      BoardInput: {
        ...object({ title: text, note: orNull(text), labels: { type: 'array', items: text } }, [
          'title',
        ]),
        additionalProperties: false,
      },
      BoardPatch: object({ title: orNull(text), note: orNull(text), color: text }, []),
      Settings: object({
        object: { const: 'settings' },
        is_public: { type: 'boolean' },
        quota: { type: 'integer', minimum: 0, maximum: 100 },
      }),
      SettingsPatch: object({ is_public: { type: 'boolean' }, quota: { type: 'integer' } }, []),
      Card: object({
        id: { type: 'string', format: 'uuid' } as Schema,
        board_id: text,
        title: text,
        parent: orNull(ref('CardRef') as Schema),
      }),
      CardRef: object({ id: text, child: orNull(ref('CardRef') as Schema) }),
      CardInput: object({ title: text }),
      CardDeleted: object({
        id: text,
        object: { const: 'card.deleted' },
        done: { type: 'boolean' },
      }),
      Note: object({ id: text, card_id: text, text }),
      NoteInput: object({ text }),
      NoteCreated: object({
        kind: { const: 'note.created' },
        note: ref('Note') as Schema,
        card: ref('Card') as Schema,
      }),
    },
  },
};

/** The API of the document above. */
export async function workspaceAPI(): Promise<API> {
  return apiOf(workspace);
}

/** A mock of the document above, whose data has no types of its own. */
export interface Workspace {
  core: MockCore;
  data: Record<string, DataCollection>;
  /** The items of a collection. */
  items(collection: string, scope?: Record<string, string>): { id: string; state?: string }[];
  /** Sends a request, and parses the answer. */
  send(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: AnyBody; text: string }>;
}

export function createWorkspace(api: API, options: Record<string, unknown> = {}): Workspace {
  const core = createCore(options as MockOptions, api);
  const fetch = createFetch(core);
  // The types of `mock.data` are those of the repository's own spec.
  const data = core.data as unknown as Record<string, DataCollection>;
  return {
    core,
    data,
    items: (collection, scope) =>
      (data[collection]?.list(scope) ?? []) as { id: string; state?: string }[],
    async send(method, path, given) {
      const response = await fetch(`http://mock.test${path}`, {
        method,
        headers: {
          authorization: 'Bearer any',
          ...(given === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(given === undefined ? {} : { body: JSON.stringify(given) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text), text };
    },
  };
}
