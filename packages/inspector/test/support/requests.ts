import type { OperationInfo, RecordedRequest } from '../../src/api/types.ts';

/** A request of the journal; what a test is about, it gives. */
export function recorded(request: Partial<RecordedRequest> = {}): RecordedRequest {
  return {
    id: 'req_1',
    operation: 'things.list',
    method: 'GET',
    path: '/v1/things',
    query: {},
    status: 200,
    validations: [],
    time: 0,
    duration: 1,
    ...request,
  };
}

export const list: OperationInfo = {
  id: 'things.list',
  method: 'GET',
  path: '/things',
  parameters: [
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
    {
      name: 'names',
      in: 'query',
      required: false,
      schema: { type: 'array', items: { type: 'string' } },
    },
    { name: 'deep', in: 'query', required: false, schema: { type: ['boolean', 'null'] } },
    { name: 'after', in: 'query', required: false, schema: { type: 'string' } },
  ],
  responses: [],
};

export const update: OperationInfo = {
  id: 'things.update',
  method: 'POST',
  path: '/things/{thing_id}',
  parameters: [{ name: 'thing_id', in: 'path', required: true, schema: { type: 'string' } }],
  body: { required: true },
  responses: [],
};

export const retrieveNested: OperationInfo = {
  id: 'things.parts.retrieve',
  method: 'GET',
  path: '/things/{thing_id}/parts/{part_id}',
  parameters: [
    { name: 'thing_id', in: 'path', required: true },
    { name: 'part_id', in: 'path', required: true },
  ],
  responses: [],
};
