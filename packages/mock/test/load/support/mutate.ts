import { gzipSync } from 'node:zlib';
import type { OperationInfo } from '@org/inspector/api';

/** A request as bytes, and whether it asks for a 5xx itself. */
export interface MutatedRequest {
  bytes: Buffer;
  asksFor5xx: boolean;
}

/** What every secret begins with that a request carries as a credential. */
export const secretPrefix = 'sk-fuzz-';
/** As many different ones as the mock certainly remembers. */
const secrets = 500;

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
    'content-encoding',
    'accept-encoding',
    'accept-charset',
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
    'gzip',
    'deflate, br',
    'application/json; charset=utf-16',
    'identity;q=0',
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
  const anyText = () => (chance(0.5) ? pick(nasty) : pick(ids) + (chance(0.3) ? pick(nasty) : ''));

  const value = (depth = 0): unknown => {
    const kind = below(depth > 3 ? 4 : 6);
    if (kind === 0) return anyText();
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
        path: `/_mock/${pick(controls)}${chance(0.3) ? anyText() : ''}`,
      };
    const { method, path } = pick(operations);
    const filled = path.replace(/\{\w+\}/g, () =>
      chance(0.8) ? pick(ids) : chance(0.8) ? encodeURIComponent(anyText()) : anyText(),
    );
    const query = Array.from({ length: below(3) }, () => {
      const name = chance(0.9) ? pick(names) : encodeURIComponent(pick(nasty));
      const given = chance(0.5) ? pick(['1', '2', '100', '404', 'asc', 'true']) : anyText();
      return chance(0.9) ? `${name}=${chance(0.95) ? encodeURIComponent(given) : given}` : name;
    });
    const search = query.length > 0 ? `?${query.join('&')}` : '';
    return {
      method: chance(0.8) ? method : pick(methods),
      path: `${chance(0.5) ? '/v1' : ''}${filled}${search}`,
    };
  };

  /** A credential where a client may put one, and the same text elsewhere, encoded in some way. */
  const credential = (): { headers: [string, string][]; query: string } => {
    const secret = `${secretPrefix}${below(secrets)}-${'k'.repeat(chance(0.05) ? 2_000 : 8)}`;
    const encoded = pick([
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
      secret.replaceAll(/[a-k-]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    ]);
    const headers = pick<[string, string][]>([
      [['authorization', `Bearer ${secret}`]],
      [['authorization', `Bearer "${secret}"`]],
      [['authorization', `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`]],
      [['authorization', secret]],
      [['x-api-key', secret]],
      [['proxy-authorization', `Bearer ${secret}`]],
      [
        ['authorization', 'Bearer x'],
        ['authorization', `Bearer ${secret}`],
      ],
    ]);
    return {
      headers: [...headers, ['x-note', chance(0.5) ? secret : encoded]],
      query: `note=${encoded}&api_key=${encodeURIComponent(secret)}`,
    };
  };

  return (): MutatedRequest => {
    const { method, path: plain } = target();
    const key = chance(0.1) ? credential() : undefined;
    const path = key ? `${plain}${plain.includes('?') ? '&' : '?'}${key.query}` : plain;
    const headers: [string, string][] = [
      ['host', 'localhost'],
      ['connection', 'close'],
    ];
    if (key) headers.push(...key.headers);
    else if (chance(0.9)) headers.push(['authorization', 'Bearer sk-admin-test']);
    const text = chance(/^P/.test(method) ? 0.95 : 0.05) ? body() : '';
    const isCompressed = chance(0.03);
    const content = isCompressed ? gzipSync(text) : Buffer.from(text);
    if (text) {
      if (isCompressed) headers.push(['content-encoding', 'gzip']);
      headers.push(['content-type', 'application/json']);
      if (chance(0.95)) headers.push(['content-length', `${content.length}`]);
    }
    for (let i = chance(0.5) ? 0 : 1 + below(2); i > 0; i -= 1) {
      headers.push([pick(headerNames), chance(0.7) ? pick(headerValues) : anyText()]);
    }
    const lines = headers.map(([name, given]) => `${name}: ${given}`).join('\r\n');
    const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n\r\n`);
    const bytes = text ? Buffer.concat([head, content]) : head;
    // A credential that is damaged may stand anywhere: nobody could know it for one.
    for (let i = !key && chance(0.15) ? below(4) : 0; i > 0; i -= 1)
      bytes[below(bytes.length)] = below(256);
    const isCut = !key && chance(0.03);
    const sent = isCut ? bytes.subarray(0, below(bytes.length)) : bytes;
    return { bytes: sent, asksFor5xx: /code(=|%3d)\D*5/i.test(sent.toString('latin1')) };
  };
}
