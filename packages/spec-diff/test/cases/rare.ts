import { documentOf, parameter, request } from '../support/documents.ts';
import { addition, breaking, none, type Row } from '../support/meanings.ts';

const text = { type: 'string' };
const ok = { description: 'ok' };
const json = { 'application/json': { schema: text } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const callback = (address: string, more: object = {}) =>
  documentOf({ callbacks: { done: { [address]: { post: { responses: { 200: ok }, ...more } } } } });
const callbackBody = (required: boolean) =>
  callback('https://example.com', { requestBody: { required, content: json } });
const formHeader = (required: boolean) => {
  const headers = { 'X-Name': { required, schema: text } };
  const schema = { type: 'object', properties: { file: text } };
  const content = { 'multipart/form-data': { schema, encoding: { file: { headers } } } };
  return documentOf({ requestBody: { content } });
};
const linked = (next?: object) =>
  documentOf({ responses: { 200: { ...ok, links: next === undefined ? {} : { next } } } });
const links = (next?: string) => linked(next === undefined ? undefined : { operationId: next });
const regions = (...values: string[]) =>
  documentOf(
    {},
    {
      servers: [
        {
          url: 'https://{region}.example.com',
          variables: { region: { default: 'eu', enum: values } },
        },
      ],
    },
  );
/** More combinations than are worth comparing. */
const combinations = (minimum: number) =>
  request({
    allOf: Array.from({ length: 4 }, (_, i) => ({
      anyOf: Array.from({ length: 6 }, (__, j) => ({
        type: 'object',
        required: [`p${i}${j}`],
        properties: { [`p${i}${j}`]: { type: 'integer', minimum } },
      })),
    })),
  });
const animal = (name: object) => ({
  type: 'object',
  required: ['kind', 'type'],
  properties: { kind: text, type: text, ...name },
});
const union = (discriminator: object) =>
  request(
    { oneOf: [ref('Cat'), ref('Dog')], discriminator },
    { schemas: { Cat: animal({ meows: text }), Dog: animal({ barks: text }) } },
  );
const mapped = (one: string, two: string) =>
  union({ propertyName: 'kind', mapping: { one: ref(one).$ref, two: ref(two).$ref } });
const xml = (name: string) =>
  documentOf({
    responses: {
      200: { ...ok, content: { 'application/xml': { schema: { type: 'object', xml: { name } } } } },
    },
  });
const header = (name: string) =>
  documentOf({ parameters: [{ name, in: 'header', required: true, schema: text }] });

/** Changes that no other table has: with these, each id is in one. */
export const rareRows: readonly Row[] = [
  [
    'the address of a callback changes',
    callback('{$request.body#/url}'),
    callback('{$request.body#/callback}'),
    breaking,
    breaking,
    'GET /things › callback › done › POST {$request.body#/url}',
  ],
  [
    'the body of a callback is always present',
    callbackBody(false),
    callbackBody(true),
    addition,
    breaking,
    'GET /things › callback › done › POST https://example.com › request body',
  ],
  [
    'a header of a form part becomes required',
    formHeader(false),
    formHeader(true),
    breaking,
    addition,
    'GET /things › request body › encoding › file › header › x-name',
  ],
  [
    'allowEmptyValue comes',
    parameter(text, { allowEmptyValue: false }),
    parameter(text, { allowEmptyValue: true }),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a link comes',
    links(),
    links('things.list'),
    addition,
    breaking,
    'GET /things › response 200 › link › next',
  ],
  [
    'a link leads elsewhere',
    links('things.list'),
    links('things.all'),
    breaking,
    breaking,
    'GET /things › response 200 › link › next',
  ],
  [
    'a link names its operation by a reference',
    links('list'),
    linked({ operationRef: '#/paths/~1things/get' }),
    none,
    none,
    '',
  ],
  [
    'a server variable may have one more value',
    regions('eu', 'us'),
    regions('eu', 'us', 'ap'),
    addition,
    breaking,
    'servers',
  ],
  [
    'a schema has too many combinations',
    combinations(1),
    combinations(2),
    breaking,
    breaking,
    'GET /things › request body › p',
  ],
  [
    'a discriminator is another property',
    union({ propertyName: 'kind' }),
    union({ propertyName: 'type' }),
    breaking,
    breaking,
    'GET /things › request body › p',
  ],
  [
    'a discriminator stands for another schema',
    mapped('Cat', 'Dog'),
    mapped('Dog', 'Cat'),
    breaking,
    breaking,
    'GET /things › request body › p',
  ],
  [
    'a name of XML changes',
    xml('thing'),
    xml('item'),
    breaking,
    breaking,
    'GET /things › response 200',
  ],
  [
    'a required header is written in another case',
    header('X-Trace'),
    header('x-trace'),
    breaking,
    breaking,
    'GET /things',
  ],
  [
    'anyOf with one member moves into the schema (request)',
    request({ type: 'object', properties: { a: text }, anyOf: [{ required: ['a'] }] }),
    request({ type: 'object', properties: { a: text }, required: ['a'] }),
    breaking,
    none,
    'GET /things › request body',
  ],
  [
    'a required property is no longer described (response)',
    documentOf({ responses: { 200: { ...ok, content: object({ properties: { a: {} } }) } } }),
    documentOf({ responses: { 200: { ...ok, content: object({}) } } }),
    breaking,
    none,
    'GET /things › response 200',
  ],
];

function object(more: object): object {
  return { 'application/json': { schema: { type: 'object', required: ['a'], ...more } } };
}
