import type { PolicyName } from '../../src/settings/policies.ts';
import { documentOf, parameter, request, response } from '../support/documents.ts';

/** Two documents between which a policy decides. */
interface Example {
  before: object;
  after: object;
}

const text = { type: 'string' };
const ok = { description: 'ok' };
const answer = (more: object) => documentOf({ responses: { 200: { ...ok, ...more } } });
const members = [
  { type: 'object', required: ['kind', 'a'], properties: { kind: { const: 'a' }, a: text } },
  { type: 'object', required: ['kind', 'b'], properties: { kind: { const: 'b' }, b: text } },
];
const discriminated = { oneOf: members, discriminator: { propertyName: 'kind' } };
const named = (name: string) => {
  const parameters = [{ name, in: 'path', required: true, schema: text }];
  return documentOf(
    {},
    {
      paths: {
        [`/things/{${name}}`]: {
          get: { operationId: 'things.retrieve', parameters, responses: { 200: ok } },
        },
      },
    },
  );
};
const component = (schemas: object) => documentOf({}, { components: { schemas } });
const servers = (...urls: string[]) => documentOf({}, { servers: urls.map((url) => ({ url })) });
const scopes = (...names: string[]) =>
  documentOf(
    { security: [{ login: names }] },
    {
      components: {
        securitySchemes: {
          login: {
            type: 'oauth2',
            flows: {
              clientCredentials: {
                tokenUrl: 'https://login.example.com/token',
                scopes: { read: 'Read', write: 'Write' },
              },
            },
          },
        },
      },
    },
  );
const sunset = { deprecated: true, 'x-sunset': '2026-01-31' };

/** An example of each policy: the tests try every setting on it. */
export const policyExamples: Readonly<Record<PolicyName, Example>> = {
  'response-enum-grows': {
    before: response({ enum: ['a'] }),
    after: response({ enum: ['a', 'b'] }),
  },
  'error-status-added': {
    before: documentOf(),
    after: documentOf({ responses: { 200: ok, 429: { description: 'Slow down.' } } }),
  },
  'success-status-added': {
    before: documentOf(),
    after: documentOf({ responses: { 200: ok, 202: { description: 'Accepted.' } } }),
  },
  'response-status-removed': {
    before: documentOf({ responses: { 200: ok, 404: { description: 'Not found.' } } }),
    after: documentOf(),
  },
  'response-header-removed': {
    before: answer({ headers: { 'x-count': { schema: { type: 'integer' } } } }),
    after: answer({}),
  },
  'operation-id-changed': {
    before: documentOf({ operationId: 'things.list' }),
    after: documentOf({ operationId: 'things.all' }),
  },
  'operation-id-added': {
    before: documentOf({ operationId: undefined }),
    after: documentOf({ operationId: 'things.list' }),
  },
  'path-parameter-renamed': { before: named('id'), after: named('thing_id') },
  'request-default-changed': {
    before: parameter({ type: 'integer', default: 20 }),
    after: parameter({ type: 'integer', default: 50 }),
  },
  'request-default-added': {
    before: parameter({ type: 'integer' }),
    after: parameter({ type: 'integer', default: 20 }),
  },
  'request-property-removed': {
    before: request({ type: 'object', properties: { a: text, b: text } }),
    after: request({ type: 'object', properties: { a: text } }),
  },
  'request-property-added': {
    before: request({ type: 'object', properties: { a: text } }),
    after: request({ type: 'object', properties: { a: text, b: text } }),
  },
  'response-property-added': {
    before: response({ type: 'object', properties: { a: text } }),
    after: response({ type: 'object', properties: { a: text, b: text } }),
  },
  'format-replaced': {
    before: parameter({ type: 'string', format: 'uuid' }),
    after: parameter({ type: 'string', format: 'email' }),
  },
  'request-one-of': {
    before: request({ anyOf: [{ minimum: 0 }, { maximum: 9 }], type: 'integer' }),
    after: request({ oneOf: [{ minimum: 0 }, { maximum: 9 }], type: 'integer' }),
  },
  'response-discriminator-added': {
    before: response({ oneOf: members }),
    after: response(discriminated),
  },
  'response-discriminator-removed': {
    before: response(discriminated),
    after: response({ oneOf: members }),
  },
  'component-removed': { before: component({ Thing: text }), after: component({}) },
  deprecation: { before: documentOf(), after: documentOf({ deprecated: true }) },
  'server-address-changed': {
    before: servers('https://api.example.com'),
    after: servers('https://api.example.org'),
  },
  'server-removed': {
    before: servers('https://api.example.com', 'https://eu.example.com'),
    after: servers('https://api.example.com'),
  },
  'scope-no-longer-required': { before: scopes('read', 'write'), after: scopes('read') },
  'documentation-changed': {
    before: documentOf({ summary: 'List things' }),
    after: documentOf({ summary: 'List all things' }),
  },
  'extension-changed': {
    before: documentOf({ 'x-owner': 'a' }),
    after: documentOf({ 'x-owner': 'b' }),
  },
  'unknown-keyword-changed': {
    before: parameter({ type: 'string', mask: '##' }),
    after: parameter({ type: 'string', mask: '###' }),
  },
  'unused-component-changed': {
    before: component({ Thing: { type: 'string' } }),
    after: component({ Thing: { type: 'integer' } }),
  },
  'x-extensible-enum': {
    before: response({ enum: ['a'], 'x-extensible-enum': true }),
    after: response({ enum: ['a', 'b'], 'x-extensible-enum': true }),
  },
  'x-sunset': {
    before: documentOf({ parameters: [{ name: 'q', in: 'query', schema: text, ...sunset }] }),
    after: documentOf(),
  },
};
