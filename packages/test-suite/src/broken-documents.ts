/** A document with a mistake, and the problem that is reported. */
export interface BrokenDocument {
  /** What is wrong. */
  name: string;
  /** The files, the document first: in one file, and with the path item in a file of its own. */
  variants: { files: Record<string, string>; place: string }[];
  /** A part of the message. */
  message: string;
  /** Whether the mock serves the document all the same, with a warning. */
  isServed?: boolean;
  /** Whether the linter's rule for the structure of a document does not report it. */
  isUnlinted?: boolean;
}

const head = `openapi: 3.0.3
info:
  title: Things
  version: '1'
`;
const item = `get:
  operationId: things.list
  parameters:
    - name: limit
      in: query
      schema: { type: integer }
  responses:
    '200':
      description: The things.
      content:
        application/json:
          schema:
            type: object
            required: [id]
            properties:
              id: { type: string }
`;

type Edit = readonly [before: string, after: string];
type Rest = Pick<BrokenDocument, 'isServed' | 'isUnlinted'>;

function apply(text: string, [before, after]: Edit): string {
  if (!text.includes(before)) throw new Error(`The document has no ${before}`);
  return text.replace(before, after);
}

/** The lines of an item from this one on. */
const from = (line: string) => item.slice(item.indexOf(line));
const indent = (text: string) => text.replaceAll(/^(?=.)/gm, '    ');

/** A mistake in the path item. `place` is a line and a column in the item's own file. */
function inItem(
  name: string,
  edit: Edit,
  [line, column]: [number, number],
  message: string,
  rest: Rest = {},
  path = '/things',
): BrokenDocument {
  const text = apply(item, edit);
  const joined = `${head}paths:\n  ${path}:\n${indent(text)}`;
  const main = `${head}paths:\n  ${path}:\n    $ref: paths/things.yaml\n`;
  return {
    name,
    message,
    ...rest,
    variants: [
      { files: { 'openapi.yaml': joined }, place: `openapi.yaml:${line + 6}:${column + 4}` },
      {
        files: { 'openapi.yaml': main, 'paths/things.yaml': text },
        place: `paths/things.yaml:${line}:${column}`,
      },
    ],
  };
}

/** A mistake in the main file, where the path item is in the same file or in another one. */
function inMain(
  name: string,
  edit: (head: string) => string,
  [line, column]: [number, number],
  message: string,
  rest: Rest = {},
  paths: readonly string[] = [
    `paths:\n  /things:\n${indent(item)}`,
    'paths:\n  /things:\n    $ref: paths/things.yaml\n',
  ],
): BrokenDocument {
  const variants = paths.map((text) => ({
    files: { 'openapi.yaml': edit(head) + text, 'paths/things.yaml': item },
    place: `openapi.yaml:${line}:${column}`,
  }));
  return { name, message, ...rest, variants };
}

/** A mistake in the path itself. */
function inPath(name: string, path: string, message: string, edit?: Edit): BrokenDocument {
  const own = (edit ? apply(item, edit) : item).replace('limit', nameIn(path));
  const variants = [indent(own), '    $ref: paths/things.yaml\n'].map((text) => ({
    files: { 'openapi.yaml': `${head}paths:\n  ${path}:\n${text}`, 'paths/things.yaml': own },
    place: 'openapi.yaml:6:3',
  }));
  return { name, message, ...unlinted, variants };
}

const nameIn = (path: string): string => /\{\W?(\w+)/.exec(path)?.[1] ?? 'limit';

/** A document that is this text. */
function whole(name: string, file: string, text: string, place: string, message: string) {
  return { name, message, variants: [{ files: { [file]: text }, place: `${file}:${place}` }] };
}

const served = { isServed: true };
const unlinted = { isServed: true, isUnlinted: true };
const add = (text: string) => (before: string) => before + text;
const replace = (before: string, after: string) => (text: string) => apply(text, [before, after]);

/** Mistakes that people make. */
export const brokenDocuments: readonly BrokenDocument[] = [
  whole('an empty file', 'openapi.yaml', '', '1:1', 'found no key `openapi`'),
  whole('a text', 'openapi.yaml', 'Things\n', '1:1', 'found no key `openapi`'),
  whole(
    'JSON with a comma at the end',
    'openapi.json',
    '{\n  "openapi": "3.1.0",\n  "info": {\n    "title": "Things",\n    "version": "1",\n  },\n  "paths": {}\n}\n',
    '6:3',
    'found `}` after a comma: remove the comma before it',
  ),
  inMain('another version', replace('3.0.3', '4.0.0'), [1, 1], 'found OpenAPI 4.0.0'),
  inMain('OpenAPI 2.0', replace('openapi: 3.0.3', 'swagger: "2.0"'), [1, 1], 'found Swagger 2.0'),
  inMain(
    'no info',
    replace("info:\n  title: Things\n  version: '1'\n", ''),
    [1, 1],
    'The document has no `info`. Add it.',
    served,
  ),
  inMain(
    'info as a string',
    replace("info:\n  title: Things\n  version: '1'\n", 'info: Things\n'),
    [2, 1],
    'Expected an object (Info): `info` is a string.',
  ),
  inMain('no paths', (text) => text, [1, 1], 'The document has no `paths`. Add it.', served, ['']),
  inMain('paths as a list', (text) => text, [5, 1], 'Expected an object: `paths` is a list.', {}, [
    'paths:\n  - /things: {}\n',
  ]),
  inMain(
    'a path without a slash',
    (text) => text,
    [6, 3],
    'The path `things` has no leading slash. Write `/things`.',
    {},
    [`paths:\n  things:\n${indent(item)}`, 'paths:\n  things:\n    $ref: paths/things.yaml\n'],
  ),
  inMain(
    'an empty path',
    (text) => text,
    [6, 3],
    'Expected an object (PathItem): `/things` is empty.',
    served,
    ['paths:\n  /things:\n'],
  ),
  inMain(
    'servers as a string',
    add('servers: https://api.test\n'),
    [5, 1],
    'Expected a list: `servers` is a string.',
  ),
  inMain(
    'a server without an address',
    add('servers:\n  - description: None\n'),
    [6, 5],
    'The Server has no `url`. Add it.',
  ),
  inMain(
    'security as an object',
    add('security:\n  key: []\n'),
    [5, 1],
    'Expected a list: `security` is an object.',
  ),
  inMain(
    'a security scheme without a type',
    add('components:\n  securitySchemes:\n    key: { in: header, name: key }\n'),
    [7, 5],
    'The SecurityScheme has no `type`. Add it.',
  ),
  inMain(
    'components as a list',
    add('components: [1]\n'),
    [5, 1],
    'Expected an object (Components): `components` is a list.',
  ),
  inMain('tags as a string', add('tags: things\n'), [5, 1], 'Expected a list: `tags` is a string.'),
  inItem(
    'a key that is used twice',
    ['  parameters', '  operationId: again\n  parameters'],
    [3, 3],
    'the key `operationId` is used twice: first on line',
  ),
  inItem('a tab', ['  operationId', '\toperationId'], [2, 1], 'tab characters must not be used'),
  inItem(
    'a brace that is not closed',
    ['{ type: integer }', '{ type: integer'],
    [7, 3],
    'a `{`, `[` or quote in a line above is not closed',
  ),
  inItem(
    'an operation as a string',
    [item, 'get: things\n'],
    [1, 1],
    'Expected an object (Operation): `get` is a string.',
  ),
  inItem(
    'an unknown method',
    ['get:', 'gett:'],
    [1, 1],
    'Unexpected field `gett`. Did you mean `get`?',
    served,
  ),
  inItem(
    'an operationId that is a number',
    ['things.list', '5'],
    [2, 3],
    'Expected a string: `operationId` is a number.',
  ),
  inItem(
    'an operationId that is used twice',
    [item, item + item.replace('get:', 'put:')],
    [18, 3],
    'The operationId `things.list` is used twice.',
    unlinted,
  ),
  inItem(
    'a path parameter that is not declared',
    [item, item],
    [1, 1],
    'The path parameter `id` is not declared. Add `{ name: id, in: path,',
    unlinted,
    '/things/{id}',
  ),
  inItem(
    'a path parameter that is not in the path',
    ['in: query\n', 'in: path\n      required: true\n'],
    [1, 1],
    'The path parameter `limit` is not in the path. Write `{limit}` into it,',
    unlinted,
  ),
  ...['{+id}', '{id*}', '{id:.*}', '{proxy+}'].map((part) =>
    inPath(
      `a path with ${part}`,
      `/things/${part}`,
      `The path has \`${part}\`, which OpenAPI does not have. Write \`{`,
      ['in: query\n', 'in: path\n      required: true\n'],
    ),
  ),
  inPath('a path that ends in {?limit}', '/things{?limit}', 'The path ends in `{?limit}`, which'),
  inPath(
    'a path with a query',
    '/things?limit=3',
    'No request matches the path: it has `?limit=3`',
  ),
  inItem(
    'parameters as an object',
    [
      '    - name: limit\n      in: query\n      schema: { type: integer }',
      '    limit: { in: query }',
    ],
    [3, 3],
    'Expected a list: `parameters` is an object.',
  ),
  inItem(
    'a parameter without a name',
    ['name: limit\n      in', 'in'],
    [4, 7],
    'The Parameter has no `name`. Add it.',
  ),
  inItem(
    'a parameter without `in`',
    ['      in: query\n', ''],
    [4, 7],
    'The Parameter has no `in`. Add it.',
  ),
  inItem(
    'a parameter in the body',
    ['in: query', 'in: body'],
    [5, 7],
    '`in` cannot be "body". Use one of: query, header, path, cookie.',
  ),
  inItem(
    'a body as a string',
    ['  responses', '  requestBody: things\n  responses'],
    [7, 3],
    'Expected an object (RequestBody): `requestBody` is a string.',
  ),
  inItem(
    'no responses',
    [from('  responses:'), ''],
    [1, 1],
    'The Operation has no `responses`. Add it.',
    served,
  ),
  inItem(
    'responses as a list',
    [from("    '200':"), '    - description: OK\n'],
    [7, 3],
    'Expected an object: `responses` is a list.',
  ),
  inItem(
    'a status that is none',
    ["'200'", 'ok'],
    [8, 5],
    '`ok` is not a status. Write one such as `200` or `4XX`, or `default`.',
    served,
  ),
  inItem(
    'a status that is nearly one',
    ["'200'", '20x'],
    [8, 5],
    '`20x` is not a status.',
    unlinted,
  ),
  inItem(
    'a media type without a slash',
    ['application/json', 'json'],
    [11, 9],
    '`json` is not a media type. Write one such as `application/json`.',
    unlinted,
  ),
  inItem(
    'a response as a string',
    [from("    '200':"), "    '200': OK\n"],
    [8, 5],
    'Expected an object (Response): `200` is a string.',
  ),
  inItem(
    'a response without a description',
    ['      description: The things.\n', ''],
    [8, 5],
    'The Response has no `description`. Add it.',
    served,
  ),
  inItem(
    'content as a string',
    [from('      content:'), '      content: application/json\n'],
    [10, 7],
    'Expected an object: `content` is a string.',
  ),
  inItem(
    'a schema as a number',
    [from('          schema:'), '          schema: 5\n'],
    [12, 11],
    'Expected an object (Schema): `schema` is a number.',
  ),
  inItem(
    '`required: true` in a schema',
    ['required: [id]', 'required: true'],
    [14, 13],
    'Expected a list: `required` is a boolean. Write the names of required properties',
  ),
  inItem(
    'properties as a list',
    [from('            properties:'), '            properties: [id]\n'],
    [15, 13],
    'Expected an object: `properties` is a list.',
  ),
  inItem(
    'an unknown type',
    ['type: integer', 'type: int'],
    [6, 17],
    '`type` cannot be "int". Use one of: object, array,',
    served,
  ),
  inItem(
    'an enum as a string',
    ['type: integer', 'type: string, enum: a'],
    [6, 31],
    'Expected a list: `enum` is a string.',
  ),
  inItem(
    'allOf as an object',
    ['type: integer', 'allOf: { type: integer }'],
    [6, 17],
    'Expected a list: `allOf` is an object.',
  ),
  inItem(
    'a minimum as a string',
    ['type: integer', 'type: integer, minimum: low'],
    [6, 32],
    'Expected a number: `minimum` is a string.',
    served,
  ),
  inItem(
    'a reference that is a number',
    ['{ type: string }', '{ $ref: 5 }'],
    [16, 21],
    'Expected a string: `$ref` is a number.',
  ),
  inItem(
    'a reference to nothing',
    ['{ type: string }', "{ $ref: '#/components/schemas/None' }"],
    [16, 21],
    '`#/components/schemas/None` does not exist.',
  ),
  inItem(
    'a reference to a file that does not exist',
    ['{ type: string }', '{ $ref: none.yaml }'],
    [16, 21],
    'none.yaml` does not exist.',
  ),
];
