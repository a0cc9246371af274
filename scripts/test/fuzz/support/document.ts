import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../lib/repo.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is changed here that is known.
type Any = any;

/** The repository's own document, with what it does not need and others have. */
export function ownDocument(): object {
  const document: Any = parse(
    readFileSync(join(root, 'spec/openapi.yaml'), 'utf8'),
    // These hold only for lists and for names that hostile ones replace.
    (key, value) => (key === 'x-mock' ? undefined : value),
  );
  document.info.contact = {
    name: 'Support',
    url: 'https://support.test',
    email: 'help@support.test',
  };
  document.externalDocs = { url: 'https://docs.test', description: 'The guide.' };
  document['x-extra'] = { 'x-name': 'value', list: ['value'] };
  document.servers.push({
    url: 'https://{region}.support.test/v1',
    description: 'Regions.',
    variables: { region: { default: 'eu', enum: ['eu', 'us'], description: 'A region.' } },
  });
  document.components.securitySchemes.other = {
    type: 'oauth2',
    description: 'Other.',
    flows: {
      clientCredentials: { tokenUrl: 'https://support.test/token', scopes: { read: 'Reads.' } },
    },
  };
  const { schemas } = document.components;
  const reference = { $ref: '#/components/schemas/Extra' };
  schemas.Extra = {
    title: 'Extra',
    description: 'What others have.',
    type: 'object',
    required: ['note'],
    externalDocs: { url: 'https://docs.test/extra', description: 'More.' },
    properties: {
      note: {
        'x-mock': { chance: 0.5 },
        title: 'Note',
        description: 'A note.',
        type: 'string',
        default: 'none',
        examples: ['a'],
      },
      kind: { description: 'A kind.', type: 'string', enum: ['one', 'two', 'three'] },
      fixed: { description: 'Always the same.', const: 'fixed' },
      code: { type: 'string', pattern: '^[a-z]+$', format: 'code', 'x-note': { deep: ['value'] } },
      deep: {
        description: 'An object.',
        type: 'object',
        example: { inner: 'value' },
        properties: { inner: { title: 'Inner', type: 'string', example: 'value' } },
      },
      const: { description: 'Called like a keyword.', type: 'string', enum: ['four'] },
      'x-own': { description: 'Called like an extension.', type: ['string', 'null'] },
      list: { type: 'array', items: { title: 'Item', type: 'string', enum: ['five', 'six'] } },
    },
    patternProperties: { '^y-': { description: 'Any of these.', type: 'string' } },
  };
  schemas.OrganizationUser.properties.extra = reference;
  schemas.UserUpdateParams.properties.extra = reference;
  const list = document.paths['/organization/users'].get;
  list.externalDocs = { url: 'https://docs.test/users', description: 'More.' };
  list['x-note'] = 'value';
  list.parameters.push(
    {
      name: 'kind',
      in: 'query',
      description: 'A kind.',
      schema: { title: 'Kind', type: 'string', enum: ['one', 'two'], default: 'one' },
      example: 'one',
    },
    { name: 'note', in: 'query', description: 'A note.', schema: { type: 'string', minLength: 1 } },
  );
  list.responses['200'].links = {
    first: { operationId: 'admin.organization.users.retrieve', description: 'The first.' },
  };
  return document;
}
