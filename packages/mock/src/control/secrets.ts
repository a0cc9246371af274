import type { HttpSecurityScheme } from '@stoplight/types';
import type { Query } from '../http/request.ts';
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import { memoize } from '../lib/memoize.ts';

/** What stands in the place of a key. */
export const masked = '***';

/** Keys shorter than this are replaced only where they stand alone: `a` in every word would leave nothing readable. */
const shortKey = 8;
/** A text with this much of the beginning of a key shows the key: no search takes longer for a longer one. */
const headLength = 64;
/** How many credentials are remembered; then the oldest is forgotten. */
const mostCredentials = 1_000;
/** From this length on, texts are remembered: pages come again, and a search takes as long as sending them. */
const longText = 512;
/** How many characters of texts are remembered. */
const remembered = { capacity: 512 * 1024, longestKey: 16 * 1024 };

/** Headers that hold credentials, whether or not the document names them. */
const usualHeaders = [
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-auth-token',
];
/** Query parameters that do. */
const usualParameters =
  /^(?:api[-_]?key|access[-_]?token|auth[-_]?token|client[-_]?secret|password)$/i;

/** Replaces keys in texts, and in the names and values of anything that was parsed. */
export interface Mask {
  text(text: string): string;
  value<T>(value: T): T;
}

/** A request, as far as it may hold credentials. */
interface Seen {
  headers: Readonly<Record<string, string>>;
  query: Query;
}

/**
 * Every credential that was seen, wherever a scheme of the document may name it, so that none is shown again: in another
 * request, an answer, or a fault rule.
 */
export class Secrets implements Mask {
  /** Those that were seen, the oldest first, with their forms. */
  readonly #keys = new Map<string, readonly string[]>();
  /** The forms of those that are known from the start. */
  readonly #known: readonly string[];
  /** All that shows one of them, the longest first: one key may begin with another. */
  #forms: readonly string[] = [];
  /** Values of headers that were looked at. */
  readonly #headers = new Set(usualHeaders);
  readonly #parameters = new Set<string>();
  readonly #cookies = new Set<string>();
  readonly #looked = new Set<string>();
  #search = this.#createSearch();

  /**
   * @param known keys that are known from the start, which are never forgotten
   * @param schemes those of the document, whose credentials stand where they say
   */
  constructor(known: readonly string[] = [], schemes: readonly HttpSecurityScheme[] = []) {
    this.learn(schemes);
    this.#known = known.filter(Boolean).flatMap(formsOf);
    this.#collect();
  }

  /** Adds the schemes of another document. */
  learn(schemes: readonly HttpSecurityScheme[]): void {
    for (const scheme of schemes) {
      if (scheme.type !== 'apiKey') continue;
      if (scheme.in === 'header') this.#headers.add(scheme.name.toLowerCase());
      else if (scheme.in === 'query') this.#parameters.add(scheme.name);
      else this.#cookies.add(scheme.name);
    }
  }

  /** Remembers the credentials of a request. */
  see({ headers, query }: Seen): void {
    for (const name of this.#headers) {
      const value = headers[name];
      if (value !== undefined) this.#seeHeader(value);
    }
    if (this.#cookies.size > 0 && headers['cookie']) this.#seeCookies(headers['cookie']);
    for (const name in query) {
      if (!this.#isParameter(name)) continue;
      for (const value of [query[name] ?? []].flat()) this.#remember(value);
    }
  }

  /** Whether a header holds a credential. */
  isHeader(name: string): boolean {
    const lower = name.toLowerCase();
    return lower === 'cookie' || this.#headers.has(lower);
  }

  /** Remembers all of a header's value, and what a reader would take for its key. */
  #seeHeader(value: string): void {
    if (this.#looked.has(value)) return;
    if (this.#looked.size >= mostCredentials) this.#looked.clear();
    this.#looked.add(value);
    const whole = value.trim().replace(/^[a-z][\w-]* +/i, '');
    this.#remember(whole);
    // A second header of the same name is joined to the first one by a comma.
    for (const part of value.split(',')) {
      const [, scheme = '', rest = ''] = /^([a-z][\w-]*)\s+(\S.*)$/i.exec(part.trim()) ?? [];
      const key = (rest || part).trim();
      this.#remember(key);
      this.#remember(key.replace(/^"(.*)"$/, '$1'));
      if (scheme.toLowerCase() !== 'basic') continue;
      const pair = fromBase64url(key.replace(/=+$/, ''));
      this.#remember(pair);
      this.#remember(pair.slice(pair.indexOf(':') + 1));
    }
  }

  #seeCookies(header: string): void {
    for (const pair of header.split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && this.#cookies.has(pair.slice(0, at).trim())) this.#remember(pair.slice(at + 1));
    }
  }

  #isParameter(name: string): boolean {
    return this.#parameters.has(name) || usualParameters.test(name);
  }

  #remember(given: string): void {
    const key = given.trim();
    if (key === '' || this.#keys.has(key)) return;
    if (this.#keys.size >= mostCredentials) {
      const [oldest = ''] = this.#keys.keys();
      this.#keys.delete(oldest);
    }
    this.#keys.set(key, formsOf(key));
    this.#collect();
  }

  #collect(): void {
    const forms = [...this.#known, ...[...this.#keys.values()].flat()];
    this.#forms = [...new Set(forms)].sort((a, b) => b.length - a.length);
    this.#search = this.#createSearch();
  }

  readonly text = (text: string): string =>
    text.length < longText ? this.#mask(text) : this.#search(text);

  readonly value = <T>(value: T): T => this.#walk(value) as T;

  /** Remembers texts for as long as no other credential comes. */
  #createSearch(): (text: string) => string {
    return memoize(
      (text: string) => this.#mask(text),
      (text) => text,
      remembered,
    );
  }

  /** Texts may be percent-encoded, once or twice: a key that shows when they are decoded is replaced, too. */
  #mask(given: string): string {
    let shown = this.#hide(given);
    for (let i = 0, decoded = given; i < 3 && decoded.includes('%'); i += 1) {
      decoded = decode(decoded);
      const hidden = this.#hide(decoded);
      if (hidden !== decoded) shown = hidden;
    }
    return shown;
  }

  #hide(given: string): string {
    let text = given;
    for (const form of this.#forms) text = replace(text, form);
    return text;
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#walk(item));
    if (isEmpty(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.text(name), this.#walk(item)]),
    );
  }
}

/** Most requests have no parameters: there is nothing to copy. */
function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

/** A key as it is, in JSON, in a form where a plus became a space, in a URL, in HTML, as Base64 and in hexadecimal. */
function formsOf(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const forms = [key, json, json.replaceAll('/', '\\/'), key.replaceAll('+', ' '), toHTML(key)];
  if (isWellFormed(key)) forms.push(encodeURIComponent(key));
  if (key.length >= shortKey) {
    // After one or two bytes, such as those of `user:`, the digits are others. Without the first and the last ones, which
    // depend on what is around the key.
    for (const [before, shared] of [
      ['', 0],
      [' ', 2],
      ['  ', 3],
    ] as const) {
      const encoded = toBase64url(before + key).slice(shared, -1);
      forms.push(encoded, encoded.replaceAll('-', '+').replaceAll('_', '/'));
    }
    const hex = toHex(key);
    forms.push(hex, hex.toUpperCase());
  }
  return [...new Set(forms)];
}

function toHTML(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

function toHex(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Replaces a key, and whatever begins as a long one does. Takes time linear in the text, whatever the key. */
function replace(text: string, key: string): string {
  const head = key.length > headLength ? key.slice(0, headLength) : key;
  let at = text.indexOf(head);
  if (at < 0) return text;
  let shown = '';
  let from = 0;
  while (at >= 0) {
    let end = at + head.length;
    while (end - at < key.length && text[end] === key[end - at]) end += 1;
    if (key.length >= shortKey || standsAlone(text, at, end)) {
      shown += text.slice(from, at) + masked;
      from = end;
    }
    at = text.indexOf(head, Math.max(end, at + 1));
  }
  return shown + text.slice(from);
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !/[\w-]/.test(text.charAt(start - 1)) && !/[\w-]/.test(text.charAt(end));
}

/** Keys are ASCII, so bytes that are none need no care. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
