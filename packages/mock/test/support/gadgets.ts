const json = (schema: object) => ({ 'application/json': { schema } });
const gadget = {
  type: 'object',
  required: ['id', 'name', 'created_at'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string' },
    created_at: { type: 'string', format: 'date-time', readOnly: true },
    size: {
      type: 'object',
      properties: { width: { type: 'integer' }, height: { type: 'integer' } },
    },
  },
};
const part = {
  type: 'object',
  required: ['id', 'label'],
  properties: { id: { type: 'string' }, label: { type: 'string' } },
};
const settings = {
  type: 'object',
  required: ['theme'],
  properties: { theme: { type: 'string', enum: ['light', 'dark'] } },
};
const wrapped = { type: 'object', required: ['gadget'], properties: { gadget } };
const ok = (schema: object, status = 200) => ({
  responses: { [status]: { description: 'OK', content: json(schema) } },
});
const body = (schema: object) => ({ requestBody: { required: true, content: json(schema) } });
const input = {
  type: 'object',
  properties: { name: { type: 'string' }, size: gadget.properties.size },
};
const list = (name: string, items: object) =>
  ok({ type: 'object', required: [name], properties: { [name]: { type: 'array', items } } });
const id = { name: 'gadgetId', in: 'path', required: true, schema: { type: 'integer' } };
const partID = { name: 'partId', in: 'path', required: true, schema: { type: 'string' } };

/** A document of another style: integer ids that the server makes, wrapped items, items below others, and a singleton. */
export const gadgets = {
  openapi: '3.1.0',
  info: { title: 'Gadgets', version: '1' },
  paths: {
    '/gadgets': { get: list('gadgets', gadget), post: { ...body(input), ...ok(wrapped, 201) } },
    '/gadgets/{gadgetId}': {
      parameters: [id],
      get: ok(wrapped),
      patch: { ...body(input), ...ok(wrapped) },
      delete: { responses: { 204: { description: 'Gone' } } },
    },
    '/gadgets/{gadgetId}/parts': {
      parameters: [id],
      get: list('parts', part),
      post: {
        ...body({ type: 'object', required: ['label'], properties: { label: { type: 'string' } } }),
        ...ok(part, 201),
      },
    },
    '/gadgets/{gadgetId}/parts/{partId}': {
      parameters: [id, partID],
      get: ok(part),
      delete: { responses: { 204: { description: 'Gone' } } },
    },
    '/gadgets/{gadgetId}/settings': {
      parameters: [id],
      get: ok(settings),
      patch: { ...body(settings), ...ok(settings) },
    },
  },
};
