/**
 * An OpenAPI document of deeply nested unions: schemas that are a `oneOf`, `anyOf` or `allOf` of 3 to 8 others, and
 * objects with such properties, some of them recursive. The ways through the schemas are exponential in number: whatever
 * follows each of them, or copies a schema to each of its uses, never ends.
 */
export function unionsOf(count: number): object {
  const next = numbers(count);
  const ref = (i: number) => ({ $ref: `#/components/schemas/Node${i}` });
  /** Later schemas, most of them near: a union of itself would have no values. */
  const later = (i: number, many: number) =>
    Array.from({ length: many }, (_, j) =>
      ref(Math.min(count - 1, i + 1 + (j < 2 ? j : next(12)))),
    );
  const distinct = (refs: { $ref: string }[]) => [
    ...new Map(refs.map((one) => [one.$ref, one])).values(),
  ];
  const schemaOf = (i: number): object => {
    const description = `Node ${i}.`;
    const many = 3 + next(6);
    const kind = i >= count - 12 ? 'leaf' : kinds[i % kinds.length];
    const own = { [`own${i}`]: { type: 'string' } };
    switch (kind) {
      case 'leaf':
        return {
          description,
          type: 'object',
          required: [`own${i}`],
          properties: { ...own, [`back${i}`]: ref(next(count)) },
        };
      case 'allOf': {
        const part = { type: 'object', properties: { ...own, [`part${i}`]: later(i, 1)[0] } };
        return { description, allOf: [...distinct(later(i, 3)), part] };
      }
      case 'object': {
        const parts = later(i, many).map((one, j) => [`part${i}_${j}`, one]);
        const optional = { anyOf: [ref(next(count)), { type: 'null' }] };
        const list = { type: 'array', items: { oneOf: distinct(later(i, many)) } };
        return {
          description,
          type: 'object',
          properties: {
            ...own,
            ...Object.fromEntries(parts),
            [`optional${i}`]: optional,
            [`list${i}`]: list,
          },
        };
      }
      default:
        return { description, [kind ?? 'oneOf']: distinct(later(i, many)) };
    }
  };
  const indexes = Array.from({ length: count }, (_, i) => i);
  const json = (schema: object) => ({ 'application/json': { schema } });
  const failure = { description: 'An error.', content: json(named('ErrorObject')) };
  const about = { tags: ['Nodes'], summary: 'A call' };
  const resources = indexes.filter((i) => i % 10 === 3);
  return {
    openapi: '3.1.0',
    info: { title: 'Unions', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
    tags: [{ name: 'Nodes', description: 'Nodes.' }],
    servers: [{ url: 'https://bench.test/v1' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      resources.flatMap((i) => [
        [
          `/nodes${i}`,
          {
            get: {
              operationId: `bench.nodes${i}.list`,
              ...about,
              parameters: [
                { name: 'after', in: 'query', schema: { type: 'string' } },
                { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } },
              ],
              responses: {
                200: { description: 'A page.', content: json(named(`List${i}`)) },
                '4XX': failure,
              },
            },
            post: {
              operationId: `bench.nodes${i}.create`,
              ...about,
              requestBody: { required: true, content: json(ref(i)) },
              responses: {
                200: { description: 'The node.', content: json(ref(i)) },
                '4XX': failure,
              },
            },
          },
        ],
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ErrorObject: {
          type: 'object',
          required: ['message'],
          properties: { message: { type: 'string' } },
        },
        ...Object.fromEntries(
          resources.map((i) => [
            `List${i}`,
            {
              type: 'object',
              required: ['data', 'has_more'],
              properties: {
                has_more: { type: 'boolean' },
                data: { type: 'array', items: named(`Item${i}`) },
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          resources.map((i) => [
            `Item${i}`,
            {
              type: 'object',
              required: ['id'],
              properties: { id: { type: 'string' }, node: ref(i) },
            },
          ]),
        ),
        ...Object.fromEntries(indexes.map((i) => [`Node${i}`, schemaOf(i)])),
      },
    },
  };
}

const kinds = ['oneOf', 'object', 'anyOf', 'allOf', 'object'];

function named(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

/** Numbers that look random and are the same each time, from 0 to below `bound`. */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
