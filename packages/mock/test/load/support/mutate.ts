import type { OperationInfo } from '@org/inspector/api';

/** A request as bytes, and whether it asks for a 5xx itself. */
export interface MutatedRequest {
  bytes: Buffer;
  asksFor5xx: boolean;
}

/** Texts that parsers trip over. */
const nasty = [
  ...[
    '',
    ' ',
    '%',
    '%00',
    '%ff',
    '%E0%A4%A',
    '..',
    '%2e%2e',
    '//',
    '\\',
    "'",
    '"',
    '<',
    '{',
    '[',
    '`',
    ';',
    ',',
    '=',
  ],
  ...[
    '&',
    '?',
    '#',
    ':',
    '*',
    '\t',
    '\u00a0',
    '\u00e9',
    '\u0000',
    '\u{1f600}',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'null',
    'undefined',
    'NaN',
    '-1',
    '0',
    '1e1',
    '1e309',
    '0x10',
    'true',
    '[]',
    '{}',
    '9'.repeat(400),
    'a'.repeat(5_000),
  ],
];
const methods = [
  'GET',
  'GET',
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PURGE',
  'get',
];
const headerNames = [
  ...[
    'accept',
    'prefer',
    'content-type',
    'authorization',
    'origin',
    'host',
    'cookie',
    'expect',
    'connection',
  ],
  ...[
    'content-length',
    'transfer-encoding',
    'if-none-match',
    'range',
    'upgrade',
    'x-request-id',
    'sec-fetch-site',
  ],
];
const headerValues = [
  ...[
    'application/json',
    'application/json;',
    'a/b;',
    'text/html',
    '*/*',
    'a/b;x="1,2',
    'json',
    'multipart/form-data',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'code=404',
    'code=200, example=x',
    'dynamic=true',
    'example=empty',
    'code=5',
  ],
  ...[
    'Bearer x',
    'bearer x',
    'Bearer\tx',
    'Basic x',
    'null',
    'http://evil.example',
    'localhost',
    '100-continue',
    'close',
  ],
  ...[
    'chunked',
    '3',
    '-1',
    'websocket',
    'cross-site',
    'handling=strict',
    'code=429; example=limit',
    'respond-async',
  ],
];
const names = [
  ...['limit', 'after', 'emails', 'order'],
  'limit',
  'after',
  'emails',
  'emails[]',
  'order',
  '__code',
  '__example',
  '__dynamic',
  '__seed',
  'a[b]',
];
/** Of the control endpoints, those that answer at once. */
const controls = [
  'health',
  'requests?limit=3',
  'faults',
  'data',
  'data/users',
  'data/users/x',
  'snapshot',
  'x',
  'assets/x.js',
];

/** Makes requests out of the operations of the spec: the same ones for the same random numbers. */
export function createMutator(
  operations: readonly OperationInfo[],
  ids: readonly string[],
  random: () => number,
) {
  const below = (most: number) => Math.floor(random() * most);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (probability: number) => random() < probability;
  const text = () => (chance(0.5) ? pick(nasty) : pick(ids) + (chance(0.3) ? pick(nasty) : ''));

  const value = (depth = 0): unknown => {
    const kind = below(depth > 3 ? 4 : 6);
    if (kind === 0) return text();
    if (kind === 1) return pick([0, -1, 1.5, 1e300, 2 ** 31, 1_700_000_000]);
    if (kind === 2) return pick([true, false, null]);
    if (kind === 3) return pick(['owner', 'reader', 'role_a', 'organization.user']);
    if (kind === 4) return Array.from({ length: below(4) }, () => value(depth + 1));
    const properties = [
      'role',
      'role_id',
      'name',
      'id',
      'technical_level',
      'developer_persona',
      pick(nasty),
    ];
    return Object.fromEntries(
      Array.from({ length: below(4) }, () => [pick(properties), value(depth + 1)]),
    );
  };

  const body = (): string => {
    if (chance(0.1)) {
      const levels = below(20_000);
      const nested = '['.repeat(levels) + (chance(0.5) ? ']'.repeat(levels) : '');
      return chance(0.5) ? `{"role":${nested}}` : nested;
    }
    if (chance(0.1)) return pick(nasty);
    const json = JSON.stringify(
      chance(0.7) ? { role: pick(['owner', 'reader']), ...Object(value()) } : value(),
    );
    return chance(0.2) ? json.slice(0, below(json.length)) : json;
  };

  const target = (): { method: string; path: string } => {
    if (chance(0.1))
      return {
        method: pick(methods),
        path: `/_mock/${pick(controls)}${chance(0.3) ? text() : ''}`,
      };
    const { method, path } = pick(operations);
    const filled = path.replace(/\{\w+\}/g, () =>
      chance(0.8) ? pick(ids) : chance(0.8) ? encodeURIComponent(text()) : text(),
    );
    const query = Array.from({ length: below(3) }, () => {
      const name = chance(0.9) ? pick(names) : encodeURIComponent(pick(nasty));
      const given = chance(0.5) ? pick(['1', '2', '100', '404', 'asc', 'true']) : text();
      return chance(0.9) ? `${name}=${chance(0.95) ? encodeURIComponent(given) : given}` : name;
    });
    const search = query.length > 0 ? `?${query.join('&')}` : '';
    return {
      method: chance(0.8) ? method : pick(methods),
      path: `${chance(0.5) ? '/v1' : ''}${filled}${search}`,
    };
  };

  return (): MutatedRequest => {
    const { method, path } = target();
    const headers: [string, string][] = [
      ['host', 'localhost'],
      ['connection', 'close'],
    ];
    if (chance(0.9)) headers.push(['authorization', 'Bearer sk-admin-test']);
    const content = chance(/^P/.test(method) ? 0.95 : 0.05) ? body() : '';
    if (content) {
      headers.push(['content-type', 'application/json']);
      if (chance(0.95)) headers.push(['content-length', `${Buffer.byteLength(content)}`]);
    }
    for (let i = chance(0.5) ? 0 : 1 + below(2); i > 0; i -= 1) {
      headers.push([pick(headerNames), chance(0.7) ? pick(headerValues) : text()]);
    }
    const lines = headers.map(([name, given]) => `${name}: ${given}`).join('\r\n');
    const bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n\r\n${content}`);
    for (let i = chance(0.15) ? below(4) : 0; i > 0; i -= 1)
      bytes[below(bytes.length)] = below(256);
    const isCut = chance(0.03);
    const sent = isCut ? bytes.subarray(0, below(bytes.length)) : bytes;
    return { bytes: sent, asksFor5xx: /code(=|%3d)\D*5/i.test(sent.toString('latin1')) };
  };
}
