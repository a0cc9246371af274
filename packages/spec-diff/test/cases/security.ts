import { documentOf } from '../support/documents.ts';
import { addition, breaking, none, type Row } from '../support/meanings.ts';

const bearer = { type: 'http', scheme: 'bearer' };
const flow = { tokenUrl: 'https://a.test/token', scopes: { read: 'Read', write: 'Write' } };
const oauth = (flows: object) => ({ type: 'oauth2', flows });
const schemes = {
  user: bearer,
  admin: bearer,
  oauth: oauth({ clientCredentials: flow }),
  openID: { type: 'openIdConnect', openIdConnectUrl: 'https://a.test/openid' },
};
/** An operation that asks for the given, with schemes that differ from the usual ones where they are named. */
const secured = (security: unknown, changed: object = {}) =>
  documentOf({ security }, { components: { securitySchemes: { ...schemes, ...changed } } });
const byScheme = (name: string, scheme: object) => secured([{ [name]: [] }], { [name]: scheme });
const renamed = (name: string, flows: object) =>
  documentOf(
    { security: [{ [name]: [] }] },
    { components: { securitySchemes: { user: bearer, [name]: oauth(flows) } } },
  );
const scoped = (...scopes: string[]) => secured([{ oauth: scopes }]);

const at = (document: object, path: unknown, operation: unknown) => {
  const paths = (document as { paths: { '/things': { get: object } } }).paths;
  const get = { ...paths['/things'].get, servers: operation };
  return { ...document, paths: { '/things': { servers: path, get } } };
};
const server = (url: string, more: object = {}) => ({ url, ...more });
const [one, two] = [server('https://a.test'), server('https://b.test')];
const variable = (region: object) =>
  documentOf({}, { servers: [server('https://{region}.a.test', { variables: { region } })] });

const operation = 'GET /things › security';
export const securityRows: readonly Row[] = [
  [
    'the name of a key in a query is written in another case',
    byScheme('key', { type: 'apiKey', in: 'query', name: 'key' }),
    byScheme('key', { type: 'apiKey', in: 'query', name: 'Key' }),
    breaking,
    breaking,
    'GET /things › security',
  ],
  [
    'the name of a key in a header is written in another case',
    byScheme('key', { type: 'apiKey', in: 'header', name: 'X-Key' }),
    byScheme('key', { type: 'apiKey', in: 'header', name: 'x-key' }),
    none,
    none,
    '',
  ],
  [
    'another scheme of the same kind is asked for',
    secured([{ user: [] }]),
    secured([{ admin: [] }]),
    breaking,
    breaking,
    operation,
  ],
  [
    'one of two schemes is no longer accepted',
    secured([{ user: [] }, { admin: [] }]),
    secured([{ admin: [] }]),
    breaking,
    addition,
    operation,
  ],
  [
    'two schemes are asked for at once',
    secured([{ user: [] }]),
    secured([{ user: [], admin: [] }]),
    breaking,
    addition,
    operation,
  ],
  [
    'the ways to authenticate are reordered',
    secured([{ user: [] }, { admin: [] }]),
    secured([{ admin: [] }, { user: [] }]),
    none,
    none,
    '',
  ],
  ['scopes are reordered', scoped('read', 'write'), scoped('write', 'read'), none, none, ''],
  [
    'one more scope is asked for',
    scoped('read'),
    scoped('read', 'write'),
    breaking,
    addition,
    operation,
  ],
  [
    'tokens come from elsewhere',
    byScheme('oauth', oauth({ clientCredentials: flow })),
    byScheme('oauth', oauth({ clientCredentials: { ...flow, tokenUrl: 'https://b.test' } })),
    breaking,
    breaking,
    operation,
  ],
  [
    'tokens can be refreshed',
    byScheme('oauth', oauth({ clientCredentials: flow })),
    byScheme('oauth', oauth({ clientCredentials: { ...flow, refreshUrl: 'https://a.test/r' } })),
    addition,
    breaking,
    operation,
  ],
  [
    'the flow is another',
    byScheme('oauth', oauth({ clientCredentials: flow })),
    byScheme('oauth', oauth({ password: flow })),
    breaking,
    breaking,
    operation,
  ],
  [
    'there is a second flow',
    byScheme('oauth', oauth({ clientCredentials: flow })),
    byScheme('oauth', oauth({ clientCredentials: flow, password: flow })),
    addition,
    breaking,
    operation,
  ],
  [
    'a flow has one more scope',
    byScheme('oauth', oauth({ clientCredentials: { ...flow, scopes: {} } })),
    byScheme('oauth', oauth({ clientCredentials: flow })),
    addition,
    breaking,
    operation,
  ],
  [
    'OpenID is discovered elsewhere',
    byScheme('openID', schemes.openID),
    byScheme('openID', { ...schemes.openID, openIdConnectUrl: 'https://b.test' }),
    breaking,
    breaking,
    operation,
  ],
  [
    'a scheme says the name of HTTP’s in another case',
    byScheme('user', bearer),
    byScheme('user', { ...bearer, scheme: 'Bearer' }),
    none,
    none,
    '',
  ],

  // Where the API is.
  [
    'a second server comes',
    documentOf({}, { servers: [one] }),
    documentOf({}, { servers: [one, two] }),
    addition,
    breaking,
    'servers',
  ],
  [
    'a path is served elsewhere',
    at(documentOf(), [one], undefined),
    at(documentOf(), [two], undefined),
    breaking,
    breaking,
    'GET /things › servers',
  ],
  [
    'an operation is served elsewhere',
    at(documentOf(), [one], [one]),
    at(documentOf(), [one], [two]),
    breaking,
    breaking,
    'GET /things › servers',
  ],
  [
    'an operation says of itself what the document says of all',
    documentOf({}, { servers: [one] }),
    at(documentOf({}, { servers: [one] }), undefined, [one]),
    none,
    none,
    '',
  ],
  [
    'a variable of a server has another default',
    variable({ default: 'eu' }),
    variable({ default: 'us' }),
    breaking,
    breaking,
    'servers',
  ],
  [
    'a variable of a server may have one more value',
    variable({ default: 'eu', enum: ['eu'] }),
    variable({ default: 'eu', enum: ['eu', 'us'] }),
    addition,
    breaking,
    'servers',
  ],
  [
    'a variable of a server may have any value',
    variable({ default: 'eu', enum: ['eu'] }),
    variable({ default: 'eu' }),
    addition,
    breaking,
    'servers',
  ],
  [
    'a scheme gets another name and a flow more',
    renamed('before', { clientCredentials: flow }),
    renamed('after', { clientCredentials: flow, password: flow }),
    addition,
    breaking,
    'GET /things › security',
  ],
  [
    'a scheme gets another name',
    renamed('before', { clientCredentials: flow }),
    renamed('after', { clientCredentials: flow }),
    none,
    none,
    '',
  ],
];
