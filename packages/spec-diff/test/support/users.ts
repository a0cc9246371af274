import type { Document } from '../../src/document/spec.ts';

interface Edits {
  maximum?: number;
  name?: object;
  /** Whether the list is deprecated. */
  deprecated?: boolean;
  /** Further methods of `/users/{user_id}`. */
  more?: object;
}

const responseOf = (schema: object) => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});
const User = { $ref: '#/components/schemas/User' };
const id = { name: 'user_id', in: 'path', required: true, schema: { type: 'string' } };

/** A list and an item that share a schema: small enough to know all that its changes reach. */
export function usersAPI({
  maximum = 100,
  name = { type: 'string' },
  deprecated = false,
  more = {},
}: Edits = {}) {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum } };
  const data = { type: 'array', items: User };
  const list = { type: 'object', required: ['data'], properties: { data } };
  return {
    openapi: '3.1.0',
    info: { title: 'Users', version: '1.0.0' },
    paths: {
      '/users': {
        get: {
          operationId: 'users.list',
          ...(deprecated && { deprecated }),
          parameters: [limit],
          responses: responseOf(list),
        },
      },
      '/users/{user_id}': {
        get: { operationId: 'users.retrieve', parameters: [id], responses: responseOf(User) },
        ...more,
      },
    },
    components: {
      schemas: {
        User: {
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { type: 'string' }, name },
        },
      },
    },
  } satisfies Document;
}

export const deletion = {
  delete: {
    operationId: 'users.delete',
    parameters: [id],
    responses: { 204: { description: 'Deleted.' } },
  },
};
