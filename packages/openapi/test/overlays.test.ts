import { expect, test } from 'vitest';
import { type Pointer, SpecProblems } from '../src/index.ts';
import { type ReadOptions, RefusedFile, readDocument } from '../src/read/index.ts';

const main = `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
paths:
  /users:
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { $ref: 'ok.yaml' } }
  /users/{id}:
    delete:
      responses: { '204': { description: Gone. } }
`;
const read = (overlay: string, options: ReadOptions = {}, more: Record<string, string> = {}) => {
  const texts: Record<string, string> = {
    'openapi.yaml': main,
    'ok.yaml': 'description: Fine.\n',
    'overlay.yaml': overlay,
    ...more,
  };
  const files = {
    read(path: string) {
      const text = texts[path];
      if (text === undefined) throw new RefusedFile(`\`${path}\` does not exist.`);
      return text;
    },
  };
  return readDocument('openapi.yaml', files, { overlays: ['overlay.yaml'], ...options });
};
const head = 'overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n';
const problemsOf = (...args: Parameters<typeof read>) =>
  read(...args).then(
    () => 'none',
    (error: unknown) => (error instanceof SpecProblems ? error.message : Promise.reject(error)),
  );

test('actions update and remove parts of the document, in their order', async () => {
  const { document, files } = await read(`${head}
  - target: $.paths['/users'].get
    update: { operationId: users.list }
  - target: $.paths['/users'].get.parameters
    update: { name: after, in: query, schema: { type: string } }
  - target: $.paths['/users/{id}']
    remove: true
  - target: $
    update: { x-client: { name: Acme } }
`);
  expect(document.paths).toMatchObject({
    '/users': {
      get: { operationId: 'users.list', parameters: [{ name: 'limit' }, { name: 'after' }] },
    },
  });
  expect(Object.keys(document.paths ?? {})).toEqual(['/users']);
  expect(document).toHaveProperty('x-client.name', 'Acme');
  expect(files).toEqual(['openapi.yaml', 'ok.yaml', 'overlay.yaml']);
});

test('an update may refer to a file beside the overlay', async () => {
  const overlay = `${head}  - target: $.paths['/users/{id}'].delete.responses
    update: { '404': { $ref: parts/none.yaml } }
`;
  const more = { 'parts/none.yaml': 'description: None.\n' };
  const { document } = await read(overlay, {}, more);
  expect(JSON.stringify(document)).toContain('None.');
});

test('parts from an overlay are located in the overlay, and others in the document', async () => {
  const { locate } = await read(`${head}  - target: $.paths.*.get
    update:
      operationId: users.list
      tags: [Users]
`);
  const at = (...path: Pointer) => {
    const { file, line, column } = locate(path) ?? {};
    return `${file}:${line}:${column}`;
  };
  expect(at('paths', '/users', 'get', 'operationId')).toBe('overlay.yaml:6:7');
  expect(at('paths', '/users', 'get', 'tags')).toBe('overlay.yaml:7:7');
  expect(at('paths', '/users', 'get')).toBe('openapi.yaml:5:5');
  expect(at('paths', '/users', 'get', 'parameters', 0)).toBe('openapi.yaml:6:20');
  expect(at('paths', '/users', 'get', 'responses', '200', 'description')).toBe('ok.yaml:1:1');
});

test('the rules check the document with the overlay', async () => {
  const rules = { 'operation-operationId': 'error', struct: 'error' } as const;
  const id = `${head}  - target: $.paths.*.*\n    update: { operationId: a }\n`;
  expect(await problemsOf(id, { lint: { rules } })).toBe('none');
  const wrong = `${id}  - target: $.paths['/users'].get.parameters[0].schema\n    update:\n      type: strng\n`;
  expect(await problemsOf(wrong, { lint: { rules } })).toMatch(
    /^overlay\.yaml:8:7: `type` can be one of .* Did you mean `string`\? \(struct\)$/,
  );
  expect(
    await problemsOf(`${head}  - target: $\n    update: { x-a: 1 }\n`, { lint: { rules } }),
  ).toBe(
    [
      'openapi.yaml:5:5: Operation object should contain `operationId` field. (operation-operationId)',
      'openapi.yaml:9:5: Operation object should contain `operationId` field. (operation-operationId)',
    ].join('\n'),
  );
});

test.each([
  [
    'a target that selects nothing',
    `${head}  - target: $.paths['/user'].get\n    update: { operationId: a }\n`,
    /^overlay\.yaml:4:5: `\$\.paths\['\/user'\]\.get` selects nothing in the document\. .*\(overlay-target\)$/,
  ],
  [
    'a target that is no JSONPath',
    `${head}  - target: paths.users\n    update: { operationId: a }\n`,
    /^overlay\.yaml:4:5: Invalid JSONPath expression: .* \(overlay\)/,
  ],
  [
    'an update of another kind',
    `${head}  - target: $.paths['/users'].get.parameters[0]\n    update: [1]\n`,
    /^overlay\.yaml:5:5: Cannot apply array to object at .*\(overlay\)$/,
  ],
  ['no actions', 'overlay: 1.0.0\n', /^overlay\.yaml:1:1: .*`actions`\. \(overlay\)$/],
  [
    'no overlay',
    'openapi: 3.1.0\n',
    'overlay.yaml:1:1: Expected an OpenAPI Overlay: begin the file with `overlay: 1.0.0`. (overlay)',
  ],
  [
    'broken YAML',
    `${head}  - target: [\n`,
    /^overlay\.yaml:\d+:\d+: Invalid YAML or JSON: .*\(syntax\)$/,
  ],
  [
    'an address in an update',
    `${head}  - target: $.paths['/users'].get.responses\n    update: { '404': { $ref: 'https://example.com/a.yaml' } }\n`,
    /URLs are never fetched/,
  ],
])('%s is a problem with its place', async (_, overlay, message) => {
  expect(await problemsOf(overlay)).toMatch(message);
});

test('an action may change parts that an earlier one added, or remove unused parts', async () => {
  const { document } = await read(`${head}
  - target: $.paths
    update: { /roles: { get: { responses: { '200': { description: Roles. } } } } }
  - target: $.paths['/roles'].get
    update: { operationId: roles.list }
  - target: $.paths['/users/{id}']
    remove: true
`);
  expect(document.paths?.['/roles']).toHaveProperty('get.operationId', 'roles.list');
});
