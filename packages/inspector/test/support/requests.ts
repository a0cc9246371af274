import type { OperationInfo, RecordedRequest, Schema } from '../../src/api/types.ts';

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

const unknown = {
  summary: '',
  description: '',
  tag: null,
  collection: null,
  behavior: 'mocker',
  returns: 'unknown',
  keys: [],
};
const parameter = { required: false, description: '', example: null };
const inPath = (name: string) =>
  ({ ...parameter, name, in: 'path', required: true, schema: { type: 'string' } }) as const;
const inQuery = (name: string, schema: Schema) =>
  ({ ...parameter, name, in: 'query', schema }) as const;

export const list: OperationInfo = {
  ...unknown,
  id: 'things.list',
  method: 'GET',
  path: '/things',
  call: 'client.things.list',
  arguments: [{ name: 'query', type: 'ThingListParams', optional: true }],
  parameters: [
    inQuery('limit', { type: 'integer' }),
    inQuery('names', { type: 'array', items: { type: 'string' } }),
    inQuery('deep', { type: ['boolean', 'null'] }),
    inQuery('after', { type: 'string' }),
  ],
  responses: [],
};

export const update: OperationInfo = {
  ...unknown,
  id: 'things.update',
  method: 'POST',
  path: '/things/{thing_id}',
  call: 'client.things.update',
  arguments: [
    { name: 'thingID', type: 'string', optional: false },
    { name: 'body', type: 'ThingUpdateParams', optional: false },
  ],
  parameters: [inPath('thing_id')],
  body: { required: true, schema: null, example: null },
  responses: [],
};

export const retrieveNested: OperationInfo = {
  ...unknown,
  id: 'things.parts.retrieve',
  method: 'GET',
  path: '/things/{thing_id}/parts/{part_id}',
  call: 'client.things.parts.retrieve',
  arguments: [
    { name: 'partID', type: 'string', optional: false },
    { name: 'params', type: 'PartRetrieveParams', optional: false, properties: ['thing_id'] },
  ],
  parameters: [inPath('thing_id'), inPath('part_id')],
  responses: [],
};
