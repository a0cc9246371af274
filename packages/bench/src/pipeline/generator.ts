/** An OpenAPI document with many operations, each with parameters, a list with its own schema, and errors. */
export function specOf(count: number): object {
  const indexes = Array.from({ length: count }, (_, i) => i);
  const text = { type: 'string' };
  const failure = { $ref: '#/components/responses/Failure' };
  return {
    openapi: '3.1.0',
    info: { title: 'Generated', version: '1.0.0' },
    servers: [{ url: 'https://bench.test/v1' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      indexes.map((i) => [
        `/things${i}`,
        {
          get: {
            operationId: `things${i}.list`,
            parameters: [
              { name: 'after', in: 'query', schema: text },
              { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
            ],
            responses: {
              200: {
                description: 'A page.',
                content: {
                  'application/json': { schema: { $ref: `#/components/schemas/List${i}` } },
                },
              },
              400: failure,
              500: failure,
            },
          },
        },
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      responses: {
        Failure: {
          description: 'An error.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorObject' } } },
        },
      },
      schemas: {
        ErrorObject: {
          type: 'object',
          required: ['message'],
          properties: { message: text, type: text, param: text, code: text },
        },
        ...Object.fromEntries(
          indexes.flatMap((i) => [
            [
              `List${i}`,
              {
                type: 'object',
                required: ['data', 'has_more'],
                properties: {
                  has_more: { type: 'boolean' },
                  data: { type: 'array', items: { $ref: `#/components/schemas/Thing${i}` } },
                },
              },
            ],
            [
              `Thing${i}`,
              {
                type: 'object',
                required: ['id'],
                properties: {
                  id: text,
                  name: { type: ['string', 'null'] },
                  size: { type: 'integer', minimum: 0 },
                  tags: { type: 'array', items: text },
                },
              },
            ],
          ]),
        ),
      },
    },
  };
}
